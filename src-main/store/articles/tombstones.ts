/**
 * Deletes articles and leaves tombstones: store/identity still recognises them, so that they don't come back with the next
 * poll. A tombstone goes when the article has not been in its feed for half a year.
 */
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, getValues, run } from '../db/prepared.ts'
import { isDeletable } from './retention.ts'
import { deleteArticleRows } from './write-article.ts'

/** Most deleted articles are in their feed at every poll: that is written down only so often. */
const seenAgainAfter = 30 * day
const expiresAfter = 180 * day

/**
 * Deletes those of these articles that may still go: that are not saved, and read or unread as they were when they were
 * chosen. Answers how many it deleted. `now` in ms.
 */
export function deleteArticles(db: WriteDb, articleIds: number[], isRead: boolean, now: number): number {
  return db
    .transaction(() => {
      const sql = `SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND ${isDeletable} AND is_read = ?
        ORDER BY id`
      const ids = getValues<number>(db, sql, JSON.stringify(articleIds), Number(isRead))
      const insert = `INSERT OR REPLACE INTO tombstones
          (article_id, feed_id, deleted_at, last_told_at, guid, url, title, published_at)
        SELECT id, feed_id, @now, @now, guid, url, title, published_at FROM articles
        WHERE id IN (SELECT value FROM json_each(@ids))`
      run(db, insert, { now, ids: JSON.stringify(ids) })
      deleteArticleRows(db, ids)
      return ids.length
    })
    .immediate()
}

export function hasTombstones(db: ReadDb): boolean {
  return getValue(db, 'SELECT 1 FROM tombstones LIMIT 1') === 1
}

/** A deleted article is in its feed still (`last_told_at` is when it was last seen there). Inside the caller's transaction. */
export function seenInFeedAgain(db: WriteDb, articleId: number, now: number): void {
  const sql = 'UPDATE tombstones SET last_told_at = ? WHERE article_id = ? AND last_told_at < ?'
  run(db, sql, now, articleId, now - seenAgainAfter)
}

/**
 * Ids of deleted articles that have left their feed. Where a document is unchanged since, nothing is seen in it again although
 * its articles are still there: so something later must have been seen in the feed. Reads all articles once.
 */
export function expiredTombstones(db: ReadDb, now: number): number[] {
  const sql = `SELECT article_id AS articleId, feed_id AS feedId, last_told_at AS lastSeenInFeedAt FROM tombstones
    WHERE last_told_at < ? ORDER BY article_id`
  const old = getRows<{ articleId: number; feedId: number; lastSeenInFeedAt: number }>(db, sql, now - expiresAfter)
  if (old.length === 0) return []
  const newest = `SELECT feed_id AS feedId, MAX(at) AS at FROM (
      SELECT feed_id, first_seen_at AS at FROM articles
      UNION ALL SELECT feed_id, last_told_at FROM tombstones WHERE last_told_at > deleted_at
    ) GROUP BY feed_id`
  const lastRead = new Map(getRows<{ feedId: number; at: number }>(db, newest).map(({ feedId, at }) => [feedId, at]))
  return old
    .filter(({ feedId, lastSeenInFeedAt }) => lastSeenInFeedAt < (lastRead.get(feedId) ?? 0) - seenAgainAfter)
    .map(({ articleId }) => articleId)
}

/** Deletes these tombstones with the keys of their articles, but those seen in their feed since they were chosen. */
export function deleteTombstones(db: WriteDb, articleIds: number[], now: number): void {
  db.transaction(() => {
    const sql = `SELECT article_id FROM tombstones
      WHERE article_id IN (SELECT value FROM json_each(?)) AND last_told_at < ?`
    const ids = getValues<number>(db, sql, JSON.stringify(articleIds), now - expiresAfter)
    forgetArticles(db, ids)
  }).immediate()
}

/** Forgets articles: nothing is recognised as one of them any more. Inside the caller's transaction. */
export function forgetArticles(db: WriteDb, articleIds: number[]): void {
  const list = JSON.stringify(articleIds)
  run(db, 'DELETE FROM identities WHERE article_id IN (SELECT value FROM json_each(?))', list)
  run(db, 'DELETE FROM tombstones WHERE article_id IN (SELECT value FROM json_each(?))', list)
}
