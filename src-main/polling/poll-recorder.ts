/** Writes what polls came to, many in one transaction: a hundred 'not modified' cost one wait for the disk. */

import type { Clock } from '../lib/clock.ts'
import { attempt } from '../lib/log.ts'
import type { WriteDb } from '../store/db/open.ts'
import { type PollRecord, postponeFeeds, recordPolls } from '../store/feeds/poll-state.ts'

const delay = 50
/** Takes some milliseconds: a click's own write can wait for that. */
const batchSize = 200

export type Recorder = {
  /** Records soon; `then` is called once it is on disk. */
  add(record: PollRecord, then: () => void): void
  /** Leaves a feed alone until a time, without having recorded anything. */
  postpone(feedId: number, until: number): void
  /** Whether the feed's row does not say yet what happened. */
  isPending(feedId: number): boolean
  flush(): void
  close(): void
}

export function createRecorder(db: WriteDb, clock: Clock, log: (line: string) => void): Recorder {
  let pending: { record: PollRecord; then: () => void }[] = []
  let stopTimer: (() => void) | null = null
  /** Could not be written (a full disk): kept here, so that the feed is not asked again and again. */
  const resting = new Map<number, number>()

  function flush(): void {
    stopTimer?.()
    stopTimer = null
    const batch = pending
    pending = []
    if (batch.length === 0) return
    try {
      recordPolls(
        db,
        batch.map(one => one.record),
      )
    } catch (error) {
      log(`polls could not be recorded: ${error instanceof Error ? error.message : String(error)}`)
      for (const { record } of batch) resting.set(record.feedId, record.nextCheckAt)
      return
    }
    for (const { then } of batch) attempt(log, 'telling of a poll', then)
  }

  return {
    add(record, then) {
      pending.push({ record, then })
      if (pending.length >= batchSize) flush()
      else stopTimer ??= clock.setTimer(delay, flush)
    },
    postpone(feedId, until) {
      resting.set(feedId, until)
      try {
        postponeFeeds(db, [{ feedId, until }])
      } catch (error) {
        log(`a feed could not be postponed: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    isPending(feedId) {
      const until = resting.get(feedId)
      if (until !== undefined && until > clock.now()) return true
      resting.delete(feedId)
      return pending.some(one => one.record.feedId === feedId)
    },
    flush,
    close: flush,
  }
}
