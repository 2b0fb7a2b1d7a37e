/**
 * What a running Broadsheet says of itself to another one started on the same data folder. Who owns the folder is the
 * engine's to say (it holds a lock); this only tells where that owner is.
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

/** `url` leads to a web host and carries its token, so only the owner of the folder may read this. */
export type Introduction = { pid: number; host: 'electron' | 'web'; url: string | null }

/**
 * Leaves the introduction in the folder, readable for its owner only. Where the disk is full it is left out: a second
 * start then can't say where the first one is, which is no reason not to run.
 */
export function introduce(dataDir: string, introduction: Introduction): void {
  const file = fileIn(dataDir)
  try {
    // Made anew: what lay there may be another user's, or lead elsewhere.
    rmSync(`${file}.new`, { force: true })
    writeFileSync(`${file}.new`, JSON.stringify(introduction), { mode: 0o600, flag: 'wx' })
    renameSync(`${file}.new`, file)
  } catch {
    return
  }
}

/**
 * What the folder's owner said, or null. Only to be believed while the folder is in use: a crash leaves it behind. Then
 * anybody may have the port by now; who is asked there has to show that he is the one (web/proof.ts).
 */
export function introductionIn(dataDir: string): Introduction | null {
  try {
    const { pid, host, url } = JSON.parse(ownText(fileIn(dataDir))) as Introduction
    const isSaid = Number.isInteger(pid) && (host === 'electron' || host === 'web')
    const isOurs = url === null || /^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/.test(url)
    return isSaid && isOurs ? { pid, host, url } : null
  } catch {
    return null
  }
}

const mostBytes = 4_096

/** What is in a file that nobody but us can have written. Throws where others can, and where it is no plain file. */
function ownText(file: string): string {
  // A pipe would hold us up for good, and a link may lead to what another user wrote. Windows has neither flag.
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

/** Takes the introduction away, at the end. */
export function takeLeave(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'running.json')
}
