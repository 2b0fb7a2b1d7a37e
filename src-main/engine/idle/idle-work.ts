/**
 * Background work of the engine's thread: jobs in one order, run a step of some ms at a time, so that no click waits for more
 * than one step.
 */
import type { Clock } from '../../lib/clock.ts'
import { type Log, stackOf } from '../../lib/log.ts'

/** No article has been stored for this long (ms). */
const quietAfter = 5_000
/** Between two steps (ms), for the calls that come in. */
const pause = 100

export type Job = {
  /** What the log calls it where it fails. */
  name: string
  /** Ms until the first run; without it there is none before `runIn`. */
  firstAfter?: number
  /** Ms from the end of a run, failed or not, to the next; without it there is none before `runIn`. */
  repeatAfter?: number
  /** No step of it is run while articles are being stored. */
  waitsForQuiet: boolean
  /** All of it at once, or in steps: a generator is resumed when it is this job's turn again. */
  run(): void | Promise<void> | AsyncGenerator<void>
}

export type ScheduledJob = {
  /** Runs it after so many ms, in place of when it would have run. A run under way is abandoned at its next `yield`. */
  runIn(ms: number): void
}

type Scheduled = {
  job: Job
  isDue: boolean
  cancelTimer(): void
  /** The run under way. */
  current: AsyncGenerator<void> | null
}

export class IdleWork {
  readonly #clock: Pick<Clock, 'setTimer'>
  readonly #log: Log
  readonly #jobs: Scheduled[] = []
  #isQuiet = true
  #isPausing = false
  #cancelQuiet = () => {}

  constructor(clock: Pick<Clock, 'setTimer'>, log: Log) {
    this.#clock = clock
    this.#log = log
  }

  /** Of several jobs that are due, the one that was added first has its step. */
  add(job: Job): ScheduledJob {
    const scheduled: Scheduled = { job, isDue: false, cancelTimer: () => {}, current: null }
    this.#jobs.push(scheduled)
    if (job.firstAfter !== undefined) this.#dueIn(scheduled, job.firstAfter)
    return {
      runIn: ms => {
        const { current } = scheduled
        scheduled.current = null
        current?.return(undefined).catch(error => this.#log(`${job.name} failed: ${stackOf(error)}`))
        this.#dueIn(scheduled, ms)
      },
    }
  }

  /** Articles were stored: jobs that wait for quiet wait anew. */
  readonly disturbed = (): void => {
    this.#isQuiet = false
    this.#cancelQuiet()
    this.#cancelQuiet = this.#clock.setTimer(quietAfter, () => {
      this.#isQuiet = true
      this.#runNext()
    })
  }

  /** Starts no further step. */
  close(): void {
    for (const scheduled of this.#jobs.splice(0)) scheduled.current = null
  }

  #dueIn(scheduled: Scheduled, ms: number): void {
    scheduled.isDue = false
    scheduled.cancelTimer()
    scheduled.cancelTimer = this.#clock.setTimer(ms, () => {
      scheduled.isDue = true
      this.#runNext()
    })
  }

  #runNext(): void {
    if (this.#isPausing) return
    const next = this.#jobs.find(({ job, isDue }) => isDue && (this.#isQuiet || !job.waitsForQuiet))
    if (!next) return
    next.isDue = false
    this.#isPausing = true
    this.#clock.setTimer(pause, () => {
      this.#isPausing = false
      this.#runNext()
    })
    void this.#runStep(next)
  }

  /** While a step waits for another thread, other jobs go on. */
  async #runStep(scheduled: Scheduled): Promise<void> {
    const { job } = scheduled
    scheduled.current ??= stepsOf(job)
    const { current } = scheduled
    const outcome = await current.next().catch((error: unknown) => ({ done: true, error }))
    // Abandoned, or closed, meanwhile.
    if (scheduled.current !== current) return
    if ('error' in outcome) this.#log(`${job.name} failed: ${stackOf(outcome.error)}`)
    if (!outcome.done) {
      scheduled.isDue = true
      this.#runNext()
      return
    }
    scheduled.current = null
    if (job.repeatAfter !== undefined) this.#dueIn(scheduled, job.repeatAfter)
  }
}

async function* stepsOf(job: Job): AsyncGenerator<void> {
  const running = job.run()
  if (running && Symbol.asyncIterator in running) yield* running
  else await running
}
