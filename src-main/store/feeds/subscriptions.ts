/** What we follow, said without an id of this database: for the journal, and for putting it back. */
import type { FeedRetention } from '../../api/storage-model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { insertFeed } from './feeds.ts'
import { createFolder, feedsWithin, removeFolder } from './folders.ts'

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
  privateHost: string | null
  /** Sealed, in base64. */
  credentials: string | null
  /** As store/feeds/proxy-address.ts keeps it. */
  proxy: string | null
  userAgent: string | null
}

type Row = Omit<Subscription, 'folder' | 'retention' | 'credentials'> & {
  id: number
  folderId: number | null
  retention: string | null
  credentials: Uint8Array | null
}

/** Every feed we follow, by its id. */
export function subscriptions(db: ReadDb): Map<number, Subscription> {
  return toSubscriptions(db, prepared<[], Row>(db, `${select} WHERE removed_at IS NULL`).all())
}

/** Those of these feeds that we follow. */
export function subscriptionsOf(db: ReadDb, feedIds: number[]): Map<number, Subscription> {
  const sql = `${select} WHERE removed_at IS NULL AND id IN (SELECT value FROM json_each(?))`
  return toSubscriptions(db, prepared<[string], Row>(db, sql).all(JSON.stringify(feedIds)))
}

/**
 * A text for every feed we follow, by its id, that is another one where its subscription is: with 2,000 feeds a quarter of
 * the work of making all of them, and every click on a feed asks for it.
 */
export function subscriptionMarks(db: ReadDb): Map<number, string> {
  const paths = new Map([...folderPaths(db)].map(([id, path]) => [id, JSON.stringify(path)]))
  const rows = prepared<[], [id: number, folderId: number | null, text: string]>(
    db,
    `SELECT id, folder_id, json_array(url, title, custom_title, site_url, position, paused, retention, private_host,
       hex(credentials), proxy, user_agent)
     FROM feeds WHERE removed_at IS NULL`,
  )
    .raw()
    .all() as [id: number, folderId: number | null, text: string][]
  return new Map(
    rows.map(([id, folderId, text]) => [id, folderId === null ? text : `${text}${paths.get(folderId) ?? ''}`]),
  )
}

const select = `
  SELECT id, url, title, custom_title AS customTitle, site_url AS siteUrl, folder_id AS folderId, position, paused,
    retention, private_host AS privateHost, credentials, proxy, user_agent AS userAgent
  FROM feeds`

function toSubscriptions(db: ReadDb, rows: Row[]): Map<number, Subscription> {
  const paths = folderPaths(db)
  return new Map(
    rows.map(({ id, folderId, retention, credentials, ...row }) => [
      id,
      {
        ...row,
        folder: (folderId !== null && paths.get(folderId)) || [],
        retention: retention ? (JSON.parse(retention) as FeedRetention) : null,
        credentials: credentials && Buffer.from(credentials).toString('base64'),
      },
    ]),
  )
}

/** Follows the feed, or brings one that is followed to what is said here. `now` in ms. */
export function follow(db: WriteDb, said: Subscription, now: number): void {
  const folderId = said.folder.reduce<number | null>((parentId, name) => createFolder(db, name, parentId), null)
  const { feedId } = insertFeed(db, { ...said, folderId, nextCheckAt: now }, now)
  prepared(
    db,
    // Its site is what the feed says of it: only a feed that is known by a saved article alone has none.
    `UPDATE feeds SET site_url = COALESCE(site_url, ?), custom_title = ?, folder_id = ?, position = ?, paused = ?,
       retention = ?, private_host = ?, credentials = ?, proxy = ?, user_agent = ? WHERE id = ?`,
  ).run(
    said.siteUrl,
    said.customTitle,
    folderId,
    said.position,
    said.paused,
    said.retention && JSON.stringify(said.retention),
    said.privateHost,
    said.credentials && Buffer.from(said.credentials, 'base64'),
    said.proxy,
    said.userAgent,
    feedId,
  )
}

/** The names that lead to each folder, in the folders' order. */
export function folderList(db: ReadDb): string[][] {
  return [...folderPaths(db).values()]
}

/** Makes the folders that are said and not there, and takes away those that are not said, unless feeds are in them. */
export function keepFolders(db: WriteDb, paths: string[][]): void {
  for (const path of paths) {
    path.reduce<number | null>((parentId, name) => createFolder(db, name, parentId), null)
  }
  const said = new Set(paths.map(path => JSON.stringify(path)))
  // The deepest first.
  const others = [...folderPaths(db)].toSorted(([, a], [, b]) => b.length - a.length)
  for (const [id, path] of others) {
    if (!said.has(JSON.stringify(path)) && feedsWithin(db, id).length === 0) removeFolder(db, id)
  }
}

function folderPaths(db: ReadDb): Map<number, string[]> {
  const folders = prepared<[], { id: number; parentId: number | null; title: string }>(
    db,
    'SELECT id, parent_id AS parentId, title FROM folders ORDER BY position, id',
  ).all()
  const known = new Map(folders.map(folder => [folder.id, folder]))
  const pathOf = (id: number): string[] => {
    const path: string[] = []
    // A damaged table may hold a circle.
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
