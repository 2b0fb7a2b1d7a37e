/** The first step of a start: locks the data folder and opens its database. At the end it notes that the shutdown was clean. */
import { randomUUID } from 'node:crypto'
import { noteWrites } from '../intake/refresh-elsewhere.ts'
import { attempt, type Log } from '../lib/log.ts'
import { countStart, type StartCount } from '../safety/crash-count.ts'
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

export type Opening = {
  dataDir: string
  /** A window's engine: it polls by itself, and holds the folder's lock while it runs. */
  isPolling: boolean
  /** For a program that does not poll by itself, but refreshes now. */
  isRefreshing: boolean
  /** One of this process's engines had the database open before, and died. */
  isAgain?: boolean
}

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
  const { dataDir, isPolling, isRefreshing, isAgain = false } = opening
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
  const shutdown: Shutdown = {
    isClean: false,
    isOwned,
    isBehindJournal,
    isCheckPending: isAgain && isUnchecked,
    starts,
  }
  ending.defer(() => noteShutdown(shutdown, dataDir, log))
  ending.defer(() => closeDatabase(db, shutdown))
  if (lock && !isOwned) {
    if (!isUnchecked) attempt(log, 'beginning a lease', () => (shutdown.lease = beginLease(dataDir, randomUUID())))
    lock.release()
  }

  const writeGate = createWriteGate()
  joinAsInteractive(db, writeGate)
  const journal = new Journal({ db, folder: journalFolder(dataDir), now: Date.now, log })
  if (!isPolling) noteOwnWrites(db, log, ending)
  return {
    db,
    writeGate,
    journal,
    isSafeMode: starts?.isSafeMode ?? false,
    isGuest,
    isOwned,
    isUnchecked,
    checked() {
      shutdown.isCheckPending = false
    },
    started() {
      shutdown.isClean = true
    },
    markHealthy: () => starts?.markHealthy(),
  }
}

/** Null where another program holds it. */
function acquireLock({ dataDir, isPolling, isRefreshing }: Opening): FolderLock | null | Promise<FolderLock | null> {
  if (isPolling) return lockForWindow(dataDir)
  return isRefreshing ? lockForRefresh(dataDir) : acquireFolderLock(dataDir)
}

/** What decides whether the next start may trust the database. Without a note it checks all of it. */
type Shutdown = {
  /** The start came to its end, and the database was closed: a start that failed counts as a crash. */
  isClean: boolean
  isOwned: boolean
  /** The journal is replayed where no clean shutdown was noted. */
  isBehindJournal: boolean
  /** The database has not been checked since an engine died: the next start must, where this one does not come to it. */
  isCheckPending: boolean
  starts: StartCount | null
  /** Of a command line that released the lock. */
  lease?: ShutdownLease
}

function closeDatabase(db: WriteDb, shutdown: Shutdown): void {
  try {
    db.close()
  } catch (error) {
    shutdown.isClean = false
    throw error
  }
}

/** While the lock is still held, and before the next start looks. */
function noteShutdown(shutdown: Shutdown, dir: string, log: Log): void {
  const { isClean, isOwned, isBehindJournal, isCheckPending, starts, lease } = shutdown
  if (!isClean) return
  if (isOwned && !isBehindJournal && !isCheckPending) attempt(log, 'noting the shutdown', () => markClosed(dir))
  if (lease && !isBehindJournal) attempt(log, 'noting the shutdown', lease.end)
  starts?.markHealthy()
}

/** A program beside a window leaves a note for it, where it wrote. */
function noteOwnWrites(db: WriteDb, log: Log, ending: AsyncDisposableStack): void {
  const leaveNote = noteWrites(db)
  ending.defer(() => void attempt(log, 'noting what was written', leaveNote))
}
