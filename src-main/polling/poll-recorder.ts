/** Writes what polls came to, many in one transaction: a hundred 'not modified' cost one wait for the disk. */
import type { Clock } from '../lib/clock.ts'
import { attempt, type Log } from '../lib/log.ts'
import type { WriteDb } from '../store/db/open.ts'
import { type PollRecord, postponeFeeds, recordPolls } from '../store/feeds/poll-state.ts'

const delay = 50
/** Takes some milliseconds, for which a click's own write can wait. */
const batchSize = 200

type RecorderParts = { db: WriteDb; clock: Clock; log: Log }

export class PollRecorder {
  readonly #parts: RecorderParts
  #pending: { record: PollRecord; onRecorded: () => void }[] = []
  /** Feeds not to be asked before a time that could not be written (a full disk): else they would be asked again and again. */
  readonly #resting = new Map<number, number>()
  #stopTimer: (() => void) | null = null

  constructor(parts: RecorderParts) {
    this.#parts = parts
  }

  /** Records within 50 ms; `onRecorded` is called once it is on the disk, and not where the disk fails. */
  add(record: PollRecord, onRecorded: () => void): void {
    this.#pending.push({ record, onRecorded })
    if (this.#pending.length >= batchSize) this.flush()
    else this.#stopTimer ??= this.#parts.clock.setTimer(delay, this.flush)
  }

  readonly flush = (): void => {
    const { db, log } = this.#parts
    this.#stopTimer?.()
    this.#stopTimer = null
    const batch = this.#pending
    this.#pending = []
    const records = batch.map(one => one.record)
    if (!attempt(log, 'recording polls', () => recordPolls(db, records))) {
      for (const { feedId, nextCheckAt } of records) this.#resting.set(feedId, nextCheckAt)
    } else for (const { onRecorded } of batch) attempt(log, 'announcing a poll', onRecorded)
  }

  /** Moves feeds to a later time without recording anything else. */
  postpone(postponed: { feedId: number; until: number }[]): void {
    const { db, log } = this.#parts
    attempt(log, 'postponing feeds', () => postponeFeeds(db, postponed))
  }

  /** The same, whether or not the disk takes it. */
  rest(feedId: number, until: number): void {
    this.#resting.set(feedId, until)
    this.postpone([{ feedId, until }])
  }

  /** Whether the feed is not due, although its row may say so. */
  isPending(feedId: number): boolean {
    const until = this.#resting.get(feedId)
    if (until !== undefined && until > this.#parts.clock.now()) return true
    this.#resting.delete(feedId)
    return this.#pending.some(one => one.record.feedId === feedId)
  }
}
