/**
 * A note in the data folder that tells a second start where the running Broadsheet is. It is no lock: the engine holds that.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'

/** `url` is a web host's, with its token: only the owner of the folder may read the note. */
export type RunningNote = { pid: number; host: 'electron' | 'web'; url: string | null }

/**
 * Writes the note, readable for its owner only. On a full disk it is left out: a second start then can't say where the first
 * one is, which is no reason not to run.
 */
export function writeRunningNote(dataDir: string, note: RunningNote): void {
  const file = fileIn(dataDir)
  try {
    // A new file: the one that is there may be another user's, or a link.
    rmSync(`${file}.new`, { force: true })
    writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600, flag: 'wx' })
    renameSync(`${file}.new`, file)
  } catch {
    return
  }
}

/**
 * The note in the folder, or null. Valid only while the folder is locked: a crash leaves the note behind, and any program may
 * listen on its port by then. So the host there has to prove that it has the token (web/proof.ts).
 */
export function readRunningNote(dataDir: string): RunningNote | null {
  try {
    const { pid, host, url } = JSON.parse(ownText(fileIn(dataDir))) as RunningNote
    const isNote = Number.isInteger(pid) && (host === 'electron' || host === 'web')
    const isOurs = url === null || /^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/.test(url)
    return isNote && isOurs ? { pid, host, url } : null
  } catch {
    return null
  }
}

const mostBytes = 4_096

/** The text of a file that nobody else can have written. Throws for others, and for what is no plain file. */
function ownText(file: string): string {
  // Opening a pipe would block for good, and a link may lead to another user's file. Windows has neither flag.
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    const entry = fstatSync(handle)
    if (!entry.isFile() || entry.size > mostBytes || !isOwn(entry)) throw new Error(`${file} is not ours`)
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

function isOwn({ uid, mode, nlink }: Stats): boolean {
  return process.platform === 'win32' || (uid === process.getuid?.() && (mode & 0o022) === 0 && nlink === 1)
}

export function removeRunningNote(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'running.json')
}
