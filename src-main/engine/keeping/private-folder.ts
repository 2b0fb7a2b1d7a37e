/**
 * The data folder is its owner's alone: what is read, and the key of passwords, is nobody else's business. Looked at at each
 * start, since earlier versions left the database readable, and copying a folder widens it. On Windows the profile's own
 * rights say who may read it.
 */
import { chmodSync, lstatSync, mkdirSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Log, storageCode } from '../log.ts'

/** Something lies in the folder in the place of one of our files that would lead us elsewhere, or hold us up for good. */
export class UnsafeFolder extends Error {
  readonly code = 'unsafe-folder'
}

/** What we make in a data folder; whatever else is there is left alone. */
const ours =
  /^(?:broadsheet\.(?:db|lock|id)|(?:secret\.key|running\.json|window\.json|starts\.json|closed\.json|reserve|damaged|damage-looked-for|refreshing)(?:\.|$)|(?:backups|journal|media|exports|set-aside|desktop)$)/
/** Folders whose files are not all made by us with modes of their own. */
const lookedInto = new Set(['backups', 'journal', 'exports', 'set-aside'])
const others = 0o077

/** Makes the folder where there is none, and takes it, and what is ours in it, away from others. Throws UnsafeFolder. */
export function keepPrivate(dataDir: string, log: Log): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.platform === 'win32' || !process.getuid) return
  const user = process.getuid()
  const names = readdirSync(dataDir)
  const folder = statSync(dataDir)
  // One that holds other things, too, may be somebody's common place: there, what is ours is narrowed by itself.
  const isOursAlone = folder.uid === user && names.every(name => ours.test(name))
  if (isOursAlone) narrow(dataDir, folder, 0o700, log)
  else if ((folder.mode & 0o022) !== 0) {
    log(`others may write to ${dataDir}: what Broadsheet keeps there is safer in a folder of its own`)
  }
  for (const name of names)
    if (ours.test(name)) narrowEntry(join(dataDir, name), user, lookedInto.has(name) ? 2 : 0, log)
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

function narrowEntry(path: string, user: number, depth: number, log: Log): void {
  const entry = lstatSync(path)
  if (entry.isSymbolicLink()) {
    // The user's own may lead to another disk; root's is an administrator's.
    if (entry.uid !== user && entry.uid !== 0) throw new UnsafeFolder(`${path} is another user's link`)
    return
  }
  if (!entry.isFile() && !entry.isDirectory()) throw new UnsafeFolder(`${path} is neither a file nor a folder`)
  narrow(path, entry, entry.isDirectory() ? 0o700 : 0o600, log)
  if (!entry.isDirectory() || depth === 0) return
  for (const name of readdirSync(path)) narrowEntry(join(path, name), user, depth - 1, log)
}

function narrow(path: string, { mode }: Stats, wanted: number, log: Log): void {
  if ((mode & others) === 0) return
  try {
    chmodSync(path, wanted)
  } catch (error) {
    if (storageCode(error) !== '') throw error
    log(`other users of this computer may read ${path}, and that can't be changed: ${String(error)}`)
  }
}
