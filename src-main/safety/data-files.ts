/** The files around the database in a data folder, and how another database is put in its place. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syncFile, syncFolder } from '../lib/fsync.ts'
import { minute } from '../lib/time.ts'

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'broadsheet.db')
}

/** A whole, sound database that waits to replace the present one; see takeNext. */
function nextFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.next`
}

/** A database that is being made; useless where that was interrupted. */
export function unfinishedFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.part`
}

/** The copy of the damaged database from which a recovery reads. */
export function scratchFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.scratch`
}

/** Removes what an interrupted recovery left. */
export function removeLeftovers(dataDir: string): void {
  removeDatabase(unfinishedFile(dataDir))
  rmSync(scratchFile(dataDir), { force: true })
}

/** Databases that were replaced: one folder each, by the time. */
export function asideFolder(dataDir: string): string {
  return join(dataDir, 'set-aside')
}

const suffixes = ['', '-wal', '-shm', '-journal']
/** So many are kept; each is as large as the database. */
const keptAside = 2

/** With its log and other files beside it. */
export function removeDatabase(file: string): void {
  for (const suffix of suffixes) rmSync(file + suffix, { force: true })
}

/** Marks a database that was made, and closed, as complete: from now on `takeNext` installs it, after a crash as well. */
export function finishNext(dataDir: string, made: string): void {
  syncFile(made)
  renameSync(made, nextFile(dataDir))
  syncFolder(dataDir)
}

/** Where `takeNext` will put the present database; null where there is none. */
export function asidePlace(dataDir: string, now: number): string | null {
  return presentSuffixes(dataDir).length > 0 ? join(asideFolder(dataDir), stampOf(now)) : null
}

/**
 * Installs the waiting database, if there is one, and moves the present one aside. After a crash at any step the next call
 * completes it. No program may have either open. Answers where the old one is; null where there was none.
 */
export function takeNext(dataDir: string, now: number): string | null {
  const next = nextFile(dataDir)
  if (!existsSync(next)) return null
  const file = databaseFile(dataDir)
  const present = presentSuffixes(dataDir)
  const aside = join(asideFolder(dataDir), stampOf(now))
  if (present.length > 0) {
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    // The log first: a new database must never meet the log of the old one.
    for (const suffix of present.toReversed()) renameSync(file + suffix, join(aside, `broadsheet.db${suffix}`))
  }
  renameSync(next, file)
  syncFolder(dataDir)
  dropOldest(asideFolder(dataDir))
  return present.length > 0 ? aside : null
}

/** Of the database, those that exist. */
function presentSuffixes(dataDir: string): string[] {
  return suffixes.filter(suffix => existsSync(databaseFile(dataDir) + suffix))
}

function dropOldest(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder).toSorted().slice(0, -keptAside)) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}

/** 2026-11-22T09-30-05: sorts by time and is a name on every system. */
export function stampOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
}

function markFile(dataDir: string): string {
  return join(dataDir, 'closed.json')
}

/** Notes a clean shutdown with the size and time of the database: the next start sees whether it was changed since. */
export function markClosed(dataDir: string): void {
  const state = stateOf(dataDir)
  // Null while another program has it open, which will note its own shutdown.
  if (state) writeFileSync(markFile(dataDir), JSON.stringify(state), { mode: 0o600 })
}

/** Writes a lease (shutdown-lease.ts) in place of the mark: any program that opens the database takes it away as one. */
export function markLeased(dataDir: string, id: string): void {
  writeFileSync(markFile(dataDir), leaseOf(id), { mode: 0o600 })
}

/** Whether no other program has opened the database since. */
export function isLeased(dataDir: string, id: string): boolean {
  try {
    return readFileSync(markFile(dataDir), 'utf8') === leaseOf(id)
  } catch {
    return false
  }
}

const leaseOf = (id: string): string => JSON.stringify({ leasedTo: id })

/** Whether the database is as it was at a clean shutdown. Removes the note: it is good for one start. */
export function takeClosedMark(dataDir: string): boolean {
  const file = markFile(dataDir)
  try {
    return readFileSync(file, 'utf8') === JSON.stringify(stateOf(dataDir))
  } catch {
    return false
  } finally {
    rmSync(file, { force: true })
  }
}

function stateOf(dataDir: string): { bytes: number; changedAt: number } | null {
  const file = databaseFile(dataDir)
  if (existsSync(`${file}-wal`) || !existsSync(file)) return null
  const { size, mtimeMs } = statSync(file)
  return { bytes: size, changedAt: mtimeMs }
}

function damageFile(dataDir: string): string {
  return join(dataDir, 'damaged')
}

/**
 * Notes that SQLite found damage while it worked: the next start checks everything. False where such a start was a few minutes
 * ago: another would find the same again.
 */
export function noteDamage(dataDir: string, detail: string, now: number): boolean {
  const looked = join(dataDir, 'damage-looked-for')
  const isRecent = existsSync(looked) && Math.abs(now - statSync(looked).mtimeMs) < 10 * minute
  if (isRecent) return false
  writeFileSync(looked, detail, { mode: 0o600 })
  writeFileSync(damageFile(dataDir), detail, { mode: 0o600 })
  return true
}

export function isMarkedDamaged(dataDir: string): boolean {
  return existsSync(damageFile(dataDir))
}

export function unmarkDamaged(dataDir: string): void {
  rmSync(damageFile(dataDir), { force: true })
}
