/** Days of polling within minutes: the real poller and store, functions in place of servers, a clock moved by hand. */
import { readdirSync, statSync } from 'node:fs'
import { HostBackoffs } from '../../src-main/polling/host-backoff.ts'
import { readMemory, remember } from '../../src-main/polling/poll-memory.ts'
import { Poller } from '../../src-main/polling/poller.ts'
import type { Refreshed } from '../../src-main/polling/refresh-feed.ts'
import { nextCheckAt } from '../../src-main/polling/schedule.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { PollFeed } from '../../src-main/store/feeds/poll-state.ts'
import { compactStep } from '../../src-main/store/search/index.ts'
import { randomFrom } from '../bench/lib-store-words.ts'
import { createTestTime } from '../polling/poller-time.ts'
import { addFeed, makeArticle, makeStore, someNoon } from './articles.ts'

const hour = 60 * 60 * 1_000

export type Day = {
  polls: number
  articles: number
  /** Timers that ran, and the most that were set at once. */
  wakes: number
  timers: number
  /** -1 where the system does not tell. */
  openFiles: number
  /** Bytes. */
  log: number
  heap: number
  /** All that is resident but V8's heap: SQLite's pages, compressed text, code. */
  besideHeap: number
  resident: number
}

/** Polls so many feeds for so many days; `told` hears of each. A feed brings an article about twice a day. */
export async function pollForDays(
  { feeds, days }: { feeds: number; days: number },
  told: (day: Day) => void = () => {},
): Promise<Day[]> {
  using store = makeStore()
  const random = randomFrom(9)
  const time = createTestTime(someNoon)
  let polls = 0
  let articles = 0
  for (let feed = 0; feed < feeds; feed++) addFeed(store.db, `https://host${feed % 400}.test/feed${feed}`)

  function refreshed(feed: PollFeed): Refreshed {
    const now = time.clock.now()
    polls++
    const fresh = random() < 0.1 ? [makeArticle({ title: `Article ${articles++}`, publishedAt: now - hour })] : []
    const { newIds } = storeArticles(store.db, feed.id, fresh, now)
    const validators = { url: feed.url, etag: '"a"', lastModified: null }
    const memory = remember(
      readMemory(feed.memory),
      { kind: 'not-modified', validators, freshSeconds: 0, movedTo: null },
      now,
    )
    const record = { feedId: feed.id, url: feed.url, checkedAt: now, isSuccess: true, failure: null, memory }
    return {
      record: { ...record, nextCheckAt: nextCheckAt(memory, now, random), isGone: false, adopt: null },
      newIds,
      editedIds: [],
      backoff: null,
      doubt: null,
      isParsed: false,
      icon: null,
    }
  }

  const poller = new Poller({
    db: store.db,
    clock: time.clock,
    random,
    backoffs: new HostBackoffs(store.db),
    refresh: async feed => refreshed(feed),
    emit: () => {},
    log: line => {
      throw new Error(line)
    },
  })
  poller.start()
  const seen: Day[] = []
  for (let day = 0; day < days; day++) {
    const before = { polls, articles, wakes: time.delays.length }
    for (let passed = 0; passed < 24; passed++) {
      await time.pass(hour, settled)
      // What the engine does while idle.
      while (compactStep(store.db));
    }
    globalThis.gc?.()
    const { heapUsed, heapTotal, rss } = process.memoryUsage()
    seen.push({
      polls: polls - before.polls,
      articles: articles - before.articles,
      wakes: time.delays.length - before.wakes,
      timers: time.timers(),
      openFiles: openFiles(),
      log: statSync(`${store.file}-wal`).size,
      heap: heapUsed,
      besideHeap: rss - heapTotal,
      resident: rss,
    })
    told(seen.at(-1)!)
  }
  poller.close()
  return seen
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
}

function openFiles(): number {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return -1
  }
}
