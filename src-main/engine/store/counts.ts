/** Counts of articles: SQLite keeps them per feed, in the very transaction that changes an article (migrations.ts, 6). */
import type { Counts } from '../../api/model.ts'
import type { ReadDb } from './database.ts'
import { prepared } from './prepared.ts'
import { andSettled, settlingFeeds } from './settling.ts'

type FeedCounts = { feedId: number; listed: number; unread: number; saved: number }

/** `today` starts at the given time (ms). */
export function countArticles(db: ReadDb, todayStart: number): Counts {
  const counts: Counts = { all: 0, today: countSince(db, todayStart), unread: 0, saved: 0, unreadByFeed: {} }
  const settling = new Set(settlingFeeds(db))
  for (const { feedId, listed, unread, saved } of feedCounts(db)) {
    counts.saved += saved
    if (settling.has(feedId)) continue
    counts.all += listed
    counts.unread += unread
    if (unread > 0) counts.unreadByFeed[feedId] = unread
  }
  return counts
}

function feedCounts(db: ReadDb): FeedCounts[] {
  return prepared<[], FeedCounts>(db, 'SELECT feed_id AS feedId, listed, unread, saved FROM feed_counts').all()
}

function countSince(db: ReadDb, time: number): number {
  const sql = 'SELECT COUNT(*) FROM articles INDEXED BY articles_by_date WHERE is_hidden = 0 AND published_at >= ?'
  return (
    prepared<[number], number>(db, sql + andSettled(db))
      .pluck()
      .get(time) ?? 0
  )
}
