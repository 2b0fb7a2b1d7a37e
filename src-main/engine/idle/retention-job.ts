/** Deletes what need not be kept any longer, a little at a time while nothing else goes on. */

import type { Clock } from '../../lib/clock.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { minute } from '../../lib/time.ts'
import type { KeeperTasks, RetentionPlan } from '../../maintenance/protocol.ts'
import { isClockTrusted, noteClock } from '../../polling/clock-trust.ts'
import { hasRules } from '../../store/articles/retention.ts'
import { deleteArticles, forget, hasTombstones } from '../../store/articles/tombstones.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { mergeIndexStep } from '../../store/search/index.ts'
import { checkpoint, dropEmptyVolume } from '../../store/search/reclaim-space.ts'
import { readSettings } from '../../store/settings.ts'

/** After the start, when there is more important work. */
const firstDelay = minute
/** After a change of the rules, which is often followed by another. */
const changeDelay = 30_000
const pause = 60 * minute
/** Nothing has come in for this long (ms). */
const quiet = 5_000
/** Between two slices, for the clicks that come. */
const breath = 100
/** Articles in one transaction: 4 ms, 17 at most, measured with 200,000 articles; 200 were 8 and 84. */
const slice = 100

export type Cleaner = {
  /** Something was stored: wait until it is quiet again. */
  disturbed(): void
  /** The rules are others now. */
  changed(): void
  close(): void
}

export type CleanerOptions = {
  db: WriteDb
  keeper: Pick<KeeperTasks, 'planRetention'>
  clock: Clock
  log: Log
  /** After articles went: windows ask again. */
  onCleaned(deleted: number): void
}

type Step = () => boolean

export function createCleaner({ db, keeper, clock, log, onCleaned }: CleanerOptions): Cleaner {
  let cancelTimer = () => {}
  /** What the timer waits to do; null while something is done. */
  let next: (() => void) | null = null
  /** Whether that is a slice of a run, which waits until it is quiet. */
  let isRunning = false
  /** Plans made before a change of the rules are of no use. */
  let generation = 0
  let deleted = 0

  function later(ms: number, act: () => void): void {
    cancelTimer()
    next = act
    cancelTimer = clock.setTimer(ms, () => {
      next = null
      act()
    })
  }

  function start(): void {
    isRunning = true
    deleted = 0
    attemptOrEnd(() => {
      noteClock(db, clock.now())
      const { retention } = readSettings(db)
      if (!hasRules(db, retention) && !hasTombstones(db)) return end()
      // What was deleted before, or merged, must be given back before the size can be judged.
      if (retention.megabytes === null) void plan()
      else slices(tidy, plan)
    })
  }

  async function plan(): Promise<void> {
    const asked = generation
    const { retention, lastArticleId } = readSettings(db)
    const now = clock.now()
    const question = {
      retention,
      feed: null,
      openArticleId: lastArticleId,
      now,
      isClockTrusted: isClockTrusted(db, now),
    }
    try {
      const planned = await keeper.planRetention(question)
      if (asked === generation) slices(cleaning(planned), finish)
    } catch (error) {
      if (asked !== generation) return
      log(`planning what to delete failed: ${error instanceof Error ? error.message : String(error)}`)
      end()
    }
  }

  /** Does slices until one has nothing more to do. */
  function slices(step: Step, then: () => void): void {
    later(breath, () =>
      attemptOrEnd(() => {
        if (step()) slices(step, then)
        else then()
      }),
    )
  }

  function cleaning({ read, unread, forgettable }: RetentionPlan): Step {
    const work = [
      ...inSlices(read, ids => deleteArticles(db, ids, true, clock.now())),
      ...inSlices(unread, ids => deleteArticles(db, ids, false, clock.now())),
      ...inSlices(forgettable, ids => {
        forget(db, ids, clock.now())
        return 0
      }),
    ].values()
    return () => {
      const { value, done } = work.next()
      if (done === true) return false
      deleted += value()
      // Left to themselves, checkpoints come every 8 MB and take 70 ms.
      checkpoint(db)
      return true
    }
  }

  function tidy(): boolean {
    return dropEmptyVolume(db) || mergeIndexStep(db)
  }

  function finish(): void {
    const isMuch = deleted > 0
    tell()
    if (isMuch) slices(tidy, end)
    else end()
  }

  function tell(): void {
    const count = deleted
    deleted = 0
    if (count > 0) attempt(log, 'telling what was deleted', () => onCleaned(count))
  }

  function end(): void {
    isRunning = false
    tell()
    later(pause, start)
  }

  /** Where the disk fails it waits until the next time. */
  function attemptOrEnd(act: () => void): void {
    if (!attempt(log, 'deleting old articles', act)) end()
  }

  later(firstDelay, start)
  return {
    disturbed() {
      if (isRunning && next) later(quiet, next)
    },
    changed() {
      generation++
      isRunning = false
      tell()
      later(changeDelay, start)
    },
    close() {
      generation++
      cancelTimer()
    },
  }
}

function inSlices<Done>(ids: number[], act: (ids: number[]) => Done): (() => Done)[] {
  const count = Math.ceil(ids.length / slice)
  return Array.from({ length: count }, (_, index) => () => act(ids.slice(index * slice, (index + 1) * slice)))
}
