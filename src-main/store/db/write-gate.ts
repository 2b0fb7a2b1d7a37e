/**
 * Whose turn it is to write. SQLite's lock knows no queue: who finds it taken looks again after 1 to 100 ms, and finds it taken
 * again while a refresh stores batch after batch (measured with 5,000 articles: clicks waited up to 4.7 s, and would have
 * failed at 5). Threads of one process tell each other by a few bytes of shared memory; other processes can only be left
 * gaps.
 */
import type { WriteDb } from './open.ts'

/** How many of the windows' calls are at work or wait, whether a batch is being stored, and how many calls there were. */
const calls = 0
const storing = 1
const allCalls = 2

/** Shared by the thread that answers windows and the one that stores. */
export type Turns = Int32Array<SharedArrayBuffer>

export function makeTurns(): Turns {
  return new Int32Array(new SharedArrayBuffer(12))
}

/** A batch takes 5 to 20 ms; nobody waits for longer than this for somebody who does not come. */
const longestWait = 100

const windows = new WeakMap<WriteDb, { turns: Turns; patience: number }>()

/** Pages of 8 KB in the log at which a commit itself copies them to the database. */
const lastResort = 4_000

/**
 * Says that windows are answered on this connection, and what they share with the one that stores. That one copies the log
 * to the database in time: a click that had to would hold its window up for a tenth of a second. `patience`: for how long
 * (ms) a write waits for a batch.
 */
export function answerByTurns(db: WriteDb, turns: Turns, patience = longestWait): void {
  db.pragma(`wal_autocheckpoint = ${lastResort}`)
  windows.set(db, { turns, patience })
}

/**
 * Answers what a window asked ahead of what is being stored. `isWrite`: lets the batch in hand be stored first, rather than
 * find the database locked. Without `answerByTurns` it just answers.
 */
export function asInteractive<Result>(db: WriteDb, isWrite: boolean, answer: () => Result): Result {
  const known = windows.get(db)
  if (!known) return answer()
  const { turns, patience } = known
  Atomics.add(turns, calls, 1)
  Atomics.add(turns, allCalls, 1)
  try {
    if (isWrite) Atomics.wait(turns, storing, 1, patience)
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
  /** Since the log was copied: how many batches were stored, and for how long (ms). */
  batches: number
  storedFor: number
  /** For how long since others were let in. */
  busyFor: number
  callsSeen: number
  /** When it was last seen that a window had asked something; ms of a clock that only goes on. */
  askedAt: number
}

const stores = new WeakMap<WriteDb, Storing>()
/** So long SQLite sleeps at most before it looks again whether it may write. */
const sureGap = 100
/** Half of what others wait before they give up. */
const longestBusy = 2_000
const shortGap = 25
/** Some 15 MB of log: more would be copied with fewer repetitions, but waits for longer at a commit that asks for the disk. */
const batchesPerCopy = 30
const storedPerCopy = 600

/** Says that what polls bring is stored on this connection. Without it, it stores as a guest does. */
export function storeByTurns(db: WriteDb, turns: Turns, isGuest: boolean): void {
  db.pragma(`wal_autocheckpoint = ${lastResort}`)
  stores.set(db, { turns, isGuest, batches: 0, storedFor: 0, busyFor: 0, callsSeen: 0, askedAt: -Infinity })
}

/** Stores one batch when no window of this process wants anything. */
export function asBatch<Result>(db: WriteDb, store: () => Result): Result {
  const known = stores.get(db)
  // One batch within another is part of it.
  if (!known || Atomics.load(known.turns, storing) === 1) return store()
  const { turns } = known
  const waiting = Atomics.load(turns, calls)
  if (waiting > 0) Atomics.wait(turns, calls, waiting, longestWait)
  Atomics.store(turns, storing, 1)
  const startedAt = performance.now()
  try {
    return store()
  } finally {
    Atomics.store(turns, storing, 0)
    Atomics.notify(turns, storing)
    letOthersIn(db, known, performance.now() - startedAt)
  }
}

/** After a batch: the log is copied before it is long, and who waits without knowing of turns is let in. */
function letOthersIn(db: WriteDb, known: Storing, tookMs: number): void {
  known.batches++
  known.storedFor += tookMs
  known.busyFor += tookMs
  if (known.batches >= batchesPerCopy || known.storedFor >= storedPerCopy) {
    checkpointLog(db)
    Object.assign(known, { batches: 0, storedFor: 0 })
  }
  if (known.busyFor >= longestBusy) {
    sleep(sureGap)
    known.busyFor = 0
  }
}

/** A reader at the window asks something every few seconds. */
const watchedFor = 10_000
/** Articles in one transaction: 10 ms or so while someone may click. More at once cost less, since the index is written once. */
const mostWatched = 25
const mostElsewhereWatched = 50
const mostUnwatched = 150

/** How many articles may be stored in one transaction now. */
export function batchSize(db: WriteDb): number {
  const known = stores.get(db)
  if (!known || known.isGuest) return mostElsewhereWatched
  const seen = Atomics.load(known.turns, allCalls)
  const now = performance.now()
  if (seen !== known.callsSeen) Object.assign(known, { callsSeen: seen, askedAt: now })
  return now - known.askedAt < watchedFor ? mostWatched : mostUnwatched
}

/** Copies the log to the database while others may read and write. Where the disk fails, the next commit will say so. */
function checkpointLog(db: WriteDb): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** Between two batches of one feed: other programs may have windows. */
export function pauseForOthers(db: WriteDb): void {
  if (stores.get(db)?.isGuest ?? true) sleep(shortGap)
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
