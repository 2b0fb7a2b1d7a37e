/** At most one Broadsheet polls for a data folder. */
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type Ownership = { release(): void }

/**
 * Claims the folder for this process; null where another has it. The claim is SQLite's own lock on a file beside the
 * database: the system drops it with the process, however that ends, so that nothing stale is ever in the way.
 */
export function claimFolder(dataDir: string): Ownership | null {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'broadsheet.lock')
  closeSync(openSync(file, 'a', 0o600))
  const lock = new Database(file, { timeout: 200 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    // There is nothing in it that could be lost: letting go of it waits for no disk.
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
