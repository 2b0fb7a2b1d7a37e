/** Folders: they nest, and hold feeds. */
import type { Folder } from '../../api/model.ts'
import type { ReadDb, WriteDb } from './database.ts'
import { prepared } from './prepared.ts'

export function listFolders(db: ReadDb): Folder[] {
  return prepared<[], Folder>(
    db,
    'SELECT id, parent_id AS parentId, title, position FROM folders ORDER BY position, title COLLATE NOCASE, id',
  ).all()
}

export function folderById(db: ReadDb, folderId: number): Folder | null {
  const sql = 'SELECT id, parent_id AS parentId, title, position FROM folders WHERE id = ?'
  return prepared<[number], Folder>(db, sql).get(folderId) ?? null
}

/** Makes a folder and answers its id; one of the same name in the same place is taken instead. */
export function createFolder(db: WriteDb, title: string, parentId: number | null): number {
  const known = prepared<[string, number | null], { id: number }>(
    db,
    'SELECT id FROM folders WHERE title = ? AND parent_id IS ?',
  ).get(title, parentId)
  if (known) return known.id
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO folders (title, parent_id, position)
     VALUES (?, ?, (SELECT COALESCE(MAX(position) + 1, 0) FROM folders))`,
  ).run(title, parentId)
  return Number(lastInsertRowid)
}

export function renameFolder(db: WriteDb, folderId: number, title: string): void {
  prepared(db, 'UPDATE folders SET title = ? WHERE id = ?').run(title, folderId)
}

/** Moves a folder into another. False where that would put it inside itself. */
export function moveFolder(db: WriteDb, folderId: number, parentId: number | null): boolean {
  if (parentId !== null && foldersWithin(db, folderId).includes(parentId)) return false
  prepared(db, 'UPDATE folders SET parent_id = ? WHERE id = ?').run(parentId, folderId)
  return true
}

export type RemovedFolder = { folder: Folder; feedIds: number[]; folderIds: number[] }

/** Takes a folder away; what is in it moves up to its parent. Answers what undo needs. */
export function removeFolder(db: WriteDb, folderId: number): RemovedFolder | null {
  const folder = folderById(db, folderId)
  if (!folder) return null
  const feedIds = idsIn(db, 'SELECT id FROM feeds WHERE folder_id = ?', folderId)
  const folderIds = idsIn(db, 'SELECT id FROM folders WHERE parent_id = ?', folderId)
  db.transaction(() => {
    prepared(db, 'UPDATE feeds SET folder_id = ? WHERE folder_id = ?').run(folder.parentId, folderId)
    prepared(db, 'UPDATE folders SET parent_id = ? WHERE parent_id = ?').run(folder.parentId, folderId)
    prepared(db, 'DELETE FROM folders WHERE id = ?').run(folderId)
  })()
  return { folder, feedIds, folderIds }
}

/** Puts a removed folder back, with what was in it and is still there. */
export function restoreFolder(db: WriteDb, { folder, feedIds, folderIds }: RemovedFolder): void {
  db.transaction(() => {
    const parentId = folder.parentId !== null && folderById(db, folder.parentId) ? folder.parentId : null
    prepared(db, 'INSERT OR IGNORE INTO folders (id, parent_id, title, position) VALUES (?, ?, ?, ?)').run(
      folder.id,
      parentId,
      folder.title,
      folder.position,
    )
    const inList = 'WHERE id IN (SELECT value FROM json_each(?))'
    prepared(db, `UPDATE feeds SET folder_id = ? ${inList}`).run(folder.id, JSON.stringify(feedIds))
    prepared(db, `UPDATE folders SET parent_id = ? ${inList}`).run(folder.id, JSON.stringify(folderIds))
  })()
}

/** The folder and all folders below it. */
export function foldersWithin(db: ReadDb, folderId: number): number[] {
  return idsIn(
    db,
    `WITH RECURSIVE within (id) AS (
       VALUES (?) UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id
     ) SELECT id FROM within`,
    folderId,
  )
}

/** The feeds of a folder and of all folders below it. */
export function feedsWithin(db: ReadDb, folderId: number): number[] {
  return idsIn(
    db,
    `WITH RECURSIVE within (id) AS (
       VALUES (?) UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id
     ) SELECT feeds.id FROM feeds JOIN within ON feeds.folder_id = within.id WHERE feeds.removed_at IS NULL`,
    folderId,
  )
}

function idsIn(db: ReadDb, sql: string, folderId: number): number[] {
  return prepared<[number], { id: number }>(db, sql)
    .all(folderId)
    .map(row => row.id)
}
