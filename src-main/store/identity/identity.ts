/**
 * Is this item an article we know? Every mark it has is evidence for or against (store/identity/evidence.ts, docs/identity.md), and
 * a whole document is judged at once: what its items have in common tells nothing, and one article is claimed by one item.
 * Identity is scoped to the feed; whether two articles tell the same story is another question.
 */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import type { ReadDb } from '../db/open.ts'
import { type Candidate, type Compare, comparison } from './compare.ts'
import { type Item, itemsOf } from './document.ts'
import { articlesByDate, articlesByKey, hasKeys, type Key, type KeyKind, type KnownArticle } from './keys.ts'
import { compareTitles, normalized } from './text.ts'

/**
 * An item, the article it is (null: a new one) and the keys to remember it by. `isPlain`: an article that has not been edited
 * has them all already.
 */
export type Recognised = { article: ReadyArticle; articleId: number | null; keys: Key[]; isPlain: boolean }

/**
 * Recognises the items of one document; of those that are the same article only the first is kept. `siteKey`: the site's own
 * address, spelled as ReadyArticle.canonicalUrl. `now` in ms.
 */
export function recognise(
  db: ReadDb,
  feedId: number,
  articles: ReadyArticle[],
  siteKey: string | null,
  now: number,
): Recognised[] {
  const items = itemsOf(articles, siteKey, now)
  // Nothing is known of a feed at its first fetch, which is when most articles come.
  const found = hasKeys(db, feedId)
    ? assign(
        db,
        items,
        items.map(item => candidatesOf(db, feedId, item)),
      )
    : []
  return items.map(({ article, keys, isPlain }, index) => ({ article, keys, isPlain, articleId: found[index] ?? null }))
}

/** The articles an item may be. A guid that leads to one article without doubt is the end of the search. */
function candidatesOf(db: ReadDb, feedId: number, item: Item): Candidate[] {
  const candidates = new Map<number, Candidate>()
  const add = (kind: KeyKind | 'date', found: KnownArticle[]) => {
    for (const known of found) {
      const candidate = candidates.get(known.articleId) ?? { known, foundBy: new Set(), sharedBy: new Set() }
      candidates.set(known.articleId, candidate)
      candidate.foundBy.add(kind)
      if (found.length > 1) candidate.sharedBy.add(kind)
    }
  }
  const look = (kind: KeyKind, key: string | null) => {
    if (key !== null) add(kind, articlesByKey(db, feedId, { kind, key }))
  }
  look('guid', item.guid)
  const byGuid = [...candidates.values()]
  if (byGuid.length === 1 && byGuid[0]?.known.title === item.article.title) return byGuid
  look('link', item.link)
  if (byGuid.length === 1 && byGuid[0]?.foundBy.has('link')) return byGuid
  // A link that says where on its page the article is; the first stores knew the page only.
  if (item.link?.includes('#')) look('link', item.link.replace(/#.*$/, ''))
  for (const { kind, key } of item.keys) if (kind === 'print' || kind === 'title') look(kind, key)
  if (item.date !== null && item.isDateItsOwn) add('date', articlesByDate(db, feedId, item.date))
  return [...candidates.values()].filter(({ known }) => known.articleId > 0)
}

/** One article per item and one item per article, the surest first. */
function assign(db: ReadDb, items: Item[], candidates: Candidate[][]): (number | undefined)[] {
  const compare = comparison(db, isRenumbered(items, candidates))
  const pairs = items.flatMap((item, index) => pairsOf(item, index, candidates[index] ?? [], compare))
  pairs.sort((one, other) => other.weight - one.weight)
  const found: (number | undefined)[] = items.map(() => undefined)
  const claimed = new Set<number>()
  for (const { index, articleId } of pairs) {
    if (found[index] !== undefined || claimed.has(articleId)) continue
    found[index] = articleId
    claimed.add(articleId)
  }
  return found
}

type Pair = { index: number; articleId: number; weight: number }

function pairsOf(item: Item, index: number, candidates: Candidate[], compare: Compare): Pair[] {
  return candidates
    .map(candidate => ({ index, articleId: candidate.known.articleId, weight: compare(item, candidate) }))
    .filter(({ weight }) => weight > 0)
}

/**
 * Whether the publisher gives all articles new guids: no item carries one we know, though at least two different ones are known by
 * their link or their words.
 */
function isRenumbered(items: Item[], candidates: Candidate[][]): boolean {
  const renumbered = new Set<string>()
  for (const [index, { article }] of items.entries()) {
    for (const { known, foundBy } of candidates[index] ?? []) {
      if (foundBy.has('guid')) return false
      if (!foundBy.has('link') && !foundBy.has('print')) continue
      if (article.guid === null || known.guid === null || known.title === null) continue
      if (compareTitles(normalized(article.title), normalized(known.title)) !== 'unlike')
        renumbered.add(article.fingerprint)
    }
  }
  return renumbered.size >= 2
}
