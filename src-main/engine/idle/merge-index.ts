/** Tidies the text index in small steps while nothing comes in, so that no click waits for it. */
import type { Clock } from '../../lib/clock.ts'
import { attempt, type Log } from '../../lib/log.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { mergeIndexStep } from '../../store/search/index.ts'

/** Nothing has come in for this long (ms). */
const quiet = 5_000
/** Between two steps, for the clicks that come. */
const pause = 100

export type IndexMerge = {
  /** Something was stored: wait until it is quiet again. */
  disturbed: () => void
  close(): void
}

export function createIndexMerge(db: WriteDb, clock: Clock, log: Log): IndexMerge {
  let cancel = () => {}

  function later(delay: number): void {
    cancel()
    cancel = clock.setTimer(delay, step)
  }

  function step(): void {
    // Where it fails it waits until something has been stored again.
    attempt(log, 'tidying the index', () => {
      if (mergeIndexStep(db)) later(pause)
    })
  }

  return {
    disturbed: () => later(quiet),
    close: () => cancel(),
  }
}
