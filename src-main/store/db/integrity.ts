/** Checks database files for damage. */
import Database from 'better-sqlite3'
import { diskFault } from '../../lib/disk-fault.ts'
import { readMeta } from './meta.ts'
import type { ReadDb } from './open.ts'
import { isPlainTable } from './schema-check.ts'

/**
 * What SQLite finds wrong in a file that others may have open, in its words; null for a sound one. `isThorough` compares
 * every index with its table, which takes several times as long; either way every page is read.
 */
export function damageOfFile(file: string, isThorough: boolean): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    const found = db.pragma(`${isThorough ? 'integrity' : 'quick'}_check(1)`, { simple: true })
    return found === 'ok' ? null : String(found)
  } catch (error) {
    if (diskFault(error) !== 'damaged') throw error
    return error instanceof Error ? error.message : String(error)
  } finally {
    db.close()
  }
}

/** The id of the database in a file with its WAL; null where there is none or it can't be read. */
export function databaseIdOfFile(file: string): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return databaseIdOf(db)
  } finally {
    db.close()
  }
}

/** The id of a database that is open, and may be damaged. */
export function databaseIdOf(db: InstanceType<typeof Database>): string | null {
  try {
    return isPlainTable(db, 'facts') ? readMeta(db as unknown as ReadDb, 'databaseId') : null
  } catch {
    return null
  }
}
