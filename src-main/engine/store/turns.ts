/**
 * Whose turn it is to write. SQLite's lock knows no queue: who finds it taken looks again after 1 to 100 ms, and finds it taken
 * again while a refresh stores batch after batch (measured with 5,000 articles: clicks waited up to 4.7 s, and would have
 * failed at 5). Threads of one process tell each other by a few bytes of shared memory; other processes can only be left
 * gaps.
 */
import type { WriteDb } from './database.ts'

/** How many of the windows' calls are at work or wait, and whether a batch is being stored. */
const calls = 0
const storing = 1

/** Shared by the thread that answers windows and the one that stores. */
export type Turns = Int32Array<SharedArrayBuffer>

export function makeTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(8))
}

/** A batch takes 5 to 20 ms; nobody waits for longer than this for somebody who does not come. */
const longestWait = 100

const windows = new WeakMap<WriteDb, Turns>()

/** Pages of 8 KB in the log at which a commit itself copies them to the database. */
const lastResort = 4_000

/**
 * Says that windows are answered on this connection, and what they share with the one that stores. That one copies the log
 * to the database in time: a click that had to would hold its window up for a tenth of a second.
 */
export function answerByTurns(db: WriteDb, turns: Turns): void {
  db.pragma(`wal_autocheckpoint = ${lastResort}`)
  windows.set(db, turns)
}

/**
 * Answers what a window asked ahead of what is being stored. `isWrite`: lets the batch in hand be stored first, rather than
 * find the database locked. Without `answerByTurns` it just answers.
 */
export function goFirst<Result>(db: WriteDb, isWrite: boolean, answer: () => Result): Result {
  const turns = windows.get(db)
  if (!turns) return answer()
  Atomics.add(turns, calls, 1)
  try {
    if (isWrite) Atomics.wait(turns, storing, 1, longestWait)
    return answer()
  } finally {
    Atomics.sub(turns, calls, 1)
    Atomics.notify(turns, calls)
  }
}

type Storing = {
  turns: Turns
  /** Another program has the folder, and windows on it: it is let in after every batch. */
  isGuest: boolean
  batches: number
}

const stores = new WeakMap<WriteDb, Storing>()
/** So long SQLite sleeps at most before it looks again whether it may write. */
const sureGap = 100
/** Some two seconds of work: half of what others wait before they give up. */
const mostBatches = 150
const shortGap = 25
/** Some 15 MB of log: more would be copied with fewer repetitions, but waits for longer at a commit that asks for the disk. */
const batchesPerCopy = 30

/** Says that what polls bring is stored on this connection. Without it, it stores as a guest does. */
export function storeByTurns(db: WriteDb, turns: Turns, isGuest: boolean): void {
  db.pragma(`wal_autocheckpoint = ${lastResort}`)
  stores.set(db, { turns, isGuest, batches: 0 })
}

/** Stores one batch when no window of this process wants anything. */
export function inTurn<Result>(db: WriteDb, store: () => Result): Result {
  const known = stores.get(db)
  // One batch within another is part of it.
  if (!known || Atomics.load(known.turns, storing) === 1) return store()
  const { turns } = known
  const waiting = Atomics.load(turns, calls)
  if (waiting > 0) Atomics.wait(turns, calls, waiting, longestWait)
  Atomics.store(turns, storing, 1)
  try {
    return store()
  } finally {
    Atomics.store(turns, storing, 0)
    Atomics.notify(turns, storing)
    known.batches++
    if (known.batches % batchesPerCopy === 0) copyLog(db)
    if (known.batches % mostBatches === 0) sleep(sureGap)
  }
}

/** Whether a window waits for what is being stored on this connection. */
export function isAwaited(db: WriteDb): boolean {
  const known = stores.get(db)
  return known !== undefined && Atomics.load(known.turns, calls) > 0
}

/** Copies the log to the database while others may read and write. Where the disk fails, the next commit will say so. */
function copyLog(db: WriteDb): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** Between two batches of one feed: other programs may have windows. */
export function leaveGap(db: WriteDb): void {
  if (stores.get(db)?.isGuest ?? true) sleep(shortGap)
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
