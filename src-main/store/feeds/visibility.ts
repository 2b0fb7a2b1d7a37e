/**
 * Feeds that were unsubscribed or came back, and whose articles are still to be hidden or shown: 100,000 of them take
 * seconds. Till all are, no list shows any but the saved ones, so that nobody sees half a feed; an end in the middle leaves
 * nothing but the rest of this work.
 */
import type { PageKey } from '../../api/model.ts'
import { readMeta, type Settling, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

/** Articles in one transaction: 10 ms of work at a million articles. */
export const perStep = 500

const beforeAll: PageKey = { publishedAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** No article of these feeds is to be listed, but for saved ones. Almost always none. */
export function settlingFeeds(db: ReadDb): number[] {
  return (readMeta(db, 'settling') ?? []).map(({ feedId }) => feedId)
}

/** Of an article: no list waits for the rest of its feed. */
export const isSettled = `articles.feed_id NOT IN (
  SELECT value ->> 'feedId' FROM json_each((SELECT value FROM facts WHERE name = 'settling')))`

/** That as one more condition; empty where there is nothing to wait for, so that indexes alone can answer. */
export function andVisible(db: ReadDb): string {
  return settlingFeeds(db).length > 0 ? ` AND ${isSettled}` : ''
}

/** Whether feeds that are followed wait for their articles: windows are to be told when they have them. */
export function isAnyReturning(db: ReadDb): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?)) LIMIT 1'
  return (
    prepared<[string], number>(db, sql)
      .pluck()
      .get(JSON.stringify(settlingFeeds(db))) === 1
  )
}

/** These feeds were just unsubscribed, or came back. Does the first step: for most feeds that is all. */
export function beginSettling(db: WriteDb, feedIds: number[]): void {
  const begun = new Set(feedIds)
  const others = (readMeta(db, 'settling') ?? []).filter(({ feedId }) => !begun.has(feedId))
  // The others' rest is done by whoever does that anyway: of a list of feeds each would else bring a whole step of theirs.
  const left = [
    ...settle(
      db,
      feedIds.map(feedId => ({ feedId })),
    ),
    ...others,
  ]
  writeMeta(db, 'settling', left.length > 0 ? left : null)
}

/** How many articles the first step for a feed that comes back would show. */
export function articlesComingBack(db: ReadDb, feedId: number): number {
  const sql = `SELECT COUNT(*) FROM (
    SELECT 1 FROM articles INDEXED BY articles_hidden WHERE feed_id = ? AND is_hidden = 1 LIMIT ?)`
  return prepared<[number, number], number>(db, sql).pluck().get(feedId, perStep) ?? 0
}

/** Hides or shows some more. False when there is nothing left to do. */
export function settleStep(db: WriteDb): boolean {
  return db
    .transaction(() => {
      const waiting = readMeta(db, 'settling')
      if (!waiting) return false
      const left = settle(db, waiting)
      writeMeta(db, 'settling', left.length > 0 ? left : null)
      return left.length > 0
    })
    .immediate()
}

/** Answers what is left. */
function settle(db: WriteDb, waiting: Settling[]): Settling[] {
  const left = [...waiting]
  for (let room = perStep; room > 0 && left[0]; ) {
    const { changed, next } = settleFeed(db, left[0], room)
    room -= changed
    if (next) left[0] = next
    else left.shift()
  }
  return left
}

function settleFeed(db: WriteDb, feed: Settling, most: number): { changed: number; next: Settling | null } {
  const sql = 'SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?'
  const isRemoved = prepared<[number], number>(db, sql).pluck().get(feed.feedId)
  if (isRemoved === undefined) return { changed: 0, next: null }
  return isRemoved === 1 ? hide(db, feed, most) : show(db, feed, most)
}

function show(db: WriteDb, { feedId }: Settling, most: number): { changed: number; next: Settling | null } {
  const { changes } = prepared(
    db,
    `UPDATE articles SET is_hidden = 0 WHERE id IN (
       SELECT id FROM articles INDEXED BY articles_hidden WHERE feed_id = ? AND is_hidden = 1 LIMIT ?)`,
  ).run(feedId, most)
  return { changed: changes, next: changes < most ? null : { feedId } }
}

/** By date: what is hidden already would be walked over again at each step. */
function hide(
  db: WriteDb,
  { feedId, after = beforeAll }: Settling,
  most: number,
): { changed: number; next: Settling | null } {
  const page = prepared<[number, number, number, number], PageKey>(
    db,
    `SELECT id, published_at AS publishedAt FROM articles INDEXED BY articles_by_feed
     WHERE feed_id = ? AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ?`,
  ).all(feedId, after.publishedAt, after.id, most)
  const ids = JSON.stringify(page.map(({ id }) => id))
  prepared(db, 'UPDATE articles SET is_hidden = 1 WHERE id IN (SELECT value FROM json_each(?)) AND is_hidden = 0').run(
    ids,
  )
  const last = page.at(-1)
  if (last && page.length === most) return { changed: page.length, next: { feedId, after: last } }
  // One that was dated anew meanwhile can be behind us.
  return { changed: page.length, next: isAllHidden(db, feedId) ? null : { feedId } }
}

function isAllHidden(db: ReadDb, feedId: number): boolean {
  return (
    (prepared<[number], number>(db, 'SELECT listed FROM feed_counts WHERE feed_id = ?').pluck().get(feedId) ?? 0) === 0
  )
}
