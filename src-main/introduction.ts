/**
 * What a running Broadsheet says of itself to another one started on the same data folder. Who owns the folder is the
 * engine's to say (it holds a lock); this only tells where that owner is.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

/** What the folder's owner said, or null. Only to be believed while the folder is in use: a crash leaves it behind. */
export function introductionIn(dataDir: string): Introduction | null {
  try {
    const { pid, host, url } = JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Introduction
    const isOurs = url === null || /^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/.test(url)
    return isOurs ? { pid, host, url } : null
  } catch {
    return null
  }
}

/** Takes the introduction away, at the end. */
export function takeLeave(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true })
}

function fileIn(dataDir: string): string {
  return path.join(dataDir, 'running.json')
}
