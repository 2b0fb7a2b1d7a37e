/** Writes the outcomes of polls, many in one transaction: a hundred 'not modified' cost one wait for the disk. */
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
  /** Times of the next poll that could not be written (a full disk): without them these feeds would be asked again and again. */
  readonly #notBefore = new Map<number, number>()
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
      for (const { feedId, nextCheckAt } of records) this.#notBefore.set(feedId, nextCheckAt)
    } else for (const { onRecorded } of batch) attempt(log, 'announcing a poll', onRecorded)
  }

  /** Moves feeds to a later time without recording anything else. */
  postpone(postponed: { feedId: number; until: number }[]): void {
    const { db, log } = this.#parts
    attempt(log, 'postponing feeds', () => postponeFeeds(db, postponed))
  }

  /** Moves one feed to a later time, which holds although the disk may be full. */
  leaveAlone(feedId: number, until: number): void {
    this.#notBefore.set(feedId, until)
    this.postpone([{ feedId, until }])
  }

  /** Whether the feed is not due yet, although its row may say that it is. */
  isPending(feedId: number): boolean {
    const until = this.#notBefore.get(feedId)
    if (until !== undefined && until > this.#parts.clock.now()) return true
    this.#notBefore.delete(feedId)
    return this.#pending.some(one => one.record.feedId === feedId)
  }
}
