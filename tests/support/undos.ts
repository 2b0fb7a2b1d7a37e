/** The `undoId` that a window would have got, for tests that write to the database directly. */

import { readMeta } from '../../src-main/store/db/meta.ts'
import type { ReadDb } from '../../src-main/store/db/open.ts'

/** The undoId of a row of `undos` in this database. */
export function undoIdOf(db: ReadDb, row: number): number {
  return row + Number.parseInt(readMeta(db, 'databaseId')!.slice(0, 5), 16) * 2 ** 32
}
