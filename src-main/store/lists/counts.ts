/** How many articles a list has on all its pages, and how many have come since it was read. */
import type { View } from '../../api/model.ts'
import { countSince } from '../articles/counts.ts'
import { newestArticleId } from '../articles/headlines.ts'
import { countedTwiceIn, countedTwiceSaved, idsBehindCopies } from '../copies/listed-once.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb } from '../db/open.ts'
import { getValue, getValues, type SqlValue } from '../db/prepared.ts'
import { feedsWithin } from '../feeds/folders.ts'
import { feedsInTransition } from '../feeds/visibility.ts'
import { idsInCategory } from '../search/categories.ts'
import { conditionOf, hasFoldedCopies, idsToKeep, type ListRequest, onlyUnread, type Scope } from './scope.ts'

/** So few are looked up one by one. */
const fewOfCategory = 500

/** How many articles of a view have a higher id than `newestId`; 0 for those that are in no order of time. */
export function countNewer(db: ReadDb, view: View, newestId: number, todayStart: number): number {
  if (view.kind === 'search' || view.kind === 'trending') return 0
  return listedAfter(db, { view, unreadOnly: false, todayStart }, newestId)
}

/** How many articles a list has on all its pages, up to `newestId`. */
export function countListed(db: ReadDb, request: ListRequest, newestId: number): number {
  const newer = newestId < newestArticleId(db) ? listedAfter(db, request, newestId) : 0
  const keptRead = onlyUnread(request) ? idsToKeep(db, { ...request, after: null }, 'is_read = 1', newestId).length : 0
  return countAll(db, request) - newer + keptRead
}

/** From the counters where possible, else from an index: never from all rows, of which there may be a million. */
function countAll(db: ReadDb, request: ListRequest): number {
  const { view, todayStart } = request
  if (view.kind === 'today') return countSince(db, todayStart, onlyUnread(request))
  if (view.kind === 'saved') return countSaved(db, onlyUnread(request))
  if (view.kind === 'pages') {
    const { sql, values } = conditionOf(db, request)
    return getValue<number>(db, `SELECT COUNT(*) FROM articles WHERE ${sql}`, ...values) ?? 0
  }
  if (view.kind === 'category') return countCategory(db, request, view.name)
  const of = onlyUnread(request) ? 'unread' : 'listed'
  const visible = 'feed_id NOT IN (SELECT value FROM json_each(?))'
  const hidden = new Set(feedsInTransition(db))
  const inTransition = JSON.stringify([...hidden])
  const ofFeeds = `${visible} AND feed_id IN (SELECT value FROM json_each(?))`
  if (view.kind === 'feed') return sumOfCounts(db, of, ofFeeds, [inTransition, JSON.stringify([view.feedId])])
  const within = view.kind === 'folder' ? new Set(feedsWithin(db, view.folderId)) : null
  const count = within
    ? sumOfCounts(db, of, ofFeeds, [inTransition, JSON.stringify([...within])])
    : sumOfCounts(db, of, visible, [inTransition])
  if (!foldsCopies(db)) return count
  return count - countedTwiceIn(db, id => !hidden.has(id) && (within?.has(id) ?? true))[of]
}

function countSaved(db: ReadDb, isOnlyUnread: boolean): number {
  const unread = 'SELECT COUNT(*) FROM articles INDEXED BY articles_saved WHERE is_saved = 1 AND is_read = 0'
  const count = isOnlyUnread ? (getValue<number>(db, unread) ?? 0) : sumOfCounts(db, 'saved')
  return foldsCopies(db) ? count - countedTwiceSaved(db, isOnlyUnread) : count
}

/** Summed by SQLite: with thousands of feeds, reading their counts takes longer than listing a page. */
function sumOfCounts(
  db: ReadDb,
  column: 'listed' | 'unread' | 'saved',
  where = 'TRUE',
  values: SqlValue[] = [],
): number {
  return getValue<number>(db, `SELECT SUM(${column}) FROM feed_counts WHERE ${where}`, ...values) ?? 0
}

/** Of many articles, which are hidden or copies is read from the indexes that have these, instead of from each of them. */
function countCategory(db: ReadDb, request: ListRequest, name: string): number {
  const listed = new Set(idsInCategory(db, name))
  if (listed.size < fewOfCategory || onlyUnread(request) || feedsInTransition(db).length > 0)
    return listedAfter(db, request, 0)
  const hidden = 'SELECT id FROM articles INDEXED BY articles_hidden WHERE is_hidden = 1'
  for (const id of getValues<number>(db, hidden)) listed.delete(id)
  if (!foldsCopies(db)) return listed.size
  const grouped = 'SELECT id FROM articles INDEXED BY articles_by_copy_group WHERE copy_group IS NOT NULL'
  const copies = getValues<number>(db, grouped).filter(id => listed.has(id))
  return listed.size - idsBehindCopies(db, copies, conditionOf(db, request)).size
}

function listedAfter(db: ReadDb, scope: Scope, newestId: number): number {
  const { sql, values } = conditionOf(db, scope, newestId + 1)
  // By id: else SQLite reads all of a feed's articles to find the newest.
  const newer = `FROM articles NOT INDEXED WHERE id > ? AND ${sql}`
  const count = getValue<number>(db, `SELECT COUNT(*) ${newer}`, newestId, ...values) ?? 0
  if (!hasFoldedCopies(db, scope)) return count
  const copies = getValues<number>(db, `SELECT id ${newer} AND copy_group IS NOT NULL`, newestId, ...values)
  return count - (copies.length === 0 ? 0 : idsBehindCopies(db, copies, conditionOf(db, scope)).size)
}
