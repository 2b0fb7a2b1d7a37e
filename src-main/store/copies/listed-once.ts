/**
 * Lists and counts have of each group of copies one article: the first that came, of those that the list has. So nothing is
 * missing from any list, whichever feeds or days it is about.
 */
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue, getValues, type SqlPart } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'

/** Those of these articles that stand behind a copy. `having`: the condition of the list, on columns of `articles`. */
export function idsBehindCopies(db: ReadDb, articleIds: number[], having: SqlPart): Set<number> {
  const sql = `SELECT wanted.value FROM json_each(?) AS wanted JOIN articles AS own ON own.id = wanted.value
    WHERE own.copy_group IS NOT NULL AND EXISTS (
      SELECT 1 FROM articles WHERE articles.copy_group = own.copy_group AND articles.id < own.id AND ${having.sql})`
  return new Set(getValues<number>(db, sql, JSON.stringify(articleIds), ...having.values))
}

/** A read article that stays in a list of unread ones. */
export type Kept = { id: number; copyGroup: number | null }

/** Of the copies that stay in a list, in the order of their ids, the first; none where the list has another as unread. */
export function keptOnce(db: ReadDb, kept: Kept[], listed: SqlPart): number[] {
  const groups = new Set(kept.flatMap(({ copyGroup }) => copyGroup ?? []))
  if (groups.size === 0) return kept.map(({ id }) => id)
  const sql = `SELECT DISTINCT copy_group FROM articles
    WHERE copy_group IS NOT NULL AND copy_group IN (SELECT value FROM json_each(?)) AND ${listed.sql}`
  const seen = new Set(getValues<number>(db, sql, JSON.stringify([...groups]), ...listed.values))
  return kept.flatMap(({ id, copyGroup }) => {
    if (copyGroup === null) return id
    const isThere = seen.has(copyGroup)
    seen.add(copyGroup)
    return isThere ? [] : id
  })
}

/** Articles that a count of feeds has too often; `byFolder` in a folder with all that is in it, where there are any. */
export type CountedTwice = Twice & { byFolder: Map<number, Twice> }
type Twice = { listed: number; unread: number }

/** Copies of articles of feeds that `isCounted`, and how many of them. */
export function countedTwice(db: ReadDb, isCounted: (feedId: number) => boolean): CountedTwice {
  const total: CountedTwice = { listed: 0, unread: 0, byFolder: new Map() }
  const groups = groupsByFeeds(db).map(group => ({ ...group, feeds: group.feeds.filter(isCounted) }))
  if (groups.length === 0) return total
  const foldersOf = folderPaths(db, new Set(groups.flatMap(({ feeds }) => feeds)))
  for (const group of groups) {
    add(total, group, group.feeds.length)
    const inFolder = new Map<number, number>()
    for (const feedId of group.feeds)
      for (const folderId of foldersOf(feedId)) inFolder.set(folderId, (inFolder.get(folderId) ?? 0) + 1)
    for (const [folderId, feeds] of inFolder) {
      if (feeds < 2) continue
      const folder = total.byFolder.get(folderId) ?? { listed: 0, unread: 0 }
      total.byFolder.set(folderId, folder)
      add(folder, group, feeds)
    }
  }
  return total
}

/** The same of these feeds alone. */
export function countedTwiceIn(db: ReadDb, isCounted: (feedId: number) => boolean): Twice {
  const total = { listed: 0, unread: 0 }
  for (const group of groupsByFeeds(db)) add(total, group, group.feeds.filter(isCounted).length)
  return total
}

function add(total: Twice, { listed, unread }: Twice, feeds: number): void {
  if (feeds < 2) return
  total.listed += listed * (feeds - 1)
  total.unread += unread * (feeds - 1)
}

function groupsByFeeds(db: ReadDb): (Twice & { feeds: number[] })[] {
  const rows = getRows<Twice & { feeds: string }>(db, 'SELECT feeds, listed, unread FROM copy_counts')
  return rows.map(row => ({ ...row, feeds: JSON.parse(row.feeds) as number[] }))
}

/** The folders that a feed is in, the nearest first. */
function folderPaths(db: ReadDb, feedIds: Set<number>): (feedId: number) => number[] {
  const parents = new Map(
    getRows<{ id: number; parentId: number | null }>(db, 'SELECT id, parent_id AS parentId FROM folders').map(
      ({ id, parentId }) => [id, parentId],
    ),
  )
  const sql =
    'SELECT id, folder_id AS folderId FROM feeds WHERE folder_id IS NOT NULL AND id IN (SELECT value FROM json_each(?))'
  const folders = new Map(
    getRows<{ id: number; folderId: number }>(db, sql, JSON.stringify([...feedIds])).map(({ id, folderId }) => [
      id,
      folderId,
    ]),
  )
  return feedId => {
    const path: number[] = []
    // A damaged table may have a cycle.
    for (let at = folders.get(feedId) ?? null; at !== null && !path.includes(at); at = parents.get(at) ?? null)
      path.push(at)
    return path
  }
}

/** Of the articles published since a time, those that stand behind a copy of that time. */
export function countedTwiceSince(db: ReadDb, time: number, isOnlyUnread: boolean): number {
  const unread = isOnlyUnread ? ' AND is_read = 0' : ''
  const sql = `SELECT COUNT(*) - COUNT(DISTINCT copy_group) FROM articles INDEXED BY copies_by_date
    WHERE copy_group IS NOT NULL AND is_hidden = 0 AND published_at >= ?${unread}${andVisible(db)}`
  return getValue<number>(db, sql, time) ?? 0
}

/** Of the saved ones: those that were saved before they were found to be copies. */
export function countedTwiceSaved(db: ReadDb, isOnlyUnread = false): number {
  const sql = `SELECT COUNT(*) - COUNT(DISTINCT copy_group) FROM articles INDEXED BY copies_saved
    WHERE copy_group IS NOT NULL AND is_saved = 1${isOnlyUnread ? ' AND is_read = 0' : ''}`
  return getValue<number>(db, sql) ?? 0
}
