/** A store with its retention job, and a clock moved by hand. */
import type { Retention } from '../../src-main/api/storage-model.ts'
import { IdleWork } from '../../src-main/engine/idle/idle-work.ts'
import { addIndexMerge } from '../../src-main/engine/idle/merge-index.ts'
import { addRetention } from '../../src-main/engine/idle/retention-job.ts'
import type { ReadyArticle } from '../../src-main/feeds/parsed.ts'
import { createMaintenanceTasks } from '../../src-main/maintenance/tasks.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { createTestTime } from '../polling/poller-time.ts'
import { makeStore, someNoon } from './articles.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const noLimits: Retention = { days: null, perFeed: null, megabytes: null, includesUnread: false }

export type CleanedStore = {
  db: WriteDb
  job: { changed(): void; disturbed(): void }
  maintenance: ReturnType<typeof createMaintenanceTasks>
  /** How many articles were deleted, run by run. */
  runs: number[]
  lines: string[]
  now(): number
  pass(ms: number): Promise<void>
  /** Moves the clock by days: five at a time, as while the machine sleeps, with runs in between. */
  passDays(days: number): Promise<void>
  jump(ms: number): void
  /** Stores articles as a poll at this time does; the ids of new ones. */
  poll(feedId: number, articles: ReadyArticle[]): number[]
  setRules(retention: Partial<Retention>): void
  titles(): string[]
  [Symbol.dispose](): void
}

const settled = () => new Promise<void>(resolve => setImmediate(resolve))

export function makeCleanedStore(): CleanedStore {
  const store = makeStore()
  // Nothing here is about power cuts.
  store.db.pragma('synchronous = OFF')
  const time = createTestTime(someNoon)
  const maintenance = createMaintenanceTasks({ dataDir: store.dir })
  const runs: number[] = []
  const lines: string[] = []
  const work = new IdleWork(time.clock, line => lines.push(line))
  const indexMerge = addIndexMerge(work, store.db)
  const retention = addRetention(work, {
    db: store.db,
    maintenance,
    clock: time.clock,
    onDeleted(deleted) {
      runs.push(deleted)
      indexMerge.runIn(0)
    },
  })
  const job = { changed: retention.rulesChanged, disturbed: work.disturbed }
  return {
    db: store.db,
    job,
    maintenance,
    runs,
    lines,
    now: time.clock.now,
    pass: ms => time.pass(ms, settled),
    async passDays(days) {
      for (let left = days; left > 0; left -= 5) {
        time.jump(Math.min(left, 5) * day - 2 * hour)
        await time.pass(2 * hour, settled)
      }
    },
    jump: time.jump,
    poll: (feedId, articles) => storeArticles(store.db, feedId, articles, time.clock.now()).newIds,
    setRules(retention) {
      changeSettings(store.db, { retention: { ...noLimits, ...retention } })
      job.changed()
    },
    titles: () => store.db.prepare('SELECT title FROM articles ORDER BY title').pluck().all() as string[],
    [Symbol.dispose]() {
      work.close()
      store[Symbol.dispose]()
    },
  }
}
