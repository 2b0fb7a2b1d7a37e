/** For what was done without an answer: what a window would have got. */
import type { ReadDb } from '../../src-main/engine/store/database.ts'
import { readFact } from '../../src-main/engine/store/facts.ts'

/** The undoId of a row of `undos` in this database. */
export function undoIdOf(db: ReadDb, row: number): number {
  return row + Number.parseInt(readFact(db, 'lineage')!.slice(0, 5), 16) * 2 ** 32
}
