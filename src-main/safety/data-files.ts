/** The files of a data folder that come and go around the database, and how one database takes another's place. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { syncFile, syncFolder } from '../lib/fsync.ts'
import { minute } from '../lib/time.ts'

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'broadsheet.db')
}

/** A whole, sound database that waits to take the place of the present one; see takeNext. */
export function nextFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.next`
}

/** A database that is being made. What is left of one is of no use. */
export function unfinishedFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.part`
}

/** What a recovery reads of the damaged one. */
export function scratchFile(dataDir: string): string {
  return `${databaseFile(dataDir)}.scratch`
}

/** Removes what an interrupted recovery left. */
export function removeLeftovers(dataDir: string): void {
  removeDatabase(unfinishedFile(dataDir))
  rmSync(scratchFile(dataDir), { force: true })
}

/** Databases that were set aside: one folder each, by the time. */
export function asideFolder(dataDir: string): string {
  return join(dataDir, 'set-aside')
}

const ends = ['', '-wal', '-shm', '-journal']
/** So many are kept; they are as large as the database. */
const keptAside = 2

/** Removes a database with what belongs to it. */
export function removeDatabase(file: string): void {
  for (const end of ends) rmSync(file + end, { force: true })
}

/** Declares a database that was made (and is closed) whole: from now on `takeNext` brings it in, after a crash as well. */
export function finishNext(dataDir: string, made: string): void {
  syncFile(made)
  renameSync(made, nextFile(dataDir))
  syncFolder(dataDir)
}

/** Where `takeNext` will put the present database; null where there is none. */
export function asidePlace(dataDir: string, now: number): string | null {
  return ends.some(end => existsSync(databaseFile(dataDir) + end)) ? join(asideFolder(dataDir), stampOf(now)) : null
}

/**
 * Brings in the database that waits, if one does, and sets the present one aside: moved, never written over. Every step
 * can be gone on with after a crash. Nobody may have either open. Answers where the old one is; null where there was none.
 */
export function takeNext(dataDir: string, now: number): string | null {
  const next = nextFile(dataDir)
  if (!existsSync(next)) return null
  const file = databaseFile(dataDir)
  const present = ends.filter(end => existsSync(file + end))
  const aside = join(asideFolder(dataDir), stampOf(now))
  if (present.length > 0) {
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    // The log first: a new database must never meet the log of the old one.
    for (const end of present.toReversed()) renameSync(file + end, join(aside, `broadsheet.db${end}`))
  }
  renameSync(next, file)
  syncFolder(dataDir)
  dropOldest(asideFolder(dataDir))
  return present.length > 0 ? aside : null
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

/** Notes that the database was closed as it should be. What is changed or lost from now on shows at the next start. */
export function markClosed(dataDir: string): void {
  const state = stateOf(dataDir)
  // Another program still has it open: it closes it.
  if (state) writeFileSync(markFile(dataDir), JSON.stringify(state), { mode: 0o600 })
}

/**
 * Notes that a command line has it open, which looked through it and then let others have the folder. Who takes the folder
 * meanwhile takes the note away, as any mark. `who`: nobody else's name.
 */
export function markLent(dataDir: string, who: string): void {
  writeFileSync(markFile(dataDir), JSON.stringify({ lentTo: who }), { mode: 0o600 })
}

/** Whether nobody else has had the folder since. */
export function isStillLent(dataDir: string, who: string): boolean {
  try {
    return readFileSync(markFile(dataDir), 'utf8') === JSON.stringify({ lentTo: who })
  } catch {
    return false
  }
}

/** Whether the database is as it was when it was closed. The mark is taken away: it holds for one start. */
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
 * Notes that SQLite found damage while it worked: the next start looks through everything. False where such a start was
 * not long ago: then looking again would only go round in circles.
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
