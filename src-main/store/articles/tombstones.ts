/**
 * Deletes articles and remembers that they were: identities.ts still recognises them, so that they don't come back with the
 * next poll. When their feed has not told them for half a year, that is forgotten, too.
 */
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { unindexArticle } from '../search/index.ts'
import { isDeletable } from './retention.ts'

/** A feed that tells the same articles every hour need not be written down every hour. */
const toldAgainAfter = 30 * day
const forgottenAfter = 180 * day

/**
 * Deletes those of these articles that may still go: that are not saved, and read or unread as they were when they were
 * chosen. Answers how many went. `now` in ms.
 */
export function deleteArticles(db: WriteDb, articleIds: number[], isRead: boolean, now: number): number {
  return db
    .transaction(() => {
      const ids = prepared<[string, number], number>(
        db,
        `SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND ${isDeletable} AND is_read = ?
         ORDER BY id`,
      )
        .pluck()
        .all(JSON.stringify(articleIds), Number(isRead))
      const list = JSON.stringify(ids)
      prepared(
        db,
        `INSERT OR REPLACE INTO tombstones
           (article_id, feed_id, deleted_at, last_told_at, guid, url, title, published_at)
         SELECT id, feed_id, ?, ?, guid, url, title, published_at FROM articles
         WHERE id IN (SELECT value FROM json_each(?))`,
      ).run(now, now, list)
      for (const id of ids) unindexArticle(db, id)
      // Its text and its earlier versions go with it (ON DELETE CASCADE).
      prepared(db, 'DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))').run(list)
      return ids.length
    })
    .immediate()
}

export function hasTombstones(db: ReadDb): boolean {
  return prepared<[], number>(db, 'SELECT 1 FROM tombstones LIMIT 1').pluck().get() === 1
}

/** A feed tells an article that was deleted. Inside the caller's transaction. */
export function toldAgain(db: WriteDb, articleId: number, now: number): void {
  prepared(db, 'UPDATE tombstones SET last_told_at = ? WHERE article_id = ? AND last_told_at < ?').run(
    now,
    articleId,
    now - toldAgainAfter,
  )
}

/**
 * Deleted articles that their feed has stopped telling. A feed whose document has not changed since tells nothing anew
 * although its articles are still in it, so that something later must have been seen of it. Looks at all articles once.
 */
export function forgettable(db: ReadDb, now: number): number[] {
  const old = prepared<[number], { articleId: number; feedId: number; lastToldAt: number }>(
    db,
    `SELECT article_id AS articleId, feed_id AS feedId, last_told_at AS lastToldAt FROM tombstones
     WHERE last_told_at < ? ORDER BY article_id`,
  ).all(now - forgottenAfter)
  if (old.length === 0) return []
  const lastRead = new Map(
    prepared<[], { feedId: number; at: number }>(
      db,
      `SELECT feed_id AS feedId, MAX(at) AS at FROM (
         SELECT feed_id, first_seen_at AS at FROM articles
         UNION ALL SELECT feed_id, last_told_at FROM tombstones WHERE last_told_at > deleted_at
       ) GROUP BY feed_id`,
    )
      .all()
      .map(({ feedId, at }) => [feedId, at]),
  )
  return old
    .filter(({ feedId, lastToldAt }) => lastToldAt < (lastRead.get(feedId) ?? 0) - toldAgainAfter)
    .map(({ articleId }) => articleId)
}

/** Forgets these deleted articles, but for those told again since they were chosen. */
export function forget(db: WriteDb, articleIds: number[], now: number): void {
  db.transaction(() => {
    const ids = prepared<[string, number], number>(
      db,
      `SELECT article_id FROM tombstones
       WHERE article_id IN (SELECT value FROM json_each(?)) AND last_told_at < ?`,
    )
      .pluck()
      .all(JSON.stringify(articleIds), now - forgottenAfter)
    const list = JSON.stringify(ids)
    prepared(db, 'DELETE FROM identities WHERE article_id IN (SELECT value FROM json_each(?))').run(list)
    prepared(db, 'DELETE FROM tombstones WHERE article_id IN (SELECT value FROM json_each(?))').run(list)
  }).immediate()
}
