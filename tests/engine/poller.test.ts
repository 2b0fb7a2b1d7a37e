import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Failure, RefreshProgress, RefreshSummary } from '../../src-main/api/model.ts'
import { emptyMemory, isGone, readMemory, remember } from '../../src-main/engine/feeds/poll-memory.ts'
import { createPoller, type Poller } from '../../src-main/engine/feeds/poller.ts'
import type { Refreshed } from '../../src-main/engine/feeds/refresh.ts'
import { nextCheckAt, retrySoonAt } from '../../src-main/engine/feeds/schedule.ts'
import { feedById, insertFeed } from '../../src-main/engine/store/feeds.ts'
import type { PollFeed } from '../../src-main/engine/store/polls.ts'
import { makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { createTestTime, type TestTime } from './poller-time.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

type Started = { feed: PollFeed; at: number; finish(refreshed?: Partial<Refreshed>): void; signal: AbortSignal }
let store: TestStore
let time: TestTime
let poller: Poller
let starts: Started[]
let open: Set<Started>
let answer: (feed: PollFeed) => Failure | 'fine' | 'later'
let summaries: RefreshSummary[]
let progress: RefreshProgress[]
let changed: number[]
let chance: number

function outcome(feed: PollFeed, failure: Failure | null): Refreshed {
  const now = time.clock.now()
  const validators = { url: feed.url, etag: '"a"', lastModified: null }
  const memory = remember(
    readMemory(feed.memory),
    failure ? { kind: 'failed', failure } : { kind: 'not-modified', validators, freshSeconds: 0, movedTo: null },
    now,
  )
  const isOurs = failure?.reason === 'dns'
  const next = isOurs ? retrySoonAt(now, () => chance) : nextCheckAt(memory, now, () => chance)
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

function makePoller(): Poller {
  return createPoller({
    db: store.db,
    clock: time.clock,
    random: () => chance,
    refresh: (feed, signal) =>
      new Promise(resolve => {
        const said = answer(feed)
        const started: Started = {
          feed,
          at: time.clock.now(),
          signal,
          finish(more = {}) {
            open.delete(started)
            resolve({ ...outcome(feed, said === 'fine' || said === 'later' ? null : said), ...more })
          },
        }
        signal.addEventListener('abort', () => {
          open.delete(started)
          resolve({ ...outcome(feed, null), record: null })
        })
        starts.push(started)
        open.add(started)
        if (said !== 'later') started.finish()
      }),
    onRefreshed: () => {},
    onFeedChanged: id => changed.push(id),
    onProgress: now => progress.push(now),
    onFinished: summary => summaries.push(summary),
    log: line => {
      throw new Error(line)
    },
  })
}

beforeEach(() => {
  store = makeStore()
  time = createTestTime(someNoon)
  starts = []
  open = new Set()
  summaries = []
  progress = []
  changed = []
  chance = 0
  answer = () => 'fine'
  poller = makePoller()
})
afterEach(async () => {
  await poller.close()
  store[Symbol.dispose]()
})

/** Promises settle; what a test holds open stays open. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}
const pass = (ms: number) => time.pass(ms, settled)

function follow(url: string, { dueIn = 0, privateHost = null as string | null } = {}): number {
  const nextCheckAt = time.clock.now() + dueIn
  const feed = { url, title: url, customTitle: null, siteUrl: null, folderId: null, privateHost, nextCheckAt }
  return insertFeed(store.db, feed, time.clock.now()).feedId
}

function followMany(count: number, address: (index: number) => string, more = {}): number[] {
  return Array.from({ length: count }, (_, index) => follow(address(index), more))
}

function isChecked(feedId: number): boolean {
  return feedById(store.db, feedId)?.lastCheckedAt !== null
}

describe('who is asked when', () => {
  test('what is due is asked, and again an hour later, and nothing in between', async () => {
    const id = follow('https://a.test/feed')
    poller.start()
    await pass(3 * hour + minute)
    expect(starts.map(start => start.at - someNoon)).toEqual(
      [0, hour, 2 * hour, 3 * hour].map(at => expect.closeTo(at, -4)),
    )
    expect(feedById(store.db, id)?.nextCheckAt).toBeGreaterThan(time.clock.now())
  })

  test('nothing is polled before it is started, but what the user asks for is refreshed', async () => {
    const id = follow('https://a.test/feed')
    follow('https://b.test/feed')
    await pass(hour)
    expect(starts).toEqual([])
    expect(poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, heldBack: 0 })
    await pass(second)
    expect(starts.map(start => start.feed.id)).toEqual([id])
  })

  test('paused and unsubscribed feeds are left alone, also when that happens while they wait', async () => {
    const [paused, removed, waiting] = followMany(3, index => `https://a.test/${index}`)
    store.db.prepare("UPDATE feeds SET paused = 'by-user' WHERE id = ?").run(paused)
    store.db.prepare('UPDATE feeds SET removed_at = 1 WHERE id = ?').run(removed)
    chance = 0.9
    store.db.prepare('UPDATE feeds SET last_checked_at = 1').run()
    poller.start()
    store.db.prepare("UPDATE feeds SET paused = 'by-user' WHERE id = ?").run(waiting)
    poller.wake()
    await pass(2 * hour)
    expect(starts).toEqual([])
  })

  test('one timer waits, a minute at most and a second at least', async () => {
    followMany(20, index => `https://a.test/${index}`, { dueIn: 10 * second })
    poller.start()
    expect(time.timers()).toBe(1)
    await pass(hour)
    expect(time.timers()).toBe(1)
    // Besides the one that gathers what is to be written.
    const waits = time.delays.filter(ms => ms !== 25)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(second)
    expect(Math.max(...waits)).toBeLessThanOrEqual(minute)
  })
})

describe('how many at once', () => {
  test('two per host, sixteen in all', async () => {
    answer = () => 'later'
    for (let host = 0; host < 12; host++) followMany(3, index => `https://host${host}.test/${index}`)
    poller.start()
    await pass(10 * second)
    expect(open.size).toBe(16)
    const perHost = Map.groupBy(open, start => new URL(start.feed.url).host)
    expect(Math.max(...[...perHost.values()].map(list => list.length))).toBe(2)
  })

  test('a second between two starts on a host, a minute where that is wanted', async () => {
    followMany(5, index => `https://a.test/${index}`)
    followMany(3, index => `https://www.reddit.com/r/${index}/.rss`)
    poller.start()
    await pass(5 * minute)
    const gaps = (host: string) => {
      const at = starts.filter(start => new URL(start.feed.url).host === host).map(start => start.at)
      return at.slice(1).map((one, index) => one - at[index]!)
    }
    expect(Math.min(...gaps('a.test'))).toBeGreaterThanOrEqual(second)
    expect(Math.min(...gaps('www.reddit.com'))).toBeGreaterThanOrEqual(minute)
    expect(starts.length).toBe(8)
  })

  test('a host with many feeds does not keep the others waiting', async () => {
    followMany(50, index => `https://big.test/${index}`)
    const small = follow('https://small.test/feed')
    poller.start()
    await pass(second)
    expect(isChecked(small)).toBe(true)
  })

  test("what the user refreshes on the own machine isn't spaced", async () => {
    const ids = followMany(100, index => `http://127.0.0.1:8080/${index}`, {
      privateHost: '127.0.0.1:8080',
      dueIn: hour,
    })
    poller.refresh({ feedIds: ids, isForced: false })
    await pass(0)
    expect(starts.length).toBe(100)
    expect(starts.every(start => start.at === someNoon)).toBe(true)
  })

  test('a public host stays spaced, even if it was allowed to be private', async () => {
    const ids = followMany(5, index => `https://a.test/${index}`, { privateHost: 'a.test:443', dueIn: hour })
    poller.refresh({ feedIds: ids, isForced: true })
    await pass(0)
    expect(starts.length).toBe(1)
  })
})

describe('after start, sleep and set clocks', () => {
  const checkedLongAgo = () => store.db.prepare('UPDATE feeds SET last_checked_at = ?').run(someNoon - day)

  test('overdue feeds are spread over five minutes; one never asked is asked at once', async () => {
    const ids = followMany(60, index => `https://host${index}.test/feed`)
    checkedLongAgo()
    const fresh = follow('https://fresh.test/feed')
    let turn = 0
    const spreading = createPollerWith(() => (turn++ % 60) / 60)
    spreading.start()
    await pass(0)
    expect(starts.map(start => start.feed.id)).toContain(fresh)
    expect(starts.length).toBeLessThan(10)
    await pass(2.5 * minute)
    expect(starts.length).toBeGreaterThan(20)
    expect(starts.length).toBeLessThan(45)
    await pass(2.5 * minute + second)
    expect(new Set(starts.map(start => start.feed.id)).size).toBe(ids.length + 1)
    await spreading.close()
  })

  test('after a night of sleep every feed is asked once, spread', async () => {
    followMany(30, index => `https://host${index}.test/feed`)
    poller.start()
    await pass(minute)
    starts.length = 0
    chance = 0.5
    time.jump(8 * hour)
    await pass(minute)
    expect(starts).toEqual([])
    await pass(4 * minute)
    expect(starts.length).toBe(30)
  })

  test.each([
    ['a day forward', day],
    ['ten years forward', 3_650 * day],
    ['a day back', -day],
    ['to 1970', -someNoon + hour],
  ])('a clock set %s makes no storm, and once right again nothing sleeps for long', async (_name, shift) => {
    followMany(10, index => `https://host${index}.test/feed`)
    poller.start()
    await pass(minute)
    starts.length = 0
    time.jump(shift)
    await pass(50 * minute)
    expect(starts.length).toBeLessThanOrEqual(10)
    time.jump(-shift)
    starts.length = 0
    await pass(day)
    expect(new Set(starts.map(start => start.feed.id)).size).toBe(10)
    expect(starts.length).toBeLessThanOrEqual(10 * 25)
  })

  function createPollerWith(random: () => number): Poller {
    return createPoller({
      db: store.db,
      clock: time.clock,
      random,
      refresh: async (feed, signal) => {
        starts.push({ feed, at: time.clock.now(), signal, finish: () => {} })
        return outcome(feed, null)
      },
      onRefreshed: () => {},
      onFeedChanged: () => {},
      onProgress: () => {},
      onFinished: () => {},
      log: () => {},
    })
  }
})

describe('when nobody answers', () => {
  const dead: Failure = { reason: 'dns', host: 'x' }

  test('for a day: no feed is blamed, and the first is refreshed within a minute of the return', async () => {
    const ids = followMany(20, index => `https://host${index}.test/feed`)
    poller.start()
    await pass(minute)
    answer = () => dead
    await pass(day)
    expect(poller.isOffline()).toBe(true)
    expect(ids.map(id => feedById(store.db, id)?.failure)).toEqual(ids.map(() => null))
    expect(changed).toEqual([])
    answer = () => 'fine'
    starts.length = 0
    await pass(minute)
    expect(poller.isOffline()).toBe(false)
    expect(starts.length).toBe(20)
    expect(new Set(starts.map(start => start.feed.id)).size).toBe(20)
  })

  test('at one host while the others do: that feed is blamed', async () => {
    const ids = followMany(5, index => `https://host${index}.test/feed`)
    answer = feed => (feed.id === ids[0] ? dead : 'fine')
    poller.start()
    await pass(minute)
    expect(feedById(store.db, ids[0]!)?.failure).toEqual(dead)
    expect(feedById(store.db, ids[1]!)?.failure).toBe(null)
    expect(poller.isOffline()).toBe(false)
  })

  test('and there is only one host to ask, that feed says so', async () => {
    const id = follow('https://only.test/feed')
    answer = () => dead
    poller.start()
    await pass(minute)
    expect(feedById(store.db, id)?.failure).toEqual(dead)
  })

  test('the summary of a refresh says offline, and the feeds are not marked', async () => {
    const ids = followMany(10, index => `https://host${index}.test/feed`, { dueIn: hour })
    answer = () => dead
    poller.refresh({ feedIds: ids, isForced: false })
    await pass(minute)
    expect(summaries[0]?.failed.map(one => one.failure)).toEqual(ids.map(() => ({ reason: 'offline' })))
    expect(ids.some(isChecked)).toBe(false)
  })
})

describe('a host that asks us to stay away', () => {
  test('is left alone with all its feeds, also by the user, also after a restart', async () => {
    const ids = followMany(4, index => `https://a.test/${index}`, { dueIn: minute })
    answer = () => 'later'
    poller.start()
    await pass(minute + second)
    const until = time.clock.now() + 4 * hour
    for (const start of [...open]) start.finish({ hold: { host: 'a.test', until } })
    answer = () => 'fine'
    await settled()
    const asked = starts.length
    expect(asked).toBeLessThanOrEqual(2)
    await pass(hour)
    expect(starts.length).toBe(asked)
    expect(poller.refresh({ feedIds: ids, isForced: false })).toEqual({ total: 0, heldBack: 4 })
    expect(poller.refresh({ feedIds: ids, isForced: true })).toEqual({ total: 0, heldBack: 4 })
    await poller.close()
    poller = makePoller()
    poller.start()
    await pass(2 * hour)
    expect(starts.length).toBe(asked)
    await pass(hour + 10 * minute)
    expect(starts.length).toBeGreaterThanOrEqual(asked + 4)
  })
})

describe('a refresh the user asks for', () => {
  test('is counted, finished and summed up', async () => {
    const ids = followMany(5, index => `https://host${index}.test/feed`, { dueIn: hour })
    answer = feed => (feed.id === ids[2] ? { reason: 'http', status: 500 } : 'later')
    expect(poller.refresh({ feedIds: ids, isForced: false })).toEqual({ total: 5, heldBack: 0 })
    expect(progress.at(-1)).toEqual({ isRunning: true, done: 0, total: 5, failed: 0, newArticles: 0 })
    await settled()
    const [first, ...others] = [...open]
    first?.finish({ newIds: [1, 2], isRead: true })
    for (const other of others) other.finish()
    await pass(second)
    expect(progress.at(-1)).toEqual({ isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 })
    expect(summaries).toEqual([
      {
        feeds: 5,
        updated: 1,
        unchanged: 3,
        failed: [{ feedId: ids[2], title: 'https://host2.test/feed', failure: { reason: 'http', status: 500 } }],
        newArticles: 2,
        wasCancelled: false,
      },
    ])
    expect(ids.every(isChecked)).toBe(true)
  })

  test('comes no closer than five minutes to the last poll, unless forced or never checked', async () => {
    const id = follow('https://a.test/feed')
    poller.start()
    await pass(4 * minute)
    expect(poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 0, heldBack: 1 })
    expect(poller.refresh({ feedIds: [id], isForced: true })).toEqual({ total: 1, heldBack: 0 })
    await pass(5 * minute)
    expect(poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, heldBack: 0 })
  })

  test('can be cancelled: what is under way ends, what waits stays due, nothing is recorded', async () => {
    const ids = followMany(30, index => `https://host${index}.test/feed`, { dueIn: hour })
    answer = () => 'later'
    poller.refresh({ feedIds: ids, isForced: false })
    await settled()
    const [done] = [...open]
    done?.finish()
    await settled()
    poller.cancel()
    await pass(second)
    expect(open.size).toBe(0)
    expect(summaries).toEqual([expect.objectContaining({ feeds: 1, wasCancelled: true, failed: [] })])
    expect(ids.filter(isChecked)).toEqual([done?.feed.id])
    expect(poller.isIdle()).toBe(true)
  })

  test('joins a poll that is under way', async () => {
    const id = follow('https://a.test/feed')
    answer = () => 'later'
    poller.start()
    await settled()
    expect(poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, heldBack: 0 })
    for (const start of [...open]) start.finish()
    await pass(second)
    expect(starts.length).toBe(1)
    expect(summaries.length).toBe(1)
  })
})

test('a thousand feeds that have nothing new are recorded in few transactions', async () => {
  const ids = followMany(1_000, index => `http://127.0.0.1:1/${index}`, { privateHost: '127.0.0.1:1', dueIn: hour })
  let transactions = 0
  const { db } = store
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') transactions++
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const counting = createPoller({
    db: counted,
    clock: time.clock,
    random: () => 0,
    refresh: async feed => outcome(feed, null),
    onRefreshed: () => {},
    onFeedChanged: () => {},
    onProgress: () => {},
    onFinished: summary => summaries.push(summary),
    log: () => {},
  })
  counting.refresh({ feedIds: ids, isForced: false })
  await expect.poll(() => summaries.length).toBe(1)
  expect(summaries[0]).toMatchObject({ feeds: 1_000, unchanged: 1_000 })
  expect(transactions).toBeLessThanOrEqual(25)
  expect(readMemory(emptyMemoryOf(ids[0]!))).toMatchObject({ ...emptyMemory, validators: { etag: '"a"' } })
  await counting.close()
})

function emptyMemoryOf(feedId: number): string {
  return store.db.prepare<[number], string>('SELECT poll_memory FROM feeds WHERE id = ?').pluck().get(feedId) ?? ''
}
