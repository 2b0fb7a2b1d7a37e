/** The first step of a start: claims the data folder and opens its database. At the end it is noted that all went well. */
import { randomUUID } from 'node:crypto'
import { noteWrites } from '../intake/refresh-elsewhere.ts'
import { attempt, type Log } from '../lib/log.ts'
import { noteStart, type Starts } from '../safety/crash-count.ts'
import { markClosed } from '../safety/data-files.ts'
import { claimForRefresh, claimForWindow } from '../safety/folder-claim.ts'
import { type Loan, lendFolder } from '../safety/folder-loan.ts'
import { journalFolder } from '../safety/journal/file.ts'
import { createJournal, type Journal } from '../safety/journal/journal.ts'
import { keepPrivate } from '../safety/private-folder.ts'
import { openStore } from '../safety/recovery/open-store.ts'
import { acquireFolderLock, type FolderLock } from '../store/db/folder-lock.ts'
import type { WriteDb } from '../store/db/open.ts'
import { createWriteGate, joinAsInteractive, type WriteGate } from '../store/db/write-gate.ts'

export type Opening = {
  dataDir: string
  /** A window's engine: it polls by itself, and no other may have the folder. */
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
  /** The last starts came to no good end. */
  isSafeMode: boolean
  /** Another program had the folder already. */
  isGuest: boolean
  /** No other may poll for it meanwhile. */
  isOwned: boolean
  /** It was too large to be looked through before the first window: someone should, while it is used. */
  isUnchecked: boolean
  /** All of it has been looked through. */
  checked(): void
  /** The whole start was done: how this engine ends is noted from now on. */
  started(): void
  /** What ends it from now on has nothing to do with how it starts. */
  runsWell(): void
}

/** Another Broadsheet has the folder. */
export class FolderInUse extends Error {
  readonly code = 'in-use'
}

/**
 * `ending` gets what closes it again: the database, then the note for the next start, then the claim is let go.
 * Throws FolderInUse, UnsafeFolder, DatabaseUnusable, or what the system says.
 */
export async function openFolder(
  opening: Opening,
  { log, onUpgrade }: { log: Log; onUpgrade: (share: number) => void },
  ending: AsyncDisposableStack,
): Promise<OpenFolder> {
  const { dataDir, isPolling, isRefreshing, isAgain = false } = opening
  keepPrivate(dataDir, log)
  // A command line looks alone whether all is well, where nobody else has the folder; then it lets others in.
  const claimed = await claim(opening)
  // Letting go twice does no harm.
  ending.defer(() => claimed?.release())
  if (isPolling && !claimed) throw new FolderInUse(`Another Broadsheet is running on ${dataDir}.`)
  const isGuest = claimed === null
  const isOwned = !isGuest && (isPolling || isRefreshing)
  const starts = isPolling ? noteStart(dataDir) : null
  const { db, isUnchecked, isBehindJournal } = await openStore({
    dataDir,
    now: Date.now(),
    log,
    isAlone: !isGuest,
    isAgain,
    onUpgrade,
  })
  const note: EndNote = { isDue: false, isOwned, isBehindJournal, isCheckPending: isAgain && isUnchecked, starts }
  ending.defer(() => noteEnd(note, dataDir, log))
  ending.defer(() => closeDatabase(db, note))
  if (claimed && !isOwned) {
    if (!isUnchecked) attempt(log, 'lending the folder', () => (note.loan = lendFolder(dataDir, randomUUID())))
    claimed.release()
  }

  const writeGate = createWriteGate()
  joinAsInteractive(db, writeGate)
  const journal = createJournal({ db, folder: journalFolder(dataDir), now: Date.now, log })
  if (!isPolling) tellWrites(db, log, ending)
  return {
    db,
    writeGate,
    journal,
    isSafeMode: starts?.isSafeMode ?? false,
    isGuest,
    isOwned,
    isUnchecked,
    checked() {
      note.isCheckPending = false
    },
    started() {
      note.isDue = true
    },
    runsWell: () => starts?.went(),
  }
}

function claim({ dataDir, isPolling, isRefreshing }: Opening): FolderLock | null | Promise<FolderLock | null> {
  if (isPolling) return claimForWindow(dataDir)
  return isRefreshing ? claimForRefresh(dataDir) : acquireFolderLock(dataDir)
}

/** What decides what the next start is told of this end. Told nothing, it looks through everything. */
type EndNote = {
  /** The start came to its end, and the database was closed: a start that failed counts as one that crashed. */
  isDue: boolean
  isOwned: boolean
  /** What the journal alone knows is looked for where the end was not noted. */
  isBehindJournal: boolean
  /** Nobody has looked since an engine died: the next start must, where this one does not come to it. */
  isCheckPending: boolean
  starts: Starts | null
  /** Of a command line that let others have the folder. */
  loan?: Loan
}

function closeDatabase(db: WriteDb, note: EndNote): void {
  try {
    db.close()
  } catch (error) {
    note.isDue = false
    throw error
  }
}

/** While the folder is still ours, and before the next start looks. */
function noteEnd(
  { isDue, isOwned, isBehindJournal, isCheckPending, starts, loan }: EndNote,
  dir: string,
  log: Log,
): void {
  if (!isDue) return
  if (isOwned && !isBehindJournal && !isCheckPending) attempt(log, 'noting the end', () => markClosed(dir))
  if (loan && !isBehindJournal) attempt(log, 'noting the end', loan.giveBack)
  starts?.went()
}

/** A program beside a window tells it at its end that it wrote. */
function tellWrites(db: WriteDb, log: Log, ending: AsyncDisposableStack): void {
  const tell = noteWrites(db)
  ending.defer(() => void attempt(log, 'telling what was written', tell))
}
