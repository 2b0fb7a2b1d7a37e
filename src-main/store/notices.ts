/** Which new articles the reader is told of: decided once for each article, and remembered in the transaction of the decision. */
import { day } from '../lib/time.ts'
import { type NoticeMemory, readMeta, writeMeta } from './db/meta.ts'
import type { ReadDb, WriteDb } from './db/open.ts'
import { getRows, getValue } from './db/prepared.ts'
import { feedByUrl } from './feeds/feeds.ts'
import { digestUrl } from './feeds/kinds.ts'
import { andVisible } from './feeds/visibility.ts'
import { feedsRead } from './reading.ts'

/** What is older than this is no news. */
const newFor = day
/** Of so many articles that were told it is known which have been read since. */
export const mostFollowed = 1_000
/** A copy that is news comes within this of the article: it may have waited for a client for a day, and be a day old itself. */
const copiesComeWithin = 2 * day
/** Of a flood, these are counted. */
const mostWaiting = 20_000

/**
 * Decides of what has come since the last decision; answers how many articles wait to be shown. `isSilent`: nothing is told, and
 * it won't be later. The caller has one transaction for it.
 */
export function decideNotices(db: WriteDb, now: number, isSilent: boolean): number {
  const newest = getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0
  const memory = readMeta(db, 'notices')
  // Of what is there already when the program first looks, nothing is told.
  if (!memory) {
    writeMeta(db, 'notices', { upTo: newest, waiting: [], told: [] })
    return 0
  }
  const waiting = memory.waiting.filter(({ at }) => isRecent(at, now))
  // Articles may have been deleted since: the mark never goes back.
  const upTo = Math.max(memory.upTo, newest)
  if (upTo === memory.upTo && waiting.length === memory.waiting.length) return waiting.length
  const isAny = !isSilent && upTo > memory.upTo
  const wanted = isAny ? withoutCopies(db, newArticles(db, memory.upTo, now), memory) : []
  const all = [...waiting, ...wanted.map(id => ({ id, at: now }))].slice(-mostWaiting)
  writeMeta(db, 'notices', { ...memory, upTo, waiting: all })
  return all.length
}

export type WaitingArticle = {
  id: number
  feedId: number
  title: string
  source: string
  summary: string
  iconVersion: string | null
}

/** Takes what waits and is still to be shown. The caller has one transaction for it. */
export function takeWaiting(db: WriteDb, now: number): WaitingArticle[] {
  const memory = readMeta(db, 'notices')
  if (!memory || memory.waiting.length === 0) return []
  const recent = memory.waiting.filter(({ at }) => isRecent(at, now)).map(({ id }) => id)
  const articles = stillNew(db, recent)
  const told = [...needed(db, memory.told, now), ...articles.map(({ id }) => id)].slice(-mostFollowed)
  writeMeta(db, 'notices', { ...memory, waiting: [], told })
  return articles
}

/** Of the articles that were told, those of which a copy may still come, or whose notice may still be shown. */
function needed(db: ReadDb, told: number[], now: number): number[] {
  const unread = new Set(stillNew(db, told).map(({ id }) => id))
  const sql = `SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND first_seen_at > ?`
  const recent = getRows<{ id: number }>(db, sql, JSON.stringify(told), now - copiesComeWithin)
  const wanted = new Set([...unread, ...recent.map(({ id }) => id)])
  return told.filter(id => wanted.has(id))
}

/** Of the articles that were shown, those that the reader need not be told of any more. */
export function shownInVain(db: ReadDb): number[] {
  const told = readMeta(db, 'notices')?.told ?? []
  if (told.length === 0) return []
  const left = new Set(stillNew(db, told).map(({ id }) => id))
  return told.filter(id => !left.has(id))
}

function isRecent(at: number, now: number): boolean {
  return at > now - newFor && at <= now + newFor
}

function stillNew(db: ReadDb, ids: number[]): WaitingArticle[] {
  const sql = `SELECT articles.id, feed_id AS feedId, articles.title, COALESCE(custom_title, feeds.title) AS source, summary,
      icon_version AS iconVersion
    FROM articles JOIN feeds ON feeds.id = feed_id
    WHERE articles.id IN (SELECT value FROM json_each(?)) AND is_read = 0 AND is_hidden = 0 AND removed_at IS NULL
      ${andVisible(db)} ORDER BY articles.id`
  return getRows<WaitingArticle>(db, sql, JSON.stringify(ids))
}

type NewArticle = { id: number; feedId: number; firstSeenAt: number; copyGroup: number | null }

/**
 * Of feeds that say so, what came after an article and is news. Not what a feed had when it was first fetched: all of that has
 * one time; what its publisher or retention has taken away since left a tombstone.
 */
function newArticles(db: ReadDb, after: number, now: number): NewArticle[] {
  const feeds = feedsRead(db, 'notify', 'yes')
  if (feeds.length === 0) return []
  const sql = `SELECT id, feed_id AS feedId, first_seen_at AS firstSeenAt, copy_group AS copyGroup FROM articles
    WHERE id > ? AND feed_id IN (SELECT value FROM json_each(?)) AND is_read = 0 AND is_hidden = 0 AND is_saved = 0
      AND published_at > ? AND first_seen_at > ?${andVisible(db)}
    ORDER BY id`
  const found = getRows<NewArticle>(db, sql, after, JSON.stringify(feeds), now - newFor, now - newFor)
  const firstFetches = new Map(found.map(({ feedId }) => [feedId, 0]))
  for (const feedId of firstFetches.keys()) firstFetches.set(feedId, firstFetchOf(db, feedId))
  return found.filter(({ feedId, firstSeenAt }) => firstSeenAt > firstFetches.get(feedId)!)
}

/** When the first articles of a feed came (ms); 0 where some have been deleted since. */
function firstFetchOf(db: ReadDb, feedId: number): number {
  // Each digest is news.
  if (feedByUrl(db, digestUrl)?.id === feedId) return 0
  const isAnyDeleted = getValue(db, 'SELECT 1 FROM tombstones WHERE feed_id = ? LIMIT 1', feedId) === 1
  if (isAnyDeleted) return 0
  return getValue<number>(db, 'SELECT MIN(first_seen_at) FROM articles WHERE feed_id = ?', feedId) ?? 0
}

/** Of each group of copies one is told of, once. */
function withoutCopies(db: ReadDb, articles: NewArticle[], { told, waiting }: NoticeMemory): number[] {
  if (articles.every(({ copyGroup }) => copyGroup === null)) return articles.map(({ id }) => id)
  const sql = `SELECT DISTINCT copy_group AS copyGroup FROM articles
    WHERE copy_group IS NOT NULL AND id IN (SELECT value FROM json_each(?))`
  const known = getRows<{ copyGroup: number }>(db, sql, JSON.stringify([...told, ...waiting.map(({ id }) => id)]))
  const seen = new Set(known.map(({ copyGroup }) => copyGroup))
  return articles.flatMap(({ id, copyGroup }) => {
    if (copyGroup === null) return id
    const isTold = seen.has(copyGroup)
    seen.add(copyGroup)
    return isTold ? [] : id
  })
}
