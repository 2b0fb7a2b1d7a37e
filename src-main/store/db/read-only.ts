/** Opens the database for reading only, beside the connections that write. */
import Database from 'better-sqlite3'
import { tagKey } from '../folding/tags.ts'
import { fold } from '../folding/text.ts'
import type { ReadDb } from './open.ts'

export type ReadingDb = ReadDb & {
  /** Reads one state of the database, whatever is written meanwhile. Keep it short: the WAL can't be checkpointed past it. */
  snapshot<Result>(read: () => Result): Result
  close(): void
}

/** Throws SQLite's own errors: the file is known to be good, since the engine has it open. */
export function openForReading(file: string): ReadingDb {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  for (const pragma of ['query_only = ON', 'trusted_schema = OFF', 'cell_size_check = ON', 'mmap_size = 0']) {
    db.pragma(pragma)
  }
  db.pragma('cache_size = -8000')
  db.pragma('temp_store = MEMORY')
  db.function('fold', { deterministic: true }, text => fold(String(text)))
  db.function('tag_key', { deterministic: true }, text => tagKey(String(text)))
  return Object.assign(db, { snapshot: <Result>(read: () => Result) => db.transaction(read)() }) as unknown as ReadingDb
}
