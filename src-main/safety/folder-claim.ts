/** Who has the folder: a window for as long as it is open, a command line while it looks whether all is well or refreshes. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { minute } from '../lib/time.ts'
import { acquireFolderLock, type FolderLock } from '../store/db/folder-lock.ts'

const pause = 100
/** A command line lets go as soon as the database is open; one that refreshes, when it has done so. */
const waits = { window: 2_000, forRefresh: 10 * minute }

/** Claims the folder for a window, waiting for a command line to let go; null where another window has it. */
export async function claimForWindow(dataDir: string): Promise<FolderLock | null> {
  const began = Date.now()
  for (;;) {
    const claim = acquireFolderLock(dataDir)
    if (claim) return claim
    const isRefreshing = existsSync(note(dataDir))
    if (Date.now() - began >= (isRefreshing ? waits.forRefresh : waits.window)) return null
    await sleep(pause)
  }
}

/** Claims it for a command line that polls, so that nobody else does at the same time. */
export function claimForRefresh(dataDir: string): FolderLock | null {
  const claim = acquireFolderLock(dataDir)
  if (!claim) return null
  writeFileSync(note(dataDir), '', { mode: 0o600 })
  return {
    release() {
      rmSync(note(dataDir), { force: true })
      claim.release()
    },
  }
}

function note(dataDir: string): string {
  return join(dataDir, 'refreshing')
}
