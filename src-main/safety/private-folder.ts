/**
 * Keeps other users of the computer out of the data folder: it has what the user reads, and the key of passwords. Checked at
 * each start, since earlier versions left the database readable, and copying a folder loses its permissions. On Windows those
 * of the user's profile hold.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { diskFault } from '../lib/disk-fault.ts'
import type { Log } from '../lib/log.ts'

export type UnsafeCode =
  /** Another user's symbolic link, a pipe, a device: it would lead us elsewhere or block us. */
  | 'unsafe-folder'
  /** Owned by another user, who may change it at any time. */
  | 'foreign-file'
  /** What we write would show under another name, too; and SQLite's log would be beside one of them only. */
  | 'hard-link'

/** Something in the folder has the name of one of our files and is not ours. The message says what, and where. */
export class UnsafeFolder extends Error {
  readonly code: UnsafeCode

  constructor(code: UnsafeCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Names that we use in a data folder; others are left alone. */
const ours =
  /^(?:broadsheet\.(?:db|lock|id)|(?:secret\.key|running\.json|window\.json|starts\.json|closed\.json|reserve|damaged|damage-looked-for|refreshing)(?:\.|$)|(?:backups|journal|media|exports|set-aside|desktop)$)/
/** Folders whose files need not have the mode that we give. */
const searched = new Set(['backups', 'journal', 'exports', 'set-aside'])
/** Files here are written once: they may have hard links, as of a tool that makes snapshots. */
const readOnly = new Set(['backups', 'exports', 'set-aside'])
const others = 0o077
const writableByOthers = 0o022

/** Who may own what we open: the user, root, and the folder's owner, who could put anything there anyway. */
type Owners = ReadonlySet<number>

/** Makes the folder where there is none, and takes permissions of others away from it and our files. Throws UnsafeFolder. */
export function makePrivate(dataDir: string, log: Log): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32' || !process.getuid) return
  const user = process.getuid()
  const folder = statSync(dataDir)
  // A folder with other files may be shared on purpose: there only our own files are restricted.
  const isOursAlone = folder.uid === user && readdirSync(dataDir).every(name => ours.test(name))
  if (isOursAlone) narrow(dataDir, folder, 0o700, log)
  else if ((folder.mode & writableByOthers) !== 0) {
    log(`others may write to ${dataDir}: what Broadsheet keeps there is safer in a folder of its own`)
  }
  if (folder.uid !== user && folder.uid !== 0 && user !== 0) {
    log(`${dataDir} belongs to another user, who may change all that is there`)
  }
  const owners = new Set([user, 0, folder.uid])
  // Listed only now, when nobody else can add files any more.
  for (const name of readdirSync(dataDir)) {
    if (!ours.test(name)) continue
    if (name === 'running.json') removeIfWritable(join(dataDir, name))
    const depth = searched.has(name) ? 2 : 0
    narrowEntry(join(dataDir, name), { owners, depth, isWritten: !readOnly.has(name), log })
  }
}

/** Takes permissions of others away from a file; a copy has those of its source. */
export function narrowFile(file: string): void {
  if (process.platform === 'win32') return
  try {
    chmodSync(file, 0o600)
  } catch {
    // A file system without modes.
  }
}

/** A second start connects to the port in it (host/running-note.ts): others may have written theirs. */
function removeIfWritable(file: string): void {
  const entry = lstatSync(file, { throwIfNoEntry: false })
  if (entry?.isFile() && (entry.mode & writableByOthers) !== 0) rmSync(file, { force: true })
}

type Look = { owners: Owners; depth: number; isWritten: boolean; log: Log }

function narrowEntry(path: string, look: Look): void {
  const { owners, depth, isWritten, log } = look
  // Another Broadsheet may have deleted it since it was listed.
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (!entry) return
  const isFolder = entry.isDirectory()
  // The user's own link may lead to another disk, and so may root's.
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
    // A read-only disk is reported when the database is opened.
    if (fault !== null && fault !== 'read-only') throw error
    log(`other users of this computer may read ${path}, and that can't be changed: ${String(error)}`)
  }
}
