/** A poller on a real store, with servers that are functions and time that passes when a test says so. */
import { afterEach, beforeEach } from 'vitest'
import type { Failure, Network, RefreshProgress, RefreshSummary } from '../../src-main/api/model.ts'
import { HostBackoffs } from '../../src-main/polling/host-backoff.ts'
import { isGone, readMemory, remember } from '../../src-main/polling/poll-memory.ts'
import { type PollEvent, Poller, type PollerDeps } from '../../src-main/polling/poller.ts'
import type { Refreshed, RefreshOptions } from '../../src-main/polling/refresh-feed.ts'
import { nextCheckAt } from '../../src-main/polling/schedule.ts'
import { feedById, insertFeed } from '../../src-main/store/feeds/feeds.ts'
import type { PollFeed } from '../../src-main/store/feeds/poll-state.ts'
import { makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { createTestTime, type TestTime } from './poller-time.ts'

/** What a refresh answers where nothing is held back. */
export const noneHeld = { recent: null, waiting: null, underWay: 0 }

export type Started = {
  feed: PollFeed
  at: number
  finish(refreshed?: Partial<Refreshed>): void
  signal: AbortSignal | undefined
}
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
  /** What windows were told of the network. */
  networks: Network[]
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
  const record = {
    feedId: feed.id,
    url: feed.url,
    checkedAt: now,
    isSuccess: !failure,
    nextCheckAt: nextCheckAt(memory, now, () => world.chance, failure),
    failure,
    memory,
  }
  return {
    record: { ...record, isGone: isGone(memory), adopt: null },
    newIds: [],
    editedIds: [],
    backoff: null,
    doubt: null,
    isParsed: false,
    icon: null,
  }
}

/** A poller on this world, where nothing else is said. */
export function makePoller(otherwise: Partial<PollerDeps> = {}): Poller {
  return new Poller({
    db: world.store.db,
    clock: world.time.clock,
    random: () => world.chance,
    backoffs: new HostBackoffs(world.store.db),
    refresh: askServer,
    emit: note,
    log: line => {
      throw new Error(line)
    },
    ...otherwise,
  })
}

function askServer(feed: PollFeed, { signal }: RefreshOptions): Promise<Refreshed | null> {
  return new Promise(resolve => {
    const answer = world.answer(feed)
    const started: Started = {
      feed,
      at: world.time.clock.now(),
      signal,
      finish(more = {}) {
        world.open.delete(started)
        resolve({ ...outcome(feed, answer === 'fine' || answer === 'later' ? null : answer), ...more })
      },
    }
    signal?.addEventListener('abort', () => {
      world.open.delete(started)
      resolve(null)
    })
    world.starts.push(started)
    world.open.add(started)
    if (answer !== 'later') started.finish()
  })
}

function note(event: PollEvent): void {
  if (event.kind === 'polled' && event.isFeedChanged) world.changed.push(event.feed.id)
  if (event.kind === 'network') world.networks.push(event.network)
  if (event.kind === 'progress') world.progress.push(event.progress)
  if (event.kind === 'finished') world.summaries.push(event.summary)
}

beforeEach(() => {
  world.store = makeStore()
  world.time = createTestTime(someNoon)
  world.starts = []
  world.open = new Set()
  world.summaries = []
  world.progress = []
  world.changed = []
  world.networks = []
  world.chance = 0
  world.answer = () => 'fine'
  world.poller = makePoller()
})
afterEach(() => {
  world.poller.close()
  world.store[Symbol.dispose]()
})

/** Promises settle; what a test holds open stays open. */
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
