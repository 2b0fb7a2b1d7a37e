/** Gives back the space of deleted articles, in steps of a few ms. */
import type { WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { listShards } from './index.ts'

/** Drops a shard of the text index whose articles were all deleted. False when there is none. The newest stays, for new articles. */
export function dropEmptyShard(db: WriteDb): boolean {
  const [, ...older] = listShards(db)
  const empty = older.find(({ table }) => !hasRows(db, table))
  if (empty === undefined) return false
  db.prepare(`DROP TABLE ${empty.table}`).run()
  return true
}

/** Copies the WAL into the database, as far as no reader needs the state before. */
export function checkpoint(db: WriteDb): void {
  db.pragma('wal_checkpoint(PASSIVE)')
}

function hasRows(db: WriteDb, table: string): boolean {
  return prepared<[], number>(db, `SELECT 1 FROM ${table}_docsize LIMIT 1`).pluck().get() === 1
}
