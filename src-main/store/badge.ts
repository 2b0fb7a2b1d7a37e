/** The number of unread articles that the title and the program's icon show, as the settings say. */
import type { Counts } from '../api/model.ts'
import { countedTwiceIn } from './copies/listed-once.ts'
import { foldsCopies } from './copies/setting.ts'
import type { ReadDb } from './db/open.ts'
import { feedsRead } from './reading.ts'
import { readSettings } from './settings.ts'

/** Of chosen feeds, what several of them have is counted once, as in all other counts. */
export function badgeOf(db: ReadDb, { unread, unreadByFeed }: Pick<Counts, 'unread' | 'unreadByFeed'>): number {
  const { badge } = readSettings(db)
  if (badge !== 'chosen') return badge === 'none' ? 0 : unread
  const chosen = new Set(feedsRead(db, 'inBadge', 'yes'))
  const inEach = [...chosen].reduce((sum, feedId) => sum + (unreadByFeed[feedId] ?? 0), 0)
  return foldsCopies(db) ? inEach - countedTwiceIn(db, feedId => chosen.has(feedId)).unread : inEach
}
