import { once } from 'node:events'
import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import {
  asBatch,
  asInteractive,
  createWriteGate,
  joinAsBatch,
  joinAsInteractive,
} from '../../src-main/store/db/write-gate.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('clicks are written between two batches of a large feed, without gaps made for them', async () => {
  using store = makeStore()
  const clicked = addFeed(store.db, 'https://a.example/feed')
  const [id = 0] = storeArticles(store.db, clicked, [makeArticle()], someNoon).newIds
  const writeGate = createWriteGate()
  joinAsInteractive(store.db, writeGate)
  const feedId = addFeed(store.db, 'https://b.example/feed')
  const workerData = { file: store.file, feedId, count: 1_500, writeGate }
  const worker = new Worker(new URL('../support/storing-worker.ts', import.meta.url), { workerData })
  await once(worker, 'message')
  let isDone = false
  const done = once(worker, 'message').then(() => {
    isDone = true
  })
  const waits: number[] = []
  const begun = performance.now()
  for (let isRead = true; !isDone; isRead = !isRead) {
    const started = performance.now()
    asInteractive(store.db, true, () => setRead(store.db, [id], isRead))
    waits.push(performance.now() - started)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  await done
  const took = performance.now() - begun
  await worker.terminate()
  expect(waits.length).toBeGreaterThan(10)
  // Each waits for one batch of sixty; without the gate a single one waited for many.
  expect(Math.max(...waits)).toBeLessThan(took / 2)
}, 30_000)

test('a window that never answers does not stop the refresh', () => {
  using store = makeStore()
  const writeGate = createWriteGate()
  joinAsBatch(store.db, writeGate, false)
  Atomics.add(writeGate, 0, 1)
  expect(asBatch(store.db, () => 'stored')).toBe('stored')
})

test('a batch within a batch is part of it', () => {
  using store = makeStore()
  const writeGate = createWriteGate()
  joinAsBatch(store.db, writeGate, false)
  const seen = asBatch(store.db, () => [
    asBatch(store.db, () => Atomics.load(writeGate, 1)),
    Atomics.load(writeGate, 1),
  ])
  expect([...seen, Atomics.load(writeGate, 1)]).toEqual([1, 1, 0])
})

test('what fails in its turn gives it back', () => {
  using store = makeStore()
  const writeGate = createWriteGate()
  joinAsBatch(store.db, writeGate, false)
  joinAsInteractive(store.db, writeGate)
  const fail = () => {
    throw new Error('full')
  }
  expect(() => asBatch(store.db, fail)).toThrow('full')
  expect(() => asInteractive(store.db, true, fail)).toThrow('full')
  expect([...writeGate].slice(0, 2)).toEqual([0, 0])
})

test('the log is copied to the database between batches, and stays small', () => {
  using store = makeStore()
  joinAsBatch(store.db, createWriteGate(), false)
  const feedId = addFeed(store.db, 'https://a.example/feed')
  for (let batch = 0; batch < 90; batch++) {
    const articles = Array.from({ length: 5 }, (_, index) => makeArticle({ title: `Story ${batch} ${index}` }))
    asBatch(store.db, () => storeArticles(store.db, feedId, articles, someNoon + batch))
  }
  // Each batch is some dozen pages; 90 of them would be more than a thousand.
  expect(statSync(`${store.file}-wal`).size).toBeLessThan(8_000_000)
})
