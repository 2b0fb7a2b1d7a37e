/** The folder's lock, which a window holds while it is open, and a command line while it checks the database or refreshes. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { minute } from '../lib/time.ts'
import { acquireFolderLock, type FolderLock } from '../store/db/folder-lock.ts'

const retryEvery = 100
/** A command line releases it as soon as the database is open; one that refreshes, when it has done so. */
const timeouts = { window: 2_000, whileRefreshing: 10 * minute }

/** Waits for a command line to release it; null where another window holds it. */
export async function lockForWindow(dataDir: string): Promise<FolderLock | null> {
  const began = Date.now()
  for (;;) {
    const lock = acquireFolderLock(dataDir)
    if (lock) return lock
    const isRefreshing = existsSync(refreshingFile(dataDir))
    if (Date.now() - began >= (isRefreshing ? timeouts.whileRefreshing : timeouts.window)) return null
    await sleep(retryEvery)
  }
}

/** For a command line that polls; null where another program holds it. */
export function lockForRefresh(dataDir: string): FolderLock | null {
  const lock = acquireFolderLock(dataDir)
  if (!lock) return null
  writeFileSync(refreshingFile(dataDir), '', { mode: 0o600 })
  return {
    release() {
      rmSync(refreshingFile(dataDir), { force: true })
      lock.release()
    },
  }
}

function refreshingFile(dataDir: string): string {
  return join(dataDir, 'refreshing')
}
