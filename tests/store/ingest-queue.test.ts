/** What polls bring while the store is busy: several feeds together, as if each had come alone. */
import { expect, test } from 'vitest'
import type { ReadyArticle } from '../../src-main/feeds/parsed.ts'
import { createIngestQueue } from '../../src-main/store/articles/ingest-queue.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { asInteractive, createWriteGate, joinAsBatch, joinAsInteractive } from '../../src-main/store/db/write-gate.ts'
import { storedCounts } from '../../src-main/store/rescue/copy.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeFeed, makeStore, someNoon } from '../support/articles.ts'

function stories(feed: string, count: number): ReadyArticle[] {
  return Array.from({ length: count }, (_, index) =>
    makeArticle({ title: `${feed} ${index}`, url: `https://${feed}.example/${index}`, text: `All about ${feed}.` }),
  )
}

function makeLibrary() {
  const store = makeStore()
  const feeds = ['ferry', 'bridge', 'tunnel', 'canal'].map(name => {
    const url = `https://${name}.example/feed`
    return { name, from: { id: addFeed(store.db, url), url } }
  })
  return { store, feeds, queue: createIngestQueue(store.db), [Symbol.dispose]: () => store[Symbol.dispose]() }
}

const found = (db: Parameters<typeof searchArticles>[0], words: string) => searchArticles(db, words).length

test('feeds that come together are all stored, each under its own title, and found', async () => {
  using library = makeLibrary()
  const { feeds, queue, store } = library
  const sizes = [30, 1, 300, 40]
  const stored = await Promise.all(
    feeds.map(({ from, name }, index) =>
      queue.store(from, makeFeed(`The ${name} paper`, stories(name, sizes[index]!)), someNoon),
    ),
  )
  expect(stored.map(one => one?.newIds.length)).toEqual(sizes)
  for (const [index, { name }] of feeds.entries()) {
    expect(found(store.db, `"${name} paper"`)).toBe(sizes[index])
    expect(found(store.db, `about ${name}`)).toBe(sizes[index])
  }
})

test('what comes again together is known, and an edit is found by its new words only', async () => {
  using library = makeLibrary()
  const { feeds, queue, store } = library
  const [ferry, bridge] = feeds
  const bring = (text: string, now: number) =>
    Promise.all([
      queue.store(ferry!.from, makeFeed('Ferry', [makeArticle({ title: 'Timetable', text })]), now),
      queue.store(bridge!.from, makeFeed('Bridge', stories('bridge', 3)), now),
    ])
  await bring('Every hour.', someNoon)
  const [edited, same] = await bring('Every minute.', someNoon + 1)
  expect([edited?.editedIds.length, edited?.newIds, same?.newIds, same?.editedIds]).toEqual([1, [], [], []])
  expect([found(store.db, 'hour'), found(store.db, 'minute')]).toEqual([0, 1])
})

test('a feed that cannot be stored fails alone', async () => {
  using library = makeLibrary()
  const { feeds, queue, store } = library
  const impossible = { ...makeArticle({ title: 'Nothing' }), summary: null as unknown as string }
  const results = await Promise.allSettled(
    feeds.map(({ from, name }, index) =>
      queue.store(from, makeFeed(name, index === 1 ? [impossible] : stories(name, 2)), someNoon),
    ),
  )
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect(found(store.db, 'about')).toBe(6)
})

test('a click between two groups is written at once, and no feed is left out', async () => {
  using library = makeLibrary()
  const { feeds, queue, store } = library
  const writeGate = createWriteGate()
  joinAsBatch(store.db, writeGate, false)
  const window = openDatabase(store.file)
  joinAsInteractive(window, writeGate)
  const clicked: number[] = []
  const bring = async ({ from, name }: (typeof feeds)[number]) => {
    const stored = await queue.store(from, makeFeed(name, stories(name, 30)), someNoon)
    const newIds = stored?.newIds ?? []
    asInteractive(window, true, () => setRead(window, newIds.slice(0, 1), true))
    clicked.push(...newIds.slice(0, 1))
  }
  await Promise.all(feeds.map(bring))
  const read = store.db.prepare('SELECT id FROM articles WHERE is_read = 1 ORDER BY id').pluck().all()
  expect(read).toEqual(clicked.toSorted((a, b) => a - b))
  expect(storedCounts(store.db).articles).toBe(120)
  window.close()
})
