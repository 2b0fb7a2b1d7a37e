/** Saved articles that come back, from an exported archive or the journal: recognised, so that none is there twice. */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getValue } from '../db/prepared.ts'
import { feedByUrl, insertFeed, setRemoved } from '../feeds/feeds.ts'
import { chooseText, fullTextOf, writeFullText } from '../full-texts/full-texts.ts'
import { recognise } from '../identity/identity.ts'
import { rememberKeys } from '../identity/keys.ts'
import { indexArticle } from '../search/index.ts'
import { storeFullText } from './full-text.ts'
import { listedDate } from './ingest.ts'
import type { PortableArticle, PortableFullText } from './portable.ts'
import { setSaved } from './read-state.ts'
import { forgetArticles } from './tombstones.ts'
import { insertArticle } from './write-article.ts'

export type ReturningArticle = {
  feedUrl: string
  feedTitle: string
  /** In ms; null where nobody knows any more. */
  savedAt: number | null
  isRead: boolean
  article: ReadyArticle
  fullText: PortableFullText | null
  /** As a store had them. Null where the article was read from an archive, like an item of a feed. */
  stored: Pick<PortableArticle, 'publishedAt' | 'firstSeenAt' | 'keys'> | null
}

/** `knownIds`: those that were saved already. */
export type RestoredSaved = { savedIds: number[]; knownIds: number[] }

/**
 * Puts saved articles under their feeds, or under unsubscribed ones where those are not followed; inside the caller's
 * transaction. One that is there is saved if it was not, and otherwise left as it is. `now` in ms.
 */
export function restoreSaved(db: WriteDb, returning: ReturningArticle[], now: number): RestoredSaved {
  const inserted: { articleId: number; article: ReadyArticle; feedTitle: string }[] = []
  const savedIds: number[] = []
  const knownIds: number[] = []
  for (const { article, fullText, stored, isRead, savedAt, ...source } of returning) {
    const feed = feedFor(db, source, now)
    const [item] = recognise(db, { feedId: feed.id, siteKey: null }, [article], now)
    const { articleId: knownId, keys } = item!
    if (knownId !== null && isThere(db, knownId)) {
      rememberKeys(db, feed.id, knownId, keys)
      const changed = setSaved(db, [knownId], true, savedAt ?? now)
      if (changed.length > 0) savedIds.push(knownId)
      else knownIds.push(knownId)
      if (fullText) takeFullText(db, knownId, fullText, stored !== null)
      continue
    }
    // Where it was deleted, it is wanted again.
    if (knownId !== null) forgetArticles(db, [knownId])
    const articleId = insertArticle(db, {
      feedId: feed.id,
      article,
      publishedAt: stored?.publishedAt ?? listedDate(article.publishedAt, now, 0),
      firstSeenAt: stored?.firstSeenAt ?? now,
      isRead,
      savedAt: savedAt ?? now,
      keys: stored?.keys ?? keys,
    })
    if (fullText) writeFullText(db, articleId, fullText, fullText.isShown)
    inserted.push({ articleId, article, feedTitle: feed.title })
    savedIds.push(articleId)
  }
  // Last and together: FTS5 flushes what it has gathered at statements in between (ingest.ts).
  for (const { articleId, article, feedTitle } of inserted) indexArticle(db, articleId, article, feedTitle)
  return { savedIds, knownIds }
}

/** The journal tells the latest of it; an archive only what is not there. */
function takeFullText(db: WriteDb, articleId: number, fullText: PortableFullText, isLatest: boolean): void {
  const there = fullTextOf(db, articleId)
  if (there?.kind !== 'text') storeFullText(db, articleId, fullText, fullText.isShown)
  else if (isLatest && there.fetchedAt < fullText.fetchedAt) storeFullText(db, articleId, fullText, fullText.isShown)
  else if (isLatest && fullText.isShown !== null) chooseText(db, articleId, fullText.isShown)
}

/** Followed or not. Where there is none, an unsubscribed one is made: its article is listed under Saved alone. */
function feedFor(
  db: WriteDb,
  { feedUrl, feedTitle }: Pick<ReturningArticle, 'feedUrl' | 'feedTitle'>,
  now: number,
): { id: number; title: string } {
  const known = feedByUrl(db, feedUrl)
  if (known) return known
  const nothing = { customTitle: null, siteUrl: null, folderId: null, privateHost: null, nextCheckAt: null }
  const { feedId } = insertFeed(db, { url: feedUrl, title: feedTitle, ...nothing }, now)
  setRemoved(db, [feedId], now)
  return { id: feedId, title: feedTitle }
}

function isThere(db: ReadDb, articleId: number): boolean {
  return getValue(db, 'SELECT 1 FROM articles WHERE id = ?', articleId) === 1
}
