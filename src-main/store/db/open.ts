/** Opens the database file, reads every safety setting back, and runs the migrations. */
import { closeSync, existsSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { fold } from '../../api/search/folding.ts'
import { migrations } from './migrations.ts'
import { foreignPart } from './schema-check.ts'

declare const readable: unique symbol
declare const writable: unique symbol
type Connection = InstanceType<typeof Database>
/** A connection for reading. A function that takes one changes nothing. */
export type ReadDb = Pick<Connection, 'prepare'> & { readonly [readable]: true }
/** A connection for reading and writing. */
export type WriteDb = Connection & { readonly [readable]: true; readonly [writable]: true }

/** Why a database cannot be used. The file is as it was. */
export class DatabaseUnusable extends Error {
  readonly code: 'storage-damaged' | 'storage-read-only' | 'storage-full' | 'storage-newer' | 'storage-foreign'
  constructor(code: DatabaseUnusable['code'], detail: string) {
    super(detail)
    this.name = 'DatabaseUnusable'
    this.code = code
  }
}

/**
 * NORMAL is for what can be fetched again: a power cut may take the last commits, never their order or the integrity of the
 * file, and the next FULL commit of any connection syncs all that came before it (sqlite.org/wal.html, 'fsync').
 */
const synchronousModes = { NORMAL: 1, FULL: 2 }

/** Runs what the user will be told is done, synced, on a connection that is NORMAL otherwise. Not within a transaction. */
export function durably<Result>(db: WriteDb, write: () => Result): Result {
  return withSynchronous(db, 'FULL', write)
}

/** Runs what a power cut may take, on a connection that is FULL otherwise. Not within a transaction. */
export function unsynced<Result>(db: WriteDb, write: () => Result): Result {
  return withSynchronous(db, 'NORMAL', write)
}

function withSynchronous<Result>(db: WriteDb, mode: keyof typeof synchronousModes, write: () => Result): Result {
  const before = db.pragma('synchronous', { simple: true })
  db.pragma(`synchronous = ${mode}`)
  try {
    return write()
  } finally {
    db.pragma(`synchronous = ${before}`)
  }
}

/**
 * Opens (and makes, when it is not there) the database at `file`. Throws DatabaseUnusable.
 * `synchronous=FULL`: the build's default for WAL is NORMAL, which loses answered clicks at a power cut.
 */
export function openDatabase(file: string, synchronous: keyof typeof synchronousModes = 'FULL'): WriteDb {
  // SQLite would make it readable for everybody; the WAL gets the permissions of the file.
  if (file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const db = new Database(file, { timeout: 5_000 }) as WriteDb
  try {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) {
      throw new DatabaseUnusable('storage-newer', `schema ${version}, this program knows ${migrations.length}`)
    }
    const foreign = foreignPart(db)
    if (foreign !== null) throw new DatabaseUnusable('storage-foreign', foreign)
    if (version === 0) setFileFormat(db)
    setPragmas(db, {
      ...readingPragmas,
      journal_mode: 'wal',
      synchronous: synchronousModes[synchronous],
      foreign_keys: 1,
      cache_size: -32_000,
      journal_size_limit: 67_108_864,
    })
    // SQLite's own lower() knows only the letters of English.
    db.function('fold', { deterministic: true }, text => fold(String(text)))
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** For a new file only: in an existing one, the second pragma would write. */
function setFileFormat(db: WriteDb): void {
  // Compressed articles of 1 to 2 KB fill pages of this size without much waste.
  db.pragma('page_size = 8192')
  // Space that merging and deleting free is returned in small steps while idle.
  db.pragma('auto_vacuum = INCREMENTAL')
}

type Pragmas = Record<string, string | number>

/** Values as SQLite gives them when they are read back. */
const readingPragmas: Pragmas = { trusted_schema: 0, cell_size_check: 1, mmap_size: 0, temp_store: 2 }

function setPragmas(db: Connection, pragmas: Pragmas): void {
  for (const [name, value] of Object.entries(pragmas)) {
    db.pragma(`${name} = ${value}`)
    // An in-memory database has no WAL and no memory map; that is for tests only.
    const actual = db.pragma(name, { simple: true })
    const isAbsent = db.memory && (name === 'journal_mode' || name === 'mmap_size')
    if (actual !== value && !isAbsent) throw new Error(`PRAGMA ${name} is ${actual}, not ${value}`)
  }
}

/** Reads beside the connections that write. Keep its transactions short: the WAL can't be checkpointed past them. */
export type ReadingDb = ReadDb & Pick<Connection, 'transaction' | 'close'>

/** Throws SQLite's own errors: the file is known to be good, since the engine has it open. */
export function openForReading(file: string): ReadingDb {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  setPragmas(db, { ...readingPragmas, cache_size: -8_000 })
  return db as Connection & ReadDb
}

/** The schema version of a file, and whether this program would migrate it; null where there is no file, or an empty one. */
export function schemaOf(file: string): { version: number; isEarlier: boolean } | null {
  if (!existsSync(file)) return null
  const db = new Database(file, { readonly: true, timeout: 5_000 })
  try {
    const version = db.pragma('user_version', { simple: true }) as number
    return version === 0 ? null : { version, isEarlier: version < migrations.length }
  } finally {
    db.close()
  }
}

function migrate(db: WriteDb): void {
  const version = db.pragma('user_version', { simple: true }) as number
  for (let next = version; next < migrations.length; next++) {
    db.transaction(() => {
      // Another process may have run it since.
      if (db.pragma('user_version', { simple: true }) !== next) return
      db.exec(migrations[next]!)
      db.pragma(`user_version = ${next + 1}`)
    }).immediate()
  }
}
