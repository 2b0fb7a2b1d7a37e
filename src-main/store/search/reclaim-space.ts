/** Gives back the room of what was deleted, in steps of a few ms. */
import type { WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { volumes } from './index.ts'

/** Takes away a part of the text index whose articles were all deleted. False when there is none. The newest stays, for what comes. */
export function dropEmptyVolume(db: WriteDb): boolean {
  const [, ...older] = volumes(db)
  const empty = older.find(({ table }) => !hasRows(db, table))
  if (empty === undefined) return false
  // Names of our own tables, with a number at their end.
  db.prepare(`DROP TABLE ${empty.table}`).run()
  return true
}

/** Puts what was written into its place in the file, as far as nobody reads the state before. */
export function checkpoint(db: WriteDb): void {
  db.pragma('wal_checkpoint(PASSIVE)')
}

function hasRows(db: WriteDb, table: string): boolean {
  return prepared<[], number>(db, `SELECT 1 FROM ${table}_docsize LIMIT 1`).pluck().get() === 1
}
