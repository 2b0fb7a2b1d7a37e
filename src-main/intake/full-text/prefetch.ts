/**
 * Fetches full texts before they are read, for the feeds that are read with them always: the newest unread articles first, one
 * at a time, within a budget for each day. What is read already is not fetched.
 */
import { isConnectivity } from '../../http/network.ts'
import type { Clock } from '../../lib/clock.ts'
import { type Log, stackOf } from '../../lib/log.ts'
import { minute, second, todayStart } from '../../lib/time.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { asBatch } from '../../store/db/write-gate.ts'
import { nextToPrefetch } from '../../store/full-texts/wanted.ts'
import { feedsRead } from '../../store/reading.ts'
import type { FullTextOutcome } from './full-texts.ts'

/** More than most people read in a day; what lies beyond is fetched when it is opened. */
const pagesPerDay = 200
/** The pages of news sites are some 100 to 300 kB: this is reached by the largest alone. */
const bytesPerDay = 50_000_000
/** Between two pages (ms): nobody waits for these, and most are of one server. */
const spacing = 2 * second
/** After articles came: more may be on their way. */
const startDelay = 5 * second
/** Looked at again: another day has begun, the network is back, or the settings have changed. */
const lookEvery = 10 * minute
/** So many pages in a row that could not be reached: it is the network. */
const missesWhenOffline = 3

export type PrefetchDeps = {
  db: WriteDb
  clock: Clock
  log: Log
  signal: AbortSignal
  fetch(articleId: number): Promise<FullTextOutcome>
  onStored(articleId: number): void
}

export class Prefetch {
  readonly #deps: PrefetchDeps
  /** Not to be reached in this run of the program. */
  readonly #skipped = new Set<number>()
  #isStarted = false
  #isPaused = false
  #running: Promise<void> | null = null
  #cancelTimer = () => {}

  constructor(deps: PrefetchDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#isStarted = true
    this.wake()
  }

  /** New articles are there. */
  wake(): void {
    this.#lookIn(startDelay)
  }

  /** While it is paused, no further page is asked for: the articles that the user waits for come first. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused
    if (!isPaused) this.wake()
  }

  async close(): Promise<void> {
    this.#cancelTimer()
    await this.#running
  }

  #lookIn(ms: number): void {
    if (!this.#isStarted || this.#running || this.#deps.signal.aborted) return
    this.#cancelTimer()
    this.#cancelTimer = this.#deps.clock.setTimer(ms, () => {
      this.#running = this.#run().finally(() => {
        this.#running = null
        this.#lookIn(lookEvery)
      })
    })
  }

  /** Until nothing is left to fetch, the budget is spent, or something is in the way. Never rejects. */
  async #run(): Promise<void> {
    try {
      for (let misses = 0; misses < missesWhenOffline; ) {
        const articleId = this.#next()
        if (articleId === null) return
        const outcome = await this.#deps.fetch(articleId)
        misses = this.#took(articleId, outcome) ? 0 : misses + 1
        await this.#pause()
      }
    } catch (error) {
      // The disk; the next look tries again.
      if (!this.#deps.signal.aborted) this.#deps.log(`fetching full texts failed: ${stackOf(error)}`)
    }
  }

  #next(): number | null {
    const { db, clock, signal } = this.#deps
    if (this.#isPaused || signal.aborted) return null
    const { pages, bytes } = this.#used()
    if (pages >= pagesPerDay || bytes >= bytesPerDay) return null
    return nextToPrefetch(db, feedsRead(db, 'fullText', 'always'), clock.now(), this.#skipped)
  }

  /** False where the page could not be reached. */
  #took(articleId: number, outcome: FullTextOutcome): boolean {
    const { db, clock, onStored } = this.#deps
    if (outcome.kind === 'gone') return true
    if (outcome.kind === 'failed' && isConnectivity(outcome.failure)) {
      this.#skipped.add(articleId)
      return false
    }
    const { pages, bytes } = this.#used()
    const day = todayStart(clock.now())
    asBatch(db, () => writeMeta(db, 'prefetched', { day, pages: pages + 1, bytes: bytes + outcome.bytes }))
    if (outcome.kind === 'stored') onStored(articleId)
    return true
  }

  #used(): { pages: number; bytes: number } {
    const { db, clock } = this.#deps
    const used = readMeta(db, 'prefetched')
    return used?.day === todayStart(clock.now()) ? used : { pages: 0, bytes: 0 }
  }

  #pause(): Promise<void> {
    const { clock, signal } = this.#deps
    return new Promise(resolve => {
      const cancel = clock.setTimer(spacing, resolve)
      const stop = () => {
        cancel()
        resolve()
      }
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
  }
}
