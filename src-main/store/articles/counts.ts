/** Counts of articles. Triggers keep them per feed, in the transaction that changes an article (migrations.ts, 6). */
import type { Counts } from '../../api/model.ts'
import { countedTwice, countedTwiceSaved, countedTwiceSince } from '../copies/listed-once.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue } from '../db/prepared.ts'
import { pagesId } from '../feeds/pages.ts'
import { andVisible, feedsInTransition } from '../feeds/visibility.ts'

type FeedCounts = { feedId: number; listed: number; unread: number; saved: number }

export type ArticleCounts = Omit<Counts, 'badge'>

/** `today` starts at the given time (ms). */
export function countArticles(db: ReadDb, todayStart: number): ArticleCounts {
  const counts: ArticleCounts = {
    all: 0,
    today: countSince(db, todayStart),
    todayUnread: countSince(db, todayStart, true),
    unread: 0,
    saved: 0,
    pages: 0,
    unreadByFeed: {},
    listedByFeed: {},
    copiesByFolder: {},
  }
  const inTransition = new Set(feedsInTransition(db))
  const pages = pagesId(db)
  const sql = 'SELECT feed_id AS feedId, listed, unread, saved FROM feed_counts'
  for (const { feedId, listed, unread, saved } of getRows<FeedCounts>(db, sql)) {
    counts.saved += saved
    if (feedId === pages) counts.pages = saved
    // Lists have only its saved articles yet.
    if (inTransition.has(feedId)) continue
    counts.all += listed
    counts.unread += unread
    if (listed > 0) counts.listedByFeed[feedId] = listed
    if (unread > 0) counts.unreadByFeed[feedId] = unread
  }
  if (!foldsCopies(db)) return counts
  const copies = countedTwice(db, feedId => !inTransition.has(feedId))
  counts.all -= copies.listed
  counts.unread -= copies.unread
  counts.saved -= countedTwiceSaved(db)
  counts.copiesByFolder = Object.fromEntries(copies.byFolder)
  return counts
}

/** Articles published since a time, copies once. Reads only the parts of indexes that have them. */
export function countSince(db: ReadDb, time: number, isOnlyUnread = false): number {
  const index = isOnlyUnread ? 'articles_unread WHERE is_read = 0 AND' : 'articles_by_date WHERE'
  const sql = `SELECT COUNT(*) FROM articles INDEXED BY ${index} is_hidden = 0 AND published_at >= ?${andVisible(db)}`
  const count = getValue<number>(db, sql, time) ?? 0
  return foldsCopies(db) ? count - countedTwiceSince(db, time, isOnlyUnread) : count
}
