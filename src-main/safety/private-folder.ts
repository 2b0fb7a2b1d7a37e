/**
 * The data folder is its owner's alone: what is read, and the key of passwords, is nobody else's business. Looked at at each
 * start, since earlier versions left the database readable, and copying a folder widens it. On Windows the profile's own
 * rights say who may read it.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault } from '../lib/disk-fault.ts'
import type { Log } from '../lib/log.ts'

export type UnsafeCode =
  /** Something that would lead us elsewhere or hold us up for good: another user's link, a pipe, a device. */
  | 'unsafe-folder'
  /** Of another user, who may change it at any time. */
  | 'foreign-file'
  /** What we write into it would be written under another name, too; and what SQLite keeps beside it is under one only. */
  | 'hard-link'

/** Something lies in the folder in the place of one of our files, and is not ours. The message says what, and where. */
export class UnsafeFolder extends Error {
  readonly code: UnsafeCode

  constructor(code: UnsafeCode, message: string) {
    super(message)
    this.code = code
  }
}

/** What we make in a data folder; whatever else is there is left alone. */
const ours =
  /^(?:broadsheet\.(?:db|lock|id)|(?:secret\.key|running\.json|window\.json|starts\.json|closed\.json|reserve|damaged|damage-looked-for|refreshing)(?:\.|$)|(?:backups|journal|media|exports|set-aside|desktop)$)/
/** Folders whose files are not all made by us with modes of their own. */
const lookedInto = new Set(['backups', 'journal', 'exports', 'set-aside'])
/** Files here are written once and read: a tool that makes snapshots by hard links may have given them other names. */
const readOnly = new Set(['backups', 'exports', 'set-aside'])
const others = 0o077
const writableByOthers = 0o022

/** Who may own what we open: the user, an administrator, and who owns the folder, who could put anything there anyway. */
type Owners = ReadonlySet<number>

/** Makes the folder where there is none, and takes it, and what is ours in it, away from others. Throws UnsafeFolder. */
export function keepPrivate(dataDir: string, log: Log): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32' || !process.getuid) return
  const user = process.getuid()
  const folder = statSync(dataDir)
  // One that holds other things, too, may be somebody's common place: there, what is ours is narrowed by itself.
  const isOursAlone = folder.uid === user && readdirSync(dataDir).every(name => ours.test(name))
  if (isOursAlone) narrow(dataDir, folder, 0o700, log)
  else if ((folder.mode & writableByOthers) !== 0) {
    log(`others may write to ${dataDir}: what Broadsheet keeps there is safer in a folder of its own`)
  }
  if (folder.uid !== user && folder.uid !== 0 && user !== 0) {
    log(`${dataDir} belongs to another user, who may change all that is there`)
  }
  const owners = new Set([user, 0, folder.uid])
  // Read only now that nobody else can put anything there any more.
  for (const name of readdirSync(dataDir)) {
    if (!ours.test(name)) continue
    if (name === 'running.json') forgetDoubtful(join(dataDir, name))
    const depth = lookedInto.has(name) ? 2 : 0
    narrowEntry(join(dataDir, name), { owners, depth, isWritten: !readOnly.has(name), log })
  }
}

/** Takes a file away from others; one that was copied has the rights of the other. */
export function narrowFile(file: string): void {
  if (process.platform === 'win32') return
  try {
    chmodSync(file, 0o600)
  } catch {
    // A drive that knows no modes.
  }
}

/** Others may have written what a second start would follow to their port (host/running-note.ts). */
function forgetDoubtful(file: string): void {
  const entry = lstatSync(file, { throwIfNoEntry: false })
  if (entry?.isFile() && (entry.mode & writableByOthers) !== 0) rmSync(file, { force: true })
}

type Look = { owners: Owners; depth: number; isWritten: boolean; log: Log }

function narrowEntry(path: string, look: Look): void {
  const { owners, depth, isWritten, log } = look
  // Another Broadsheet may be at work here, whose files come and go.
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (!entry) return
  const isFolder = entry.isDirectory()
  // The user's own link may lead to another disk; root's is an administrator's.
  if (entry.isSymbolicLink() && owners.has(entry.uid)) return
  if (entry.isSymbolicLink()) throw new UnsafeFolder('unsafe-folder', `${path} is another user's link`)
  if (!entry.isFile() && !isFolder) throw new UnsafeFolder('unsafe-folder', `${path} is neither a file nor a folder`)
  if (!owners.has(entry.uid)) throw new UnsafeFolder('foreign-file', `${path} belongs to user ${entry.uid}`)
  if (!isFolder && isWritten && entry.nlink > 1)
    throw new UnsafeFolder('hard-link', `${path} has ${entry.nlink} names, in this folder or elsewhere`)
  narrow(path, entry, isFolder ? 0o700 : 0o600, log)
  if (!isFolder || depth === 0) return
  for (const name of readdirSync(path)) narrowEntry(join(path, name), { ...look, depth: depth - 1 })
}

function narrow(path: string, { mode }: Stats, wanted: number, log: Log): void {
  if ((mode & others) === 0) return
  try {
    chmodSync(path, wanted)
  } catch (error) {
    const fault = diskFault(error)
    // What can't be changed on a disk that takes no write is said where the database is opened.
    if (fault !== null && fault !== 'read-only') throw error
    log(`other users of this computer may read ${path}, and that can't be changed: ${String(error)}`)
  }
}
