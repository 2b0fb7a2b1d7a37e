/** Counts, always asked of the rows themselves: a counter kept aside goes stale. */
import type { Counts } from '../../api/model.ts'
import type { ReadDb } from './database.ts'
import { prepared } from './prepared.ts'

/** `today` starts at the given time (ms). */
export function countArticles(db: ReadDb, todayStart: number): Counts {
  const unreadRows = prepared<[], { feedId: number; unread: number }>(
    db,
    `SELECT feed_id AS feedId, COUNT(*) AS unread FROM articles WHERE is_read = 0 AND is_hidden = 0 GROUP BY feed_id`,
  ).all()
  return {
    // The count of a whole table reads no rows; of a part of it, all of them.
    all: count(db, 'SELECT COUNT(*) FROM articles') - count(db, 'SELECT COUNT(*) FROM articles WHERE is_hidden = 1'),
    today: count(db, 'SELECT COUNT(*) FROM articles WHERE is_hidden = 0 AND published_at >= ?', todayStart),
    saved: count(db, 'SELECT COUNT(*) FROM articles WHERE is_saved = 1'),
    unread: unreadRows.reduce((sum, row) => sum + row.unread, 0),
    unreadByFeed: Object.fromEntries(unreadRows.map(row => [row.feedId, row.unread])),
  }
}

function count(db: ReadDb, sql: string, ...parameters: number[]): number {
  return (
    prepared<number[], number>(db, sql)
      .pluck()
      .get(...parameters) ?? 0
  )
}
