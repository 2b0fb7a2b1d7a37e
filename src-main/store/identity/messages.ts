/**
 * Is this message an article we know? By its id alone, which its sender's program gave it (RFC 5322, 3.6.4): the issues of a
 * newsletter have much in common, subject, text and link, and are different articles nevertheless.
 */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import type { ReadDb } from '../db/open.ts'
import type { Recognised } from './identity.ts'
import { articlesByKey, fingerprint, type Key } from './keys.ts'

/** Of those with the same id only the first is answered. */
export function recogniseMessages(db: ReadDb, feedId: number, articles: ReadyArticle[]): Recognised[] {
  const firsts = [...Map.groupBy(articles, ({ guid }) => guid).values()].map(([first]) => first!)
  return firsts.map(article => {
    const keys: Key[] = [{ kind: fingerprint, key: article.fingerprint }]
    if (article.guid === null) return { article, articleId: null, keys, isPlain: true }
    keys.push({ kind: 'guid', key: article.guid })
    const [known] = articlesByKey(db, feedId, { kind: 'guid', key: article.guid })
    return { article, articleId: known?.articleId ?? null, keys, isPlain: true }
  })
}
