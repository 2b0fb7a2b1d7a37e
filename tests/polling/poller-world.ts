/** A poller on a real store, with servers that are functions and time that passes when a test says so. */
import { afterEach, beforeEach } from 'vitest'
import type { Failure, RefreshProgress, RefreshSummary } from '../../src-main/api/model.ts'
import { isGone, readMemory, remember } from '../../src-main/polling/poll-memory.ts'
import { createPoller, type Poller } from '../../src-main/polling/poller.ts'
import type { Refreshed } from '../../src-main/polling/refresh-feed.ts'
import { nextCheckAt, retrySoonAt } from '../../src-main/polling/schedule.ts'
import { feedById, insertFeed } from '../../src-main/store/feeds/feeds.ts'
import type { PollFeed } from '../../src-main/store/feeds/poll-state.ts'
import { makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { createTestTime, type TestTime } from './poller-time.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** What a refresh answers where nothing is held back. */
export const noneHeld = { recent: null, waiting: null, underWay: 0 }

export type Started = { feed: PollFeed; at: number; finish(refreshed?: Partial<Refreshed>): void; signal: AbortSignal }
type World = {
  store: TestStore
  time: TestTime
  poller: Poller
  starts: Started[]
  /** Requests that a test holds open. */
  open: Set<Started>
  /** What each feed's server says. */
  answer: (feed: PollFeed) => Failure | 'fine' | 'later'
  summaries: RefreshSummary[]
  progress: RefreshProgress[]
  changed: number[]
  /** What 'random' answers. */
  chance: number
}

/** Made anew for every test. */
export const world = {} as World

export function outcome(feed: PollFeed, failure: Failure | null): Refreshed {
  const now = world.time.clock.now()
  const validators = { url: feed.url, etag: '"a"', lastModified: null }
  const memory = remember(
    readMemory(feed.memory),
    failure ? { kind: 'failed', failure } : { kind: 'not-modified', validators, freshSeconds: 0, movedTo: null },
    now,
  )
  const isOurs = failure?.reason === 'dns'
  const next = isOurs ? retrySoonAt(now, () => world.chance) : nextCheckAt(memory, now, () => world.chance)
  const record = {
    feedId: feed.id,
    url: feed.url,
    checkedAt: now,
    isSuccess: !failure,
    nextCheckAt: next,
    failure,
    memory,
  }
  return {
    record: { ...record, isGone: isGone(memory), adopt: null },
    newIds: [],
    editedIds: [],
    hold: null,
    isRead: false,
    icon: null,
  }
}

export function makePoller(): Poller {
  return createPoller({
    db: world.store.db,
    clock: world.time.clock,
    random: () => world.chance,
    refresh: (feed, signal) =>
      new Promise(resolve => {
        const said = world.answer(feed)
        const started: Started = {
          feed,
          at: world.time.clock.now(),
          signal,
          finish(more = {}) {
            world.open.delete(started)
            resolve({ ...outcome(feed, said === 'fine' || said === 'later' ? null : said), ...more })
          },
        }
        signal.addEventListener('abort', () => {
          world.open.delete(started)
          resolve({ ...outcome(feed, null), record: null })
        })
        world.starts.push(started)
        world.open.add(started)
        if (said !== 'later') started.finish()
      }),
    onRefreshed: () => {},
    onFeedChanged: id => world.changed.push(id),
    onProgress: now => world.progress.push(now),
    onFinished: summary => world.summaries.push(summary),
    log: line => {
      throw new Error(line)
    },
  })
}

beforeEach(() => {
  world.store = makeStore()
  world.time = createTestTime(someNoon)
  world.starts = []
  world.open = new Set()
  world.summaries = []
  world.progress = []
  world.changed = []
  world.chance = 0
  world.answer = () => 'fine'
  world.poller = makePoller()
})
afterEach(async () => {
  await world.poller.close()
  world.store[Symbol.dispose]()
})

/** Promises settle; what a test holds world.open stays world.open. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}
export const pass = (ms: number) => world.time.pass(ms, settled)

export function follow(url: string, { dueIn = 0, privateHost = null as string | null } = {}): number {
  const nextCheckAt = world.time.clock.now() + dueIn
  const feed = { url, title: url, customTitle: null, siteUrl: null, folderId: null, privateHost, nextCheckAt }
  return insertFeed(world.store.db, feed, world.time.clock.now()).feedId
}

export function followMany(count: number, address: (index: number) => string, more = {}): number[] {
  return Array.from({ length: count }, (_, index) => follow(address(index), more))
}

export function isChecked(feedId: number): boolean {
  return feedById(world.store.db, feedId)?.lastCheckedAt !== null
}
