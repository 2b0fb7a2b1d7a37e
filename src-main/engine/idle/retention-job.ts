/** Deletes what need not be kept any longer, a little at a time while nothing else goes on. */

import type { Clock } from '../../lib/clock.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { minute } from '../../lib/time.ts'
import type { MaintenanceTasks, RetentionPlan } from '../../maintenance/protocol.ts'
import { isClockTrusted, noteClock } from '../../polling/clock-trust.ts'
import { hasRules } from '../../store/articles/retention.ts'
import { deleteArticles, forget, hasTombstones } from '../../store/articles/tombstones.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { mergeIndexStep } from '../../store/search/index.ts'
import { checkpoint, dropEmptyShard } from '../../store/search/reclaim-space.ts'
import { readSettings } from '../../store/settings.ts'

/** After the start, when there is more important work. */
const firstDelay = minute
/** After a change of the rules, which is often followed by another. */
const changeDelay = 30_000
const pause = 60 * minute
/** Nothing has come in for this long (ms). */
const quiet = 5_000
/** Between two chunks, for the clicks that come. */
const breath = 100
/** Articles in one transaction: 4 ms, 17 at most, measured with 200,000 articles; 200 were 8 and 84. */
const chunk = 100

export type RetentionParts = {
  db: WriteDb
  maintenance: Pick<MaintenanceTasks, 'planRetention'>
  clock: Clock
  log: Log
  /** After articles went: windows ask again. */
  onDeleted(count: number): void
}

/** True where there is more to do. */
type Step = () => boolean

export class RetentionJob {
  readonly #parts: RetentionParts
  #cancelTimer = () => {}
  /** What the timer waits to do; null while something is done. */
  #next: (() => void) | null = null
  /** Whether that is a chunk of a run, which waits until it is quiet. */
  #isRunning = false
  /** Plans made before a change of the rules are of no use. */
  #generation = 0
  #deleted = 0

  constructor(parts: RetentionParts) {
    this.#parts = parts
    this.#later(firstDelay, this.#start)
  }

  /** Something was stored: wait until it is quiet again. */
  readonly disturbed = (): void => {
    if (this.#isRunning && this.#next) this.#later(quiet, this.#next)
  }

  /** The rules are others now. */
  readonly changed = (): void => {
    this.#generation++
    this.#isRunning = false
    this.#tell()
    this.#later(changeDelay, this.#start)
  }

  readonly close = (): void => {
    this.#generation++
    this.#cancelTimer()
  }

  readonly #start = (): void => {
    const { db, clock } = this.#parts
    this.#isRunning = true
    this.#deleted = 0
    this.#attemptOrEnd(() => {
      noteClock(db, clock.now())
      const { retention } = readSettings(db)
      if (!hasRules(db, retention) && !hasTombstones(db)) return this.#end()
      // What was deleted before, or merged, must be given back before the size can be judged.
      if (retention.megabytes === null) void this.#plan()
      else this.#chunks(this.#tidy, () => void this.#plan())
    })
  }

  async #plan(): Promise<void> {
    const { db, maintenance, clock, log } = this.#parts
    const asked = this.#generation
    const { retention, lastArticleId: openArticleId } = readSettings(db)
    const now = clock.now()
    try {
      const isTrusted = isClockTrusted(db, now)
      const planned = await maintenance.planRetention({
        retention,
        feed: null,
        openArticleId,
        now,
        isClockTrusted: isTrusted,
      })
      if (asked === this.#generation) this.#chunks(this.#deleting(planned), this.#finish)
    } catch (error) {
      if (asked !== this.#generation) return
      log(`planning what to delete failed: ${error instanceof Error ? error.message : String(error)}`)
      this.#end()
    }
  }

  /** Does steps, one at a time, until one has nothing more to do. */
  #chunks(step: Step, then: () => void): void {
    this.#later(breath, () =>
      this.#attemptOrEnd(() => {
        if (step()) this.#chunks(step, then)
        else then()
      }),
    )
  }

  #deleting({ read, unread, forgettable }: RetentionPlan): Step {
    const { db, clock } = this.#parts
    const work = [
      ...inChunks(read, ids => deleteArticles(db, ids, true, clock.now())),
      ...inChunks(unread, ids => deleteArticles(db, ids, false, clock.now())),
      ...inChunks(forgettable, ids => {
        forget(db, ids, clock.now())
        return 0
      }),
    ].values()
    return () => {
      const { value, done } = work.next()
      if (done === true) return false
      this.#deleted += value()
      // Left to themselves, checkpoints come every 8 MB and take 70 ms.
      checkpoint(db)
      return true
    }
  }

  readonly #tidy = (): boolean => dropEmptyShard(this.#parts.db) || mergeIndexStep(this.#parts.db)

  readonly #finish = (): void => {
    const isMuch = this.#deleted > 0
    this.#tell()
    if (isMuch) this.#chunks(this.#tidy, this.#end)
    else this.#end()
  }

  #tell(): void {
    const count = this.#deleted
    this.#deleted = 0
    const { log, onDeleted } = this.#parts
    if (count > 0) attempt(log, 'telling what was deleted', () => onDeleted(count))
  }

  readonly #end = (): void => {
    this.#isRunning = false
    this.#tell()
    this.#later(pause, this.#start)
  }

  /** Where the disk fails it waits until the next time. */
  #attemptOrEnd(act: () => void): void {
    if (!attempt(this.#parts.log, 'deleting old articles', act)) this.#end()
  }

  #later(ms: number, act: () => void): void {
    this.#cancelTimer()
    this.#next = act
    this.#cancelTimer = this.#parts.clock.setTimer(ms, () => {
      this.#next = null
      act()
    })
  }
}

function inChunks<Done>(ids: number[], act: (ids: number[]) => Done): (() => Done)[] {
  const count = Math.ceil(ids.length / chunk)
  return Array.from({ length: count }, (_, index) => () => act(ids.slice(index * chunk, (index + 1) * chunk)))
}
