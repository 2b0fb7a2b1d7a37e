/** The first step of a start: locks the data folder and opens its database. At the end it notes that the shutdown was clean. */
import { randomUUID } from 'node:crypto'
import type { EngineStart } from '../api/engine-thread.ts'
import { noteWrites } from '../intake/refresh-elsewhere.ts'
import { attempt, type Log } from '../lib/log.ts'
import { countStart } from '../safety/crash-count.ts'
import { markClosed } from '../safety/data-files.ts'
import { lockForRefresh, lockForWindow } from '../safety/folder-locks.ts'
import { journalFolder } from '../safety/journal/file.ts'
import { Journal } from '../safety/journal/journal.ts'
import { makePrivate } from '../safety/private-folder.ts'
import { openStore } from '../safety/recovery/open-store.ts'
import { beginLease, type ShutdownLease } from '../safety/shutdown-lease.ts'
import { acquireFolderLock, type FolderLock } from '../store/db/folder-lock.ts'
import type { WriteDb } from '../store/db/open.ts'
import { createWriteGate, joinAsInteractive, type WriteGate } from '../store/db/write-gate.ts'

type Opening = Pick<EngineStart, 'dataDir' | 'isPolling' | 'isRefreshing' | 'isAgain'>

export type OpenFolder = {
  db: WriteDb
  /** Shared with the thread that stores. */
  writeGate: WriteGate
  journal: Journal
  /** The last starts failed. */
  isSafeMode: boolean
  /** Another program held the lock. */
  isGuest: boolean
  /** The lock is held till the end: no other program polls meanwhile. */
  isOwned: boolean
  /** It was too large to be checked before the first window: it should be while it is used. */
  isUnchecked: boolean
  /** All of it has been checked. */
  checked(): void
  /** The whole start was done: from now on the end counts as a clean shutdown. */
  started(): void
  /** A crash from now on has nothing to do with the start. */
  markHealthy(): void
}

/** Another Broadsheet holds the folder's lock. */
export class FolderInUse extends Error {
  readonly code = 'in-use'
}

/**
 * `ending` gets what closes it again: the database, then the note for the next start, then the lock.
 * Throws FolderInUse, UnsafeFolder, DatabaseUnusable, or what the system says.
 */
export async function openFolder(
  opening: Opening,
  { log, onUpgrade }: { log: Log; onUpgrade: (share: number) => void },
  ending: AsyncDisposableStack,
): Promise<OpenFolder> {
  const { dataDir, isPolling, isRefreshing, isAgain } = opening
  makePrivate(dataDir, log)
  const lock = await acquireLock(opening)
  // Releasing it twice does no harm.
  ending.defer(() => lock?.release())
  if (isPolling && !lock) throw new FolderInUse(`Another Broadsheet is running on ${dataDir}.`)
  const isGuest = lock === null
  const isOwned = !isGuest && (isPolling || isRefreshing)
  const starts = isPolling ? countStart(dataDir) : null
  const { db, isUnchecked, isBehindJournal } = await openStore({
    dataDir,
    now: Date.now(),
    log,
    isAlone: !isGuest,
    isAgain,
    onUpgrade(share) {
      // A window closed during the upgrade has not crashed; safe mode, after three crashes, would not help an upgrade anyway.
      starts?.markHealthy()
      onUpgrade(share)
    },
  })
  let isStarted = false
  // Else it checks the whole database, and replays the journal. One that an engine left as it died has yet to be checked.
  let mayNextStartTrust = !isBehindJournal && !(isAgain && isUnchecked)
  let lease: ShutdownLease | null = null
  ending.defer(() => {
    db.close()
    // A start that failed counts as a crash; so does a database that could not be closed.
    if (!isStarted) return
    if (mayNextStartTrust) attempt(log, 'noting the shutdown', () => (isOwned ? markClosed(dataDir) : lease?.end()))
    starts?.markHealthy()
  })
  if (lock && !isOwned) {
    if (!isUnchecked) {
      attempt(log, 'beginning a lease', () => {
        lease = beginLease(dataDir, randomUUID())
      })
    }
    lock.release()
  }

  const writeGate = createWriteGate()
  joinAsInteractive(db, writeGate)
  const journal = new Journal({ db, folder: journalFolder(dataDir), now: Date.now, log })
  if (!isPolling) {
    // For the window that may be open beside this program.
    const leaveNote = noteWrites(db)
    ending.defer(() => void attempt(log, 'noting what was written', leaveNote))
  }
  return {
    db,
    writeGate,
    journal,
    isSafeMode: starts?.isSafeMode ?? false,
    isGuest,
    isOwned,
    isUnchecked,
    checked() {
      mayNextStartTrust = !isBehindJournal
    },
    started() {
      isStarted = true
    },
    markHealthy: () => starts?.markHealthy(),
  }
}

/** Null where another program holds it. */
function acquireLock({ dataDir, isPolling, isRefreshing }: Opening): FolderLock | null | Promise<FolderLock | null> {
  if (isPolling) return lockForWindow(dataDir)
  return isRefreshing ? lockForRefresh(dataDir) : acquireFolderLock(dataDir)
}
