/** Looks whether a database is sound. */
import Database from 'better-sqlite3'
import { diskFault } from '../../lib/disk-fault.ts'
import { readFact } from './meta.ts'
import type { ReadDb } from './open.ts'
import { isPlainTable } from './schema-check.ts'

/**
 * What SQLite finds wrong, in its words; null for a sound database. Thorough compares every index with its table, which
 * takes several times as long; both read every page.
 */
export function damageOf(db: ReadDb, isThorough: boolean): string | null {
  try {
    const sql = `PRAGMA ${isThorough ? 'integrity' : 'quick'}_check(1)`
    const found = db.prepare<[], string>(sql).pluck().get()
    return found === 'ok' ? null : (found ?? 'it says nothing')
  } catch (error) {
    if (diskFault(error) !== 'damaged') throw error
    return error instanceof Error ? error.message : String(error)
  }
}

/** The same for a file that others may have open. */
export function damageOfFile(file: string, isThorough: boolean): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return damageOf(db as unknown as ReadDb, isThorough)
  } finally {
    db.close()
  }
}

/** Which database a file is, with its log; null where it does not say or can't be read. */
export function lineageOfFile(file: string): string | null {
  const db = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return isPlainTable(db, 'facts') ? readFact(db as unknown as ReadDb, 'lineage') : null
  } catch {
    return null
  } finally {
    db.close()
  }
}
