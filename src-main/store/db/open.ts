/** Opens the database file, reads every safety setting back, and runs the migrations. */
import { closeSync, existsSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { tagKey } from '../folding/tags.ts'
import { fold } from '../folding/text.ts'
import { migrations } from './migrations.ts'
import { foreignPart } from './schema-check.ts'

declare const readable: unique symbol
declare const writable: unique symbol
type Connection = InstanceType<typeof Database>
/** A connection for reading. A function that takes one changes nothing. */
export type ReadDb = Pick<Connection, 'prepare'> & { readonly [readable]: true }
/** A connection for reading and writing. */
export type WriteDb = Connection & { readonly [readable]: true; readonly [writable]: true }

/** Fixed by SQLite 3.51.3: two connections that checkpoint at the same moment could damage the file. */
const oldestSqlite = [3, 51, 3]

/** Why a database cannot be used. The file is as it was. */
export class DatabaseUnusable extends Error {
  readonly code: 'storage-damaged' | 'storage-read-only' | 'storage-full' | 'storage-newer' | 'storage-foreign'
  constructor(code: DatabaseUnusable['code'], detail: string) {
    super(detail)
    this.name = 'DatabaseUnusable'
    this.code = code
  }
}

type Synchronous = 'FULL' | 'NORMAL'
const synchronousValue = { NORMAL: 1, FULL: 2 }

/**
 * NORMAL is for what can be fetched again: a power cut may take the last commits, never their order or the integrity of the
 * file, and the next FULL commit of any connection syncs all that came before it (sqlite.org/wal.html, 'fsync').
 */
export type OpenOptions = { synchronous?: Synchronous }

/** Runs what the user will be told is done, synced, on a connection that is NORMAL otherwise. */
export function durably<Result>(db: WriteDb, write: () => Result): Result {
  const before = db.pragma('synchronous', { simple: true })
  db.pragma('synchronous = FULL')
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
export function openDatabase(file: string, { synchronous = 'FULL' }: OpenOptions = {}): WriteDb {
  // SQLite would make it readable for everybody; the WAL gets the permissions of the file.
  if (file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', 0o600))
  const db = new Database(file, { timeout: 5_000 }) as WriteDb
  try {
    requireSqlite(db)
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) {
      throw new DatabaseUnusable('storage-newer', `schema ${version}, this program knows ${migrations.length}`)
    }
    const foreign = foreignPart(db)
    if (foreign !== null) throw new DatabaseUnusable('storage-foreign', foreign)
    if (version === 0) setFileFormat(db)
    setPragmas(db, synchronous)
    // SQLite's own lower() knows only the letters of English.
    db.function('fold', { deterministic: true }, text => fold(String(text)))
    db.function('tag_key', { deterministic: true }, text => tagKey(String(text)))
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

function requireSqlite(db: WriteDb): void {
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
  const parts = version.split('.').map(Number)
  const difference = oldestSqlite.map((oldest, index) => (parts[index] ?? 0) - oldest).find(part => part !== 0) ?? 0
  if (difference < 0) throw new Error(`SQLite ${version} is older than ${oldestSqlite.join('.')}`)
}

function setPragmas(db: WriteDb, synchronous: Synchronous): void {
  const wanted: [name: string, value: string | number, readBack: string | number][] = [
    ['journal_mode', 'WAL', 'wal'],
    ['synchronous', synchronous, synchronousValue[synchronous]],
    ['foreign_keys', 'ON', 1],
    ['trusted_schema', 'OFF', 0],
    ['cell_size_check', 'ON', 1],
    ['mmap_size', 0, 0],
    ['cache_size', -32_000, -32_000],
    ['temp_store', 'MEMORY', 2],
    ['journal_size_limit', 67_108_864, 67_108_864],
  ]
  for (const [name, value, readBack] of wanted) {
    db.pragma(`${name} = ${value}`)
    // An in-memory database has no WAL and no memory map; that is for tests only.
    const actual = db.pragma(name, { simple: true })
    const isAbsent = db.memory && (name === 'journal_mode' || name === 'mmap_size')
    if (actual !== readBack && !isAbsent) throw new Error(`PRAGMA ${name} is ${actual}, not ${readBack}`)
  }
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
