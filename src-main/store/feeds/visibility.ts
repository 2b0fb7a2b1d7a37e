/**
 * Hides the articles of feeds that were unsubscribed and shows those of feeds that came back, in steps: 100,000 of them take
 * seconds. Until all are done, lists have only saved articles of such a feed, so that nobody sees half of it. After a crash
 * the next start does the rest.
 */
import type { PageKey } from '../../api/model.ts'
import { readMeta, type VisibilityChange, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, run } from '../db/prepared.ts'

/** Articles in one transaction: 10 ms of work at a million articles. */
export const perStep = 500

const newest: PageKey = { publishedAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** Feeds whose articles are still being hidden or shown: lists leave them out. Almost always none. */
export function feedsInTransition(db: ReadDb): number[] {
  return pendingChanges(db).map(({ feedId }) => feedId)
}

/** Condition for articles: their feed is not in transition. Empty where none is, so that indexes alone can answer. */
export function andVisible(db: ReadDb): string {
  const isVisible = `articles.feed_id NOT IN (
    SELECT value ->> 'feedId' FROM json_each((SELECT value FROM facts WHERE name = 'settling')))`
  return feedsInTransition(db).length > 0 ? ` AND ${isVisible}` : ''
}

/** Whether a feed in transition is followed: windows must be told when its articles are listed again. */
export function isAnyReturning(db: ReadDb): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?)) LIMIT 1'
  const inTransition = JSON.stringify(feedsInTransition(db))
  return getValue(db, sql, inTransition) === 1
}

/** After these feeds were unsubscribed, or came back. Does the first step, which for most feeds is all. */
export function beginVisibilityChange(db: WriteDb, feedIds: number[]): void {
  const others = pendingChanges(db).filter(({ feedId }) => !feedIds.includes(feedId))
  // Only these feeds: when a list is imported, each of its feeds would else do a whole step of all the others.
  const changes = feedIds.map(feedId => ({ feedId }))
  savePending(db, [...changeSome(db, changes), ...others])
}

/** How many articles the first step for a feed that comes back would show. */
export function articlesComingBack(db: ReadDb, feedId: number): number {
  const sql = `SELECT COUNT(*) FROM (
    SELECT 1 FROM articles INDEXED BY articles_hidden WHERE feed_id = ? AND is_hidden = 1 LIMIT ?)`
  return getValue<number>(db, sql, feedId, perStep) ?? 0
}

/** Hides or shows some more. False when there is nothing left to do. */
export function visibilityStep(db: WriteDb): boolean {
  return db
    .transaction(() => {
      const pending = pendingChanges(db)
      if (pending.length === 0) return false
      const left = changeSome(db, pending)
      savePending(db, left)
      return left.length > 0
    })
    .immediate()
}

function pendingChanges(db: ReadDb): VisibilityChange[] {
  return readMeta(db, 'settling') ?? []
}

function savePending(db: WriteDb, changes: VisibilityChange[]): void {
  writeMeta(db, 'settling', changes.length > 0 ? changes : null)
}

type Progress = { changed: number; next: VisibilityChange | null }

/** Changes the articles of one step, and answers the changes that are left. */
function changeSome(db: WriteDb, changes: VisibilityChange[]): VisibilityChange[] {
  const left = [...changes]
  for (let budget = perStep; budget > 0 && left[0]; ) {
    const { changed, next } = changeFeed(db, left[0], budget)
    budget -= changed
    if (next) left[0] = next
    else left.shift()
  }
  return left
}

function changeFeed(db: WriteDb, change: VisibilityChange, most: number): Progress {
  const sql = 'SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?'
  const isRemoved = getValue<number>(db, sql, change.feedId)
  if (isRemoved === null) return { changed: 0, next: null }
  return isRemoved === 1 ? hide(db, change, most) : show(db, change, most)
}

function show(db: WriteDb, { feedId }: VisibilityChange, most: number): Progress {
  const sql = `UPDATE articles SET is_hidden = 0 WHERE id IN (
    SELECT id FROM articles INDEXED BY articles_hidden WHERE feed_id = ? AND is_hidden = 1 LIMIT ?)`
  const { changes } = run(db, sql, feedId, most)
  return { changed: changes, next: changes < most ? null : { feedId } }
}

/** From where the last step ended, by date: there is no index of what is not hidden yet. */
function hide(db: WriteDb, { feedId, after = newest }: VisibilityChange, most: number): Progress {
  const select = `SELECT id, published_at AS publishedAt FROM articles INDEXED BY articles_by_feed
    WHERE feed_id = ? AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ?`
  const page = getRows<PageKey>(db, select, feedId, after.publishedAt, after.id, most)
  const update = 'UPDATE articles SET is_hidden = 1 WHERE id IN (SELECT value FROM json_each(?)) AND is_hidden = 0'
  run(db, update, JSON.stringify(page.map(({ id }) => id)))
  const last = page.at(-1)
  if (last && page.length === most) return { changed: page.length, next: { feedId, after: last } }
  // An article with a changed date can be before the place of the last step.
  return { changed: page.length, next: isAllHidden(db, feedId) ? null : { feedId } }
}

function isAllHidden(db: ReadDb, feedId: number): boolean {
  const sql = 'SELECT listed FROM feed_counts WHERE feed_id = ?'
  return (getValue<number>(db, sql, feedId) ?? 0) === 0
}
