/** Looks through a database before anybody writes into it, so that a damaged one stays as it is. */
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault, isSenseless } from '../../lib/disk-fault.ts'
import type { Log } from '../../lib/log.ts'
import { headerDamage } from '../../store/db/header.ts'
import { damageOfFile, lineageOfFile } from '../../store/db/integrity.ts'
import { foreignPartOfFile } from '../../store/db/schema-check.ts'
import { asideFolder, databaseFile, stampOf } from '../data-files.ts'

export type Examined =
  | { kind: 'sound' }
  /** Too large to be read through before the first window: to be done while it is used. */
  | { kind: 'unchecked' }
  | { kind: 'damaged'; detail: string }
  /** Something is in it that only others put there; it must not be run, not even to look for damage. */
  | { kind: 'foreign'; detail: string }

/** Reading this much from end to end takes about a second. */
const checkedAtOnce = 300_000_000
/** So much is compared with its indexes as well. */
const checkedThoroughly = 64_000_000

/** `isSuspect`: something was found wrong already, so that all is read, however large. `now` in ms. */
export function examine(dataDir: string, isSuspect: boolean, now: number, log: Log): Examined {
  const file = databaseFile(dataDir)
  const header = headerDamage(file)
  if (header !== null) return { kind: 'damaged', detail: header }
  setStrangeLogAside(dataDir, now, log)
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

function lineageNote(dataDir: string): string {
  return join(dataDir, 'broadsheet.id')
}

/** Notes beside the database which one it is. */
export function noteLineage(dataDir: string, lineage: string): void {
  const file = lineageNote(dataDir)
  if (notedLineage(dataDir) === lineage) return
  // On a full disk a note would be made, and nothing put into it.
  writeFileSync(`${file}.part`, lineage, { mode: 0o600, flush: true })
  renameSync(`${file}.part`, file)
}

/** Null where it is not there, or not whole: then it says nothing. */
function notedLineage(dataDir: string): string | null {
  const file = lineageNote(dataDir)
  const noted = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return /^[0-9a-f]{32}$/.test(noted) ? noted : null
}

/** A log that makes another database of ours does not belong to it: a backup program, or a person, has put it there. */
function setStrangeLogAside(dataDir: string, now: number, log: Log): void {
  const file = databaseFile(dataDir)
  const noted = notedLineage(dataDir)
  if (!existsSync(`${file}-wal`) || noted === null) return
  const lineage = lineageOfFile(file)
  if (lineage === null || lineage === noted) return
  log('the log beside the database is of another one: setting it aside')
  const aside = join(asideFolder(dataDir), stampOf(now))
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const end of ['-wal', '-shm']) {
    if (existsSync(file + end)) renameSync(file + end, join(aside, `broadsheet.db${end}`))
  }
}
