/**
 * The write gate: calls of windows go before batches of articles. SQLite's lock has no queue: a writer that finds it taken
 * looks again after 1 to 100 ms, and finds it taken again while a refresh stores batch after batch (measured with 5,000
 * articles: clicks waited up to 4.7 s, and would have failed at 5). The threads of one process share a few bytes of memory;
 * other processes cannot see these and are only left gaps.
 */
import type { WriteDb } from './open.ts'

/** Indexes into the gate: calls at work or waiting, whether a batch is being stored, and how many calls there have been. */
const calls = 0
const storing = 1
const allCalls = 2

/** Shared by the thread that answers windows and those that store. */
export type WriteGate = Int32Array<SharedArrayBuffer>

export function createWriteGate(): WriteGate {
  return new Int32Array(new SharedArrayBuffer(12))
}

/** A batch takes 5 to 20 ms. The limit is for a thread that died in the middle of one. */
const maxWait = 100

const interactive = new WeakMap<WriteDb, { gate: WriteGate; maxWaitMs: number }>()

/** Pages of 8 KB in the WAL at which a commit checkpoints it itself. */
const autoCheckpoint = 4_000

/**
 * Declares that windows are answered on this connection. The batch thread checkpoints the WAL in time: a click that had to
 * would hold its window up for a tenth of a second. `maxWaitMs`: for how long a write waits for a batch.
 */
export function joinAsInteractive(db: WriteDb, gate: WriteGate, maxWaitMs = maxWait): void {
  db.pragma(`wal_autocheckpoint = ${autoCheckpoint}`)
  interactive.set(db, { gate, maxWaitMs })
}

/**
 * Answers a window's call before the next batch. `isWrite`: waits for the batch under way, rather than find the database
 * locked. On a connection that has not joined a gate it just answers.
 */
export function asInteractive<Result>(db: WriteDb, isWrite: boolean, answer: () => Result): Result {
  const joined = interactive.get(db)
  if (!joined) return answer()
  const { gate, maxWaitMs } = joined
  Atomics.add(gate, calls, 1)
  Atomics.add(gate, allCalls, 1)
  try {
    if (isWrite) Atomics.wait(gate, storing, 1, maxWaitMs)
    return answer()
  } finally {
    Atomics.sub(gate, calls, 1)
    Atomics.notify(gate, calls)
  }
}

type BatchState = {
  gate: WriteGate
  onStored(): void
  /** Another program has the folder, and windows on it: it gets a gap after every batch. */
  isGuest: boolean
  /** Since the last checkpoint: batches stored, and the time that took (ms). */
  batches: number
  storedFor: number
  /** Time spent storing since the last gap for other processes (ms). */
  busyFor: number
  callsSeen: number
  /** When a new call of a window was last seen; ms of the monotonic clock. */
  askedAt: number
  isStoring: boolean
}

const batching = new WeakMap<WriteDb, BatchState>()
/** SQLite's busy handler sleeps at most so long between two tries: a gap of this length is never missed. */
const sureGap = 100
/** Half of the busy timeout of other processes. */
const maxBusy = 2_000
const shortGap = 25
/** Some 15 MB of WAL: a larger one has fewer repetitions to copy, but makes a commit that syncs wait for longer. */
const batchesPerCheckpoint = 30
const storedPerCheckpoint = 600

/**
 * Declares that batches are stored on this connection. One that has not joined a gate stores as a guest does. `onStored` hears
 * of each batch, and of what is noted as stored.
 */
export function joinAsBatch(db: WriteDb, gate: WriteGate, isGuest: boolean, onStored = () => {}): void {
  db.pragma(`wal_autocheckpoint = ${autoCheckpoint}`)
  const idle = { batches: 0, storedFor: 0, busyFor: 0, callsSeen: 0, askedAt: -Infinity, isStoring: false }
  batching.set(db, { gate, isGuest, onStored, ...idle })
}

/** Says that something was stored that is too small to be a batch. */
export function noteStored(db: WriteDb): void {
  batching.get(db)?.onStored()
}

/** Stores one batch when no call of a window is at work or waits, and no other thread stores one. */
export function asBatch<Result>(db: WriteDb, store: () => Result): Result {
  const state = batching.get(db)
  // A batch within a batch is part of it.
  if (!state || state.isStoring) return store()
  const { gate } = state
  const waiting = Atomics.load(gate, calls)
  if (waiting > 0) Atomics.wait(gate, calls, waiting, maxWait)
  beginStoring(gate)
  state.isStoring = true
  const startedAt = performance.now()
  try {
    return store()
  } finally {
    state.isStoring = false
    Atomics.store(gate, storing, 0)
    Atomics.notify(gate, storing)
    afterBatch(db, state, performance.now() - startedAt)
    state.onStored()
  }
}

/** Takes the turn from a thread that has had it for too long: it died in the middle of a batch. */
function beginStoring(gate: WriteGate): void {
  while (Atomics.compareExchange(gate, storing, 0, 1) === 1) {
    if (Atomics.wait(gate, storing, 1, maxWait) === 'timed-out') return
  }
}

/** Checkpoints before the WAL grows long, and pauses so that other processes, which cannot see the gate, get the write lock. */
function afterBatch(db: WriteDb, state: BatchState, tookMs: number): void {
  state.batches++
  state.storedFor += tookMs
  state.busyFor += tookMs
  if (state.batches >= batchesPerCheckpoint || state.storedFor >= storedPerCheckpoint) {
    tryCheckpoint(db)
    Object.assign(state, { batches: 0, storedFor: 0 })
  }
  if (state.busyFor >= maxBusy) {
    sleep(sureGap)
    state.busyFor = 0
  }
}

/** A reader at the window asks something every few seconds. */
const watchedFor = 10_000
/** Articles in one transaction: 10 ms or so while someone may click. Larger ones cost less, since the index is written once. */
const watchedBatch = 25
const guestBatch = 50
const unwatchedBatch = 150

/** How many articles may be stored in one transaction now. */
export function batchSize(db: WriteDb): number {
  const state = batching.get(db)
  if (!state || state.isGuest) return guestBatch
  const seen = Atomics.load(state.gate, allCalls)
  const now = performance.now()
  if (seen !== state.callsSeen) Object.assign(state, { callsSeen: seen, askedAt: now })
  return now - state.askedAt < watchedFor ? watchedBatch : unwatchedBatch
}

/** Copies the WAL into the database, as far as no reader needs the state before. */
export function checkpoint(db: WriteDb): void {
  db.pragma('wal_checkpoint(PASSIVE)')
}

/** Where the disk fails, the next commit will say so. */
function tryCheckpoint(db: WriteDb): void {
  try {
    checkpoint(db)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

/** Between two batches of one feed: other programs may have windows. */
export function pauseForOthers(db: WriteDb): void {
  if (batching.get(db)?.isGuest ?? true) sleep(shortGap)
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
