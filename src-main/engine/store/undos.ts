/** What the user did and can take back. */
import type { WriteDb } from './database.ts'
import type { Place } from './feeds.ts'
import type { RemovedFolder } from './folders.ts'
import { prepared } from './prepared.ts'

/** Each holds what is needed to put things back as they were. */
export type Undo =
  | { kind: 'read'; articleIds: number[]; isRead: boolean }
  | { kind: 'saved'; articleIds: number[]; isSaved: boolean }
  | { kind: 'unsubscribe'; feedIds: number[] }
  | { kind: 'import'; feedIds: number[]; folderIds: number[] }
  | { kind: 'move'; places: Place[] }
  | { kind: 'remove-folder'; removed: RemovedFolder }

/** More than anyone takes back. */
const keptUndos = 100

export function recordUndo(db: WriteDb, undo: Undo, now: number): number {
  const { lastInsertRowid } = prepared(db, 'INSERT INTO undos (at, kind, payload) VALUES (?, ?, ?)').run(
    now,
    undo.kind,
    JSON.stringify(undo),
  )
  prepared(db, 'DELETE FROM undos WHERE id <= ?').run(Number(lastInsertRowid) - keptUndos)
  return Number(lastInsertRowid)
}

/** Takes the undo out; null when it was used already or is too old. */
export function takeUndo(db: WriteDb, undoId: number): Undo | null {
  const row = prepared<[number], { payload: string }>(db, 'DELETE FROM undos WHERE id = ? RETURNING payload').get(
    undoId,
  )
  return row ? (JSON.parse(row.payload) as Undo) : null
}
