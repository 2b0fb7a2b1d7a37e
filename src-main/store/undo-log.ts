/** What the user did and can take back. A command of several transactions has a part for each of them. */
import type { Folder } from '../api/model.ts'
import type { Settings } from '../api/settings.ts'
import type { AliasChange } from './category-aliases.ts'
import { readMeta } from './db/meta.ts'
import type { ReadDb, WriteDb } from './db/open.ts'
import { getValue, run } from './db/prepared.ts'
import type { FolderChange, RemovedFolder } from './feeds/folders.ts'
import type { FolderReadingChange } from './feeds/reading.ts'
import { type FeedChange, type FeedState, feedState } from './feeds/states.ts'
import { fromRanges, type IdRanges, toRanges } from './id-ranges.ts'
import type { MailChange } from './mail/changes.ts'
import type { StoryChange } from './stories/decide.ts'

/** An unsubscribed feed as it was before it was followed again. */
export type Returned = { feedId: number } & FeedState

/** What is to be put back when following this feed again is undone. Null where there is no such feed. */
export function returnedAs(db: ReadDb, feedId: number): Returned | null {
  const state = feedState(db, feedId, [
    'url',
    'customTitle',
    'folderId',
    'privateHost',
    'paused',
    'credentials',
    'proxy',
    'userAgent',
  ])
  return state && { feedId, ...state }
}

/**
 * Each holds what is needed to put things back as they were, and to see whether somebody has changed them since. `import` is
 * a list of feeds or one feed that was added: `madeIds` are the feeds that were new, `before` those that had been
 * unsubscribed.
 */
export type Undo =
  | { kind: 'read'; articleIds: number[]; isRead: boolean }
  | { kind: 'saved'; articleIds: number[]; isSaved: boolean }
  /** From one newsletter to another. */
  | { kind: 'moved'; articleIds: number[]; from: number; to: number }
  | { kind: 'unsubscribe'; feedIds: number[] }
  | { kind: 'import'; feedIds: number[]; folderIds: number[]; before: Returned[]; madeIds: number[] }
  | { kind: 'feeds'; changes: FeedChange[] }
  | { kind: 'new-folder'; made: Folder }
  | { kind: 'folder'; change: FolderChange }
  | { kind: 'folder-reading'; change: FolderReadingChange }
  | { kind: 'remove-folder'; removed: RemovedFolder }
  | { kind: 'settings'; before: Partial<Settings>; after: Partial<Settings> }
  | { kind: 'story'; change: StoryChange }
  | { kind: 'categories'; change: AliasChange }
  | { kind: 'mail'; change: MailChange }

/** The record for changes of feeds; null where there are none. */
export function ofFeeds(changes: FeedChange[]): Undo | null {
  return changes.length > 0 ? { kind: 'feeds', changes } : null
}

/** Following a selection of feeds is some hundred commands, which are taken back together. */
const keptUndos = 1_000

/** Does something and records what takes it back, in one transaction. Null where `act` says that nothing changed. */
export function doUndoably(db: WriteDb, now: number, act: () => Undo | null): number | null {
  const run = db.transaction(() => {
    const undo = act()
    return undo && recordUndo(db, undo, now)
  })
  return run.immediate()
}

export function recordUndo(db: WriteDb, undo: Undo, now: number): number {
  const sql = 'INSERT INTO undos (at, kind, payload) VALUES (?, ?, ?)'
  const { lastInsertRowid } = run(db, sql, now, undo.kind, write(undo))
  run(db, 'DELETE FROM undos WHERE id <= ?', Number(lastInsertRowid) - keptUndos)
  return Number(lastInsertRowid) + databasePart(db)
}

/** Records what one transaction of a long command did: `undoId` is what the earlier ones answered, null for the first. */
export function rememberUndo(db: WriteDb, undoId: number | null, undo: Undo, now: number): number {
  if (undoId === null) return recordUndo(db, undo, now)
  // Where it was dropped meanwhile, as too old, there is nothing to add to.
  const sql = 'INSERT INTO undo_parts (undo_id, payload) SELECT id, ? FROM undos WHERE id = ?'
  run(db, sql, write(undo), undoId - databasePart(db))
  return undoId
}

/**
 * Takes the last part out of a record, and says whether it was the last one left: taken in one transaction with putting it
 * back, the rest can be undone after a crash in the middle. Null when it was taken back already, is too old, or was done to
 * another database.
 */
export function takeUndo(db: WriteDb, undoId: number): { undo: Undo; isLast: boolean } | null {
  const id = undoId - databasePart(db)
  const sql = `DELETE FROM undo_parts WHERE id = (SELECT MAX(id) FROM undo_parts WHERE undo_id = ?) RETURNING payload`
  const part = getValue<string>(db, sql, id)
  if (part !== null) return { undo: read(part), isLast: false }
  const whole = getValue<string>(db, 'DELETE FROM undos WHERE id = ? RETURNING payload', id)
  return whole === null ? null : { undo: read(whole), isLast: true }
}

/**
 * Added to every undo id that a window gets. Windows outlive a restore, and the same row would be another record in the
 * restored database.
 */
function databasePart(db: ReadDb): number {
  const databaseId = readMeta(db, 'databaseId') ?? ''
  return (Number.parseInt(databaseId.slice(0, 5), 16) || 0) * 2 ** 32
}

/** Ids are stored as ranges: articles that are marked at once often have neighbouring ids. */
type Stored =
  | Exclude<Undo, { articleIds: number[] }>
  | { kind: 'read'; ranges: IdRanges; isRead: boolean }
  | { kind: 'saved'; ranges: IdRanges; isSaved: boolean }
  | { kind: 'moved'; ranges: IdRanges; from: number; to: number }

function write(undo: Undo): string {
  if (!('articleIds' in undo)) return JSON.stringify(undo)
  const { articleIds, ...rest } = undo
  return JSON.stringify({ ...rest, ranges: toRanges(articleIds) })
}

function read(payload: string): Undo {
  const stored = JSON.parse(payload) as Stored
  if (!('ranges' in stored)) return stored
  const { ranges, ...rest } = stored
  return { ...rest, articleIds: fromRanges(ranges) }
}
