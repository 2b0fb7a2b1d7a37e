/** At most one Broadsheet polls for a data folder. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type FolderLock = { release(): void }

/**
 * Locks the folder for this process; null where another has it. The lock is SQLite's own on a file beside the database: the
 * system drops it with the process, however that ends, so that no stale lock is left behind.
 */
export function acquireFolderLock(dataDir: string): FolderLock | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'broadsheet.lock')
  closeSync(openSync(file, 'a', 0o600))
  const lock = new Database(file, { timeout: 200 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    // The file holds nothing that could be lost: releasing the lock need not wait for the disk.
    lock.pragma('journal_mode = MEMORY')
    lock.pragma('synchronous = OFF')
    lock.exec('BEGIN EXCLUSIVE')
    return { release: () => lock.close() }
  } catch (error) {
    lock.close()
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return null
    throw error
  }
}
