/** What the user did and can take back. A long command is kept in parts, one for each of its transactions. */
import type { WriteDb } from './database.ts'
import type { Place, Subscribed } from './feeds.ts'
import type { RemovedFolder } from './folders.ts'
import { fromRanges, type IdRanges, toRanges } from './id-ranges.ts'
import { prepared } from './prepared.ts'

/**
 * Each holds what is needed to put things back as they were. Of an import: `madeIds` are the feeds that were not there at
 * all, `before` those that had been unsubscribed, with their names and places (both are lacking in what earlier programs wrote).
 */
export type Undo =
  | { kind: 'read'; articleIds: number[]; isRead: boolean }
  | { kind: 'saved'; articleIds: number[]; isSaved: boolean }
  | { kind: 'unsubscribe'; feedIds: number[] }
  | { kind: 'import'; feedIds: number[]; folderIds: number[]; before?: Subscribed[]; madeIds?: number[] }
  | { kind: 'move'; places: Place[] }
  | { kind: 'remove-folder'; removed: RemovedFolder }

/** More than anyone takes back. */
const keptUndos = 100

export function recordUndo(db: WriteDb, undo: Undo, now: number): number {
  const { lastInsertRowid } = prepared(db, 'INSERT INTO undos (at, kind, payload) VALUES (?, ?, ?)').run(
    now,
    undo.kind,
    write(undo),
  )
  prepared(db, 'DELETE FROM undos WHERE id <= ?').run(Number(lastInsertRowid) - keptUndos)
  return Number(lastInsertRowid)
}

/** Records what one transaction of a long command did: `undoId` is what the earlier ones answered, null for the first. */
export function rememberUndo(db: WriteDb, undoId: number | null, undo: Undo, now: number): number {
  if (undoId === null) return recordUndo(db, undo, now)
  // Where it was dropped meanwhile, as too old, there is nothing to add to.
  prepared(db, 'INSERT INTO undo_parts (undo_id, payload) SELECT id, ? FROM undos WHERE id = ?').run(
    write(undo),
    undoId,
  )
  return undoId
}

/**
 * Takes out what was done last, and says whether there is more: what is taken in one transaction with putting it back can
 * be gone on with after an end in the middle. Null when it was taken back already or is too old.
 */
export function takeUndo(db: WriteDb, undoId: number): { undo: Undo; isLast: boolean } | null {
  const part = prepared<[number], { payload: string }>(
    db,
    `DELETE FROM undo_parts WHERE id = (SELECT MAX(id) FROM undo_parts WHERE undo_id = ?) RETURNING payload`,
  ).get(undoId)
  if (part) return { undo: read(part.payload), isLast: false }
  const whole = prepared<[number], { payload: string }>(db, 'DELETE FROM undos WHERE id = ? RETURNING payload').get(
    undoId,
  )
  return whole ? { undo: read(whole.payload), isLast: true } : null
}

/** Ids as ranges: what is marked at once often stands side by side. Earlier versions wrote them one by one. */
type Written =
  | Undo
  | { kind: 'read'; ranges: IdRanges; isRead: boolean }
  | { kind: 'saved'; ranges: IdRanges; isSaved: boolean }

function write(undo: Undo): string {
  if (undo.kind !== 'read' && undo.kind !== 'saved') return JSON.stringify(undo)
  const { articleIds, ...rest } = undo
  return JSON.stringify({ ...rest, ranges: toRanges(articleIds) } as Written)
}

function read(payload: string): Undo {
  const written = JSON.parse(payload) as Written
  if (!('ranges' in written)) return written
  const { ranges, ...rest } = written
  return { ...rest, articleIds: fromRanges(ranges) }
}
