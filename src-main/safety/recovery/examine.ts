/** Checks a database before anybody writes into it, so that a damaged one stays as it is. */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault, isSenseless } from '../../lib/disk-fault.ts'
import type { Log } from '../../lib/log.ts'
import { headerDamage } from '../../store/db/header.ts'
import { damageOfFile, databaseIdOfFile } from '../../store/db/integrity.ts'
import { foreignPartOfFile } from '../../store/db/schema-check.ts'
import { asideFolder, databaseFile, stampOf } from '../data-files.ts'

export type Examined =
  | { kind: 'sound' }
  /** Too large to be checked before the first window: to be done while it is used. */
  | { kind: 'unchecked' }
  | { kind: 'damaged'; detail: string }
  /** Its schema has parts that are not ours. They must not run, not even to look for damage. */
  | { kind: 'foreign'; detail: string }

/** Reading this much from end to end takes about a second. */
const checkedAtOnce = 300_000_000
/** Up to this size the indexes are compared with their tables as well. */
const checkedThoroughly = 64_000_000

/** `isSuspect`: damage was found before, so that all is checked, however large. `now` in ms. */
export function examine(dataDir: string, isSuspect: boolean, now: number, log: Log): Examined {
  const file = databaseFile(dataDir)
  const header = headerDamage(file)
  if (header !== null) return { kind: 'damaged', detail: header }
  setForeignWalAside(dataDir, now, log)
  const foreign = foreignPartOfFile(file)
  if (foreign !== null) return { kind: 'foreign', detail: foreign }
  const bytes = statSync(file).size
  if (bytes > checkedAtOnce && !isSuspect) return { kind: 'unchecked' }
  try {
    const detail = damageOfFile(file, isSuspect || bytes <= checkedThoroughly)
    return detail === null ? { kind: 'sound' } : { kind: 'damaged', detail }
  } catch (error) {
    if (diskFault(error) !== 'damaged' && !isSenseless(error)) throw error
    return { kind: 'damaged', detail: error instanceof Error ? error.message : String(error) }
  }
}

function databaseIdNote(dataDir: string): string {
  return join(dataDir, 'broadsheet.id')
}

/** Writes the id of the database into a file beside it. */
export function noteDatabaseId(dataDir: string, databaseId: string): void {
  const file = databaseIdNote(dataDir)
  if (notedDatabaseId(dataDir) === databaseId) return
  // On a full disk the file would be created, and stay empty.
  writeFileSync(`${file}.part`, databaseId, { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
}

/** Null where the file is missing or cut short. */
function notedDatabaseId(dataDir: string): string | null {
  const file = databaseIdNote(dataDir)
  const noted = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return /^[0-9a-f]{32}$/.test(noted) ? noted : null
}

/** A WAL that turns the file into another database of ours is not its own: a backup program, or a person, has put it there. */
function setForeignWalAside(dataDir: string, now: number, log: Log): void {
  const file = databaseFile(dataDir)
  const noted = notedDatabaseId(dataDir)
  if (!existsSync(`${file}-wal`) || noted === null) return
  const databaseId = databaseIdOfFile(file)
  if (databaseId === null || databaseId === noted) return
  log('the write-ahead log is of another database: setting it aside')
  const aside = join(asideFolder(dataDir), stampOf(now))
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const end of ['-wal', '-shm']) {
    if (existsSync(file + end)) renameSync(file + end, join(aside, `broadsheet.db${end}`))
  }
}
