/** How far articles have been grouped into stories. */
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getValue } from '../db/prepared.ts'

/** Articles up to the id `upTo` have been grouped, by this version of the method; null: none, or all are to be grouped anew. */
export type Grouped = { version: number; upTo: number }

export function readGrouped(db: ReadDb): Grouped | null {
  return readMeta(db, 'grouped')
}

/** Whether there is anything to do for this version of the method. */
export function isAnyUngrouped(db: ReadDb, version: number): boolean {
  return readGrouped(db)?.version !== version || isAnyWaiting(db)
}

/** Whether articles have come since the last ones were grouped. */
export function isAnyWaiting(db: ReadDb): boolean {
  return (getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0) > (readGrouped(db)?.upTo ?? 0)
}

export function noteGrouped(db: WriteDb, grouped: Grouped): void {
  writeMeta(db, 'grouped', grouped)
}

/** What was decided of stories does not fit what was grouped: the stories of the last days are found again. */
export function groupAnew(db: WriteDb): void {
  writeMeta(db, 'grouped', null)
}
