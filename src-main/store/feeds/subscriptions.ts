/** Subscriptions without ids of this database: for the journal, and for restoring them from it. */
import type { ReadingOptions } from '../../api/settings.ts'
import type { FeedRetention } from '../../api/storage-model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, run } from '../db/prepared.ts'
import { insertFeed } from './feeds.ts'
import { feedsWithin, folderAt, removeFolder } from './folders.ts'
import { readingFrom, storedReading } from './reading.ts'

export type Subscription = {
  url: string
  title: string
  customTitle: string | null
  siteUrl: string | null
  /** Names of folders, the outermost first. */
  folder: string[]
  position: number
  paused: 'by-user' | 'gone' | null
  retention: FeedRetention | null
  /** Null: all is inherited. Earlier versions wrote none. */
  reading?: ReadingOptions | null
  privateHost: string | null
  /** Sealed, in base64. */
  credentials: string | null
  /** In the stored form of proxy-address.ts. */
  proxy: string | null
  userAgent: string | null
}

/** The subscription of every feed we follow, by the feed's id. */
export function subscriptions(db: ReadDb): Map<number, Subscription> {
  return new Map([...storedSubscriptions(db)].map(([id, stored]) => [id, subscriptionOf(stored)]))
}

/**
 * The same as one text each, which `subscriptionOf` reads. The journal compares them at every click on a feed: parsed, those
 * of 2,000 feeds would take four times as long.
 */
export function storedSubscriptions(db: ReadDb): Map<number, string> {
  const paths = new Map([...folderPaths(db)].map(([id, path]) => [id, JSON.stringify(path)]))
  const sql = `SELECT id, folder_id AS folderId, json_object('url', url, 'title', title, 'customTitle', custom_title,
      'siteUrl', site_url, 'position', position, 'paused', paused, 'retention', json(retention), 'reading', json(reading),
      'privateHost', private_host, 'credentials', CASE WHEN credentials IS NOT NULL THEN hex(credentials) END,
      'proxy', proxy, 'userAgent', user_agent) AS columns
    FROM feeds WHERE removed_at IS NULL`
  const rows = getRows<{ id: number; folderId: number | null; columns: string }>(db, sql)
  return new Map(
    rows.map(({ id, folderId, columns }) => {
      const path = (folderId !== null && paths.get(folderId)) || '[]'
      return [id, `{"folder":${path},${columns.slice(1)}`]
    }),
  )
}

export function subscriptionOf(stored: string): Subscription {
  const { credentials, ...subscription } = JSON.parse(stored) as Subscription
  return { ...subscription, credentials: credentials && Buffer.from(credentials, 'hex').toString('base64') }
}

/** Follows the feed, or changes one that is followed to this state. `now` in ms. */
export function follow(db: WriteDb, feed: Subscription, now: number): void {
  const folderId = folderAt(db, feed.folder)
  const { feedId } = insertFeed(db, { ...feed, folderId, nextCheckAt: now }, now)
  const { folder, title, url, ...columns } = feed
  // The site comes from the feed's document: only a row made for a saved article (restoreSaved) has none.
  const sql = `UPDATE feeds SET site_url = COALESCE(site_url, @siteUrl), custom_title = @customTitle, folder_id = @folderId,
      position = @position, paused = @paused, retention = @retention, reading = @reading,
      private_host = @privateHost,
      credentials = @credentials, proxy = @proxy, user_agent = @userAgent
    WHERE id = @feedId`
  run(db, sql, {
    ...columns,
    feedId,
    folderId,
    retention: feed.retention && JSON.stringify(feed.retention),
    reading: storedReading(feed.reading ?? {}),
    credentials: feed.credentials && Buffer.from(feed.credentials, 'base64'),
  })
}

/** Folders without ids of this database. */
export type FolderList = {
  /** The names that lead to each, in the folders' order. */
  paths: string[][]
  /** Those that say themselves how articles are read. Earlier versions wrote none. */
  reading?: { path: string[]; reading: ReadingOptions }[]
}

export function folderList(db: ReadDb): Required<FolderList> {
  const paths = folderPaths(db)
  const sql = 'SELECT id, reading FROM folders WHERE reading IS NOT NULL ORDER BY position, id'
  const saying = getRows<{ id: number; reading: string }>(db, sql)
  const reading = saying.map(({ id, reading }) => ({ path: paths.get(id) ?? [], reading: readingFrom(reading) }))
  return { paths: [...paths.values()], reading }
}

/** Makes the folders of this list that are missing, and removes all others, except those with feeds. */
export function restoreFolders(db: WriteDb, { paths, reading = [] }: FolderList): void {
  for (const path of paths) folderAt(db, path)
  run(db, 'UPDATE folders SET reading = NULL WHERE reading IS NOT NULL')
  for (const folder of reading) {
    const folderId = folderAt(db, folder.path)
    run(db, 'UPDATE folders SET reading = ? WHERE id = ?', storedReading(folder.reading), folderId)
  }
  const wanted = new Set(paths.map(path => JSON.stringify(path)))
  // The deepest first.
  const others = [...folderPaths(db)].toSorted(([, a], [, b]) => b.length - a.length)
  for (const [id, path] of others) {
    if (!wanted.has(JSON.stringify(path)) && feedsWithin(db, id).length === 0) removeFolder(db, id)
  }
}

/** The names that lead to each folder, the outermost first, by its id. */
export function folderPaths(db: ReadDb): Map<number, string[]> {
  const sql = 'SELECT id, parent_id AS parentId, title FROM folders ORDER BY position, id'
  const folders = getRows<{ id: number; parentId: number | null; title: string }>(db, sql)
  const known = new Map(folders.map(folder => [folder.id, folder]))
  const pathOf = (id: number): string[] => {
    const path: string[] = []
    // A damaged table may have a cycle.
    for (let at: number | null = id; at !== null && path.length < 64; ) {
      const folder = known.get(at)
      if (!folder) break
      path.unshift(folder.title)
      at = folder.parentId
    }
    return path
  }
  return new Map(folders.map(({ id }) => [id, pathOf(id)]))
}
