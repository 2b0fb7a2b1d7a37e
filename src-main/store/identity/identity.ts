/**
 * Is this item an article we know? Each of its fields is evidence for or against it (store/identity/evidence.ts,
 * docs/identity.md). A whole document is judged at once: what its items have in common identifies none of them, and an article
 * matches one item at most. Identity is scoped to the feed.
 */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import type { ReadDb } from '../db/open.ts'
import { type Candidate, type Compare, comparison } from './compare.ts'
import { type Item, itemsOf } from './document.ts'
import {
  articlesByDate,
  articlesByKey,
  fingerprint,
  hasKeys,
  type Key,
  type KeyKind,
  type KnownArticle,
} from './keys.ts'
import { compareTitles, normalized } from './text.ts'

/**
 * An item, the article it is (null: a new one) and the keys to remember it by. `isPlain`: if the article has not been edited,
 * it has all of these keys already.
 */
export type Recognised = { article: ReadyArticle; articleId: number | null; keys: Key[]; isPlain: boolean }

/** `siteKey`: the site's own address, spelled as ReadyArticle.canonicalUrl. */
export type FeedIdentity = { feedId: number; siteKey: string | null }

/** Recognises the items of one document; of those that are the same article only the first is answered. `now` in ms. */
export function recognise(
  db: ReadDb,
  { feedId, siteKey }: FeedIdentity,
  articles: ReadyArticle[],
  now: number,
): Recognised[] {
  const items = itemsOf(articles, siteKey, now)
  // At the first fetch of a feed, which is when most articles come, nothing is known of it.
  const found = hasKeys(db, feedId)
    ? assign(
        db,
        items,
        items.map(item => candidatesOf(db, feedId, item)),
      )
    : []
  return items.map(({ article, keys, isPlain }, index) => ({ article, keys, isPlain, articleId: found[index] ?? null }))
}

/** The articles an item may be. Where its guid leads to one, and title or link agree, no other is looked for. */
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
  // The first stores kept keys of links without their fragments.
  if (item.link?.includes('#')) look('link', item.link.replace(/#.*$/, ''))
  for (const { kind, key } of item.keys) if (kind === fingerprint || kind === 'title') look(kind, key)
  if (item.date !== null && item.isDateUnique) add('date', articlesByDate(db, feedId, item.date))
  return [...candidates.values()].filter(({ known }) => known.articleId > 0)
}

/** One article per item and one item per article, the surest first. */
function assign(db: ReadDb, items: Item[], candidates: Candidate[][]): (number | undefined)[] {
  const compare = comparison(db, isRenumbered(items, candidates))
  const pairs = items.flatMap((item, index) => pairsOf(item, index, candidates[index] ?? [], compare))
  pairs.sort((one, other) => other.weight - one.weight)
  const found: (number | undefined)[] = items.map(() => undefined)
  const matched = new Set<number>()
  for (const { index, articleId } of pairs) {
    if (found[index] !== undefined || matched.has(articleId)) continue
    found[index] = articleId
    matched.add(articleId)
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
 * Whether the publisher has given all articles new guids: no item has a known one, though at least two different items are
 * known by link or fingerprint.
 */
function isRenumbered(items: Item[], candidates: Candidate[][]): boolean {
  const renumbered = new Set<string>()
  for (const [index, { article }] of items.entries()) {
    for (const { known, foundBy } of candidates[index] ?? []) {
      if (foundBy.has('guid')) return false
      if (!foundBy.has('link') && !foundBy.has(fingerprint)) continue
      if (article.guid === null || known.guid === null || known.title === null) continue
      if (compareTitles(normalized(article.title), normalized(known.title)) !== 'unlike')
        renumbered.add(article.fingerprint)
    }
  }
  return renumbered.size >= 2
}
