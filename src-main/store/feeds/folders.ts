/** Folders: they nest, and hold feeds. */
import type { Folder } from '../../api/model.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'
import { readingFrom, type StoredReading, storedReading } from './reading.ts'

type FolderRow = Omit<Folder, 'reading'> & { reading: StoredReading }

const columns = 'id, parent_id AS parentId, title, position, reading'

export function listFolders(db: ReadDb): Folder[] {
  const sql = `SELECT ${columns} FROM folders ORDER BY position, title COLLATE NOCASE, id`
  return getRows<FolderRow>(db, sql).map(fromRow)
}

export function folderById(db: ReadDb, folderId: number): Folder | null {
  const row = getRow<FolderRow>(db, `SELECT ${columns} FROM folders WHERE id = ?`, folderId)
  return row && fromRow(row)
}

/** The folder with this name under this parent. */
export function folderNamed(db: ReadDb, title: string, parentId: number | null): number | null {
  const sql = 'SELECT id FROM folders WHERE title = ? AND parent_id IS ?'
  return getValue<number>(db, sql, title, parentId)
}

/** Makes a folder and answers its id; where there is one with this name under this parent, its id. */
export function createFolder(db: WriteDb, title: string, parentId: number | null): number {
  const known = folderNamed(db, title, parentId)
  if (known !== null) return known
  const sql = `INSERT INTO folders (id, title, parent_id, position)
    VALUES (${nextFolderId}, ?, ?, (SELECT COALESCE(MAX(position) + 1, 0) FROM folders))`
  const { lastInsertRowid } = run(db, sql, title, parentId)
  return Number(lastInsertRowid)
}

/** The folder to which these names lead, the outermost first; those that are not there are made. Null for no names. */
export function folderAt(db: WriteDb, path: string[]): number | null {
  return path.reduce<number | null>((parentId, title) => createFolder(db, title, parentId), null)
}

/** Never that of a folder that was removed. */
const nextFolderId = `(1 + MAX(
  COALESCE((SELECT MAX(id) FROM folders), 0),
  COALESCE((SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'lastGoneFolder'), 0)))`

export function renameFolder(db: WriteDb, folderId: number, title: string): void {
  run(db, 'UPDATE folders SET title = ? WHERE id = ?', title, folderId)
}

/** Moves a folder into another. False where that would put it inside itself. */
export function moveFolder(db: WriteDb, folderId: number, parentId: number | null): boolean {
  if (parentId !== null && foldersWithin(db, folderId).includes(parentId)) return false
  run(db, 'UPDATE folders SET parent_id = ? WHERE id = ?', parentId, folderId)
  return true
}

export type RemovedFolder = { folder: Folder; feedIds: number[]; folderIds: number[] }

/** Removes a folder; what is in it moves up to its parent. Answers what undo needs. */
export function removeFolder(db: WriteDb, folderId: number): RemovedFolder | null {
  const folder = folderById(db, folderId)
  if (!folder) return null
  const feedIds = idsIn(db, 'SELECT id FROM feeds WHERE folder_id = ?', folderId)
  const folderIds = idsIn(db, 'SELECT id FROM folders WHERE parent_id = ?', folderId)
  db.transaction(() => {
    run(db, 'UPDATE feeds SET folder_id = ? WHERE folder_id = ?', folder.parentId, folderId)
    run(db, 'UPDATE folders SET parent_id = ? WHERE parent_id = ?', folder.parentId, folderId)
    run(db, 'DELETE FROM folders WHERE id = ?', folderId)
    writeMeta(db, 'lastGoneFolder', Math.max(readMeta(db, 'lastGoneFolder') ?? 0, folderId))
  })()
  return { folder, feedIds, folderIds }
}

/** Puts a removed folder back with what was in it, and answers how many of these have been moved elsewhere since. */
export function restoreFolder(db: WriteDb, { folder, feedIds, folderIds }: RemovedFolder): number {
  const parentId = folder.parentId !== null && folderById(db, folder.parentId) ? folder.parentId : null
  const sql = 'INSERT OR IGNORE INTO folders (id, parent_id, title, position, reading) VALUES (?, ?, ?, ?, ?)'
  run(db, sql, folder.id, parentId, folder.title, folder.position, readingOfRecord(folder))
  const moveFeeds = 'UPDATE feeds SET folder_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND folder_id IS ?'
  const feeds = run(db, moveFeeds, folder.id, JSON.stringify(feedIds), parentId)
  const moveFolders = 'UPDATE folders SET parent_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND parent_id IS ?'
  const folders = run(db, moveFolders, folder.id, JSON.stringify(folderIds), parentId)
  return feedIds.length + folderIds.length - feeds.changes - folders.changes
}

export type FolderChange = { before: Folder; after: Folder }

/** Puts a folder's name and place back, unless they have been changed since. */
export function putBackFolder(db: WriteDb, { before, after }: FolderChange): 'done' | 'changed-since' | 'gone' {
  const now = folderById(db, after.id)
  if (!now) return 'gone'
  const isAs = (folder: Folder) => now.title === folder.title && now.parentId === folder.parentId
  if (!isAs(after)) return isAs(before) ? 'done' : 'changed-since'
  if (before.parentId !== null && !folderById(db, before.parentId)) return 'gone'
  if (!moveFolder(db, before.id, before.parentId)) return 'changed-since'
  renameFolder(db, before.id, before.title)
  return 'done'
}

/** Removes a folder that was made, unless it has been changed or something has been put into it since. */
export function takeBackFolder(db: WriteDb, made: Folder): 'done' | 'changed-since' | 'gone' {
  const now = folderById(db, made.id)
  if (!now) return 'gone'
  const isAsMade =
    now.title === made.title && now.parentId === made.parentId && storedReading(now.reading) === readingOfRecord(made)
  if (!isAsMade || !isEmpty(db, made.id)) return 'changed-since'
  removeFolder(db, made.id)
  return 'done'
}

/** Whether it has no followed feed and no folder. */
export function isEmpty(db: ReadDb, folderId: number): boolean {
  return feedsWithin(db, folderId).length === 0 && foldersWithin(db, folderId).length <= 1
}

/** The folder and all folders below it. */
export function foldersWithin(db: ReadDb, folderId: number): number[] {
  return idsIn(db, `${within} SELECT id FROM within`, folderId)
}

/** The feeds of a folder and of all folders below it. */
export function feedsWithin(db: ReadDb, folderId: number): number[] {
  const feeds = 'SELECT feeds.id FROM feeds JOIN within ON feeds.folder_id = within.id WHERE feeds.removed_at IS NULL'
  return idsIn(db, `${within} ${feeds}`, folderId)
}

const within = `WITH RECURSIVE within (id) AS (
  VALUES (?) UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id)`

/** Records of undo that an earlier version wrote have none. */
function readingOfRecord({ reading }: { reading?: Folder['reading'] }): StoredReading {
  return storedReading(reading ?? {})
}

function fromRow({ reading, ...row }: FolderRow): Folder {
  return { ...row, reading: readingFrom(reading) }
}

function idsIn(db: ReadDb, sql: string, folderId: number): number[] {
  return getValues<number>(db, sql, folderId)
}
