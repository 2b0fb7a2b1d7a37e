import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import { acquireFolderLock } from '../../src-main/store/db/folder-lock.ts'
import { durably, openDatabase } from '../../src-main/store/db/open.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { compactStep } from '../../src-main/store/search/index.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('an answered click is on the disk before it is answered', () => {
  using store = makeStore()
  expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(store.db.pragma('synchronous', { simple: true })).toBe(2)
})

test('the SQLite in use has the fix of 3.51.3: two connections that checkpoint at once could damage the file', () => {
  using store = makeStore()
  const version = store.db.prepare<[], string>('SELECT sqlite_version()').pluck().get()!
  expect('3.51.3'.localeCompare(version, 'en', { numeric: true })).toBeLessThanOrEqual(0)
})

test('a database of a newer Broadsheet is refused and left as it is', () => {
  using store = makeStore()
  store.db.pragma('user_version = 999')
  expect(() => openDatabase(store.file)).toThrow(expect.objectContaining({ code: 'storage-newer' }))
  expect(store.db.pragma('user_version', { simple: true })).toBe(999)
})

test('ten thousand feeds in as many folders are taken in within seconds', () => {
  using store = makeStore()
  const started = process.cpuUsage()
  store.db.transaction(() => {
    for (let index = 0; index < 10_000; index++) {
      const folderId = createFolder(store.db, `Folder ${index}`, null)
      addFeed(store.db, `https://host-${index}.test/feed`, { folderId })
    }
  })()
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5)
})

/** Processor time, in ms, of storing five thousand items for the second time. */
function costAgain(part: (index: number) => Parameters<typeof makeArticle>[0]): number {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://a.test/feed')
  const articles = Array.from({ length: 5_000 }, (_, index) => makeArticle({ title: `T${index}`, ...part(index) }))
  storeArticles(store.db, feedId, articles, someNoon)
  const started = process.cpuUsage()
  storeArticles(store.db, feedId, articles, someNoon)
  return process.cpuUsage(started).user / 1_000
}

test.each([
  ['links that articles share in pairs', (index: number) => ({ url: `https://a.test/${index >> 1}` })],
  ['one link and one guid for all', () => ({ url: 'https://a.test/one' })],
  ['the same article told again and again', () => ({ title: 'Told', url: 'https://a.test/told', text: 'Told again.' })],
])('five thousand items with %s cost little more than others', (_, part) => {
  // Each looked at beside each other one would cost some hundred times as much.
  expect(costAgain(part)).toBeLessThan(costAgain(() => ({})) * 20)
})

test('a click gets its turn while a large feed is being stored', async () => {
  using store = makeStore()
  const clicked = addFeed(store.db, 'https://a.test/feed')
  const [id = 0] = storeArticles(store.db, clicked, [makeArticle()], someNoon).newIds
  const workerData = { file: store.file, feedId: addFeed(store.db, 'https://b.test/feed'), count: 1_000 }
  const worker = new Worker(new URL('../support/storing-worker.ts', import.meta.url), { workerData })
  await once(worker, 'message')
  let isDone = false
  const done = once(worker, 'message').then(() => {
    isDone = true
  })
  const waits: number[] = []
  for (let isRead = true; !isDone; isRead = !isRead) {
    const started = performance.now()
    setRead(store.db, [id], isRead)
    waits.push(performance.now() - started)
    await setTimeout(10)
  }
  await done
  await worker.terminate()
  // Without a pause between transactions the first click waited until nearly all of them were over: then there are one or two.
  expect(waits.length).toBeGreaterThan(4)
}, 30_000)

test('a file that is no database is refused and left as it is', () => {
  using store = makeStore()
  const other = join(store.dir, 'other.db')
  const text = 'this is a letter to my aunt '.repeat(200)
  writeFileSync(other, text)
  expect(() => openDatabase(other)).toThrow(expect.objectContaining({ code: 'SQLITE_NOTADB' }))
  expect(new Database(store.file).open).toBe(true)
})

test('opening again keeps everything', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  storeArticles(store.db, feedId, [makeArticle()], someNoon)
  const again = openDatabase(store.file)
  expect(searchArticles(again, 'ferry')).toHaveLength(1)
  again.close()
})

test('a folder has one owner, and is free again when that one goes', () => {
  using store = makeStore()
  const first = acquireFolderLock(store.dir)
  expect(first).not.toBeNull()
  expect(acquireFolderLock(store.dir)).toBeNull()
  first?.release()
  const second = acquireFolderLock(store.dir)
  expect(second).not.toBeNull()
  second?.release()
})

test('tidying the index comes to an end and loses nothing', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  for (let poll = 0; poll < 30; poll++) {
    storeArticles(store.db, feedId, [makeArticle({ title: `Story ${poll} ferry` })], someNoon + poll)
  }
  let steps = 0
  while (compactStep(store.db)) steps++
  expect(steps).toBeGreaterThan(0)
  expect(searchArticles(store.db, 'ferry')).toHaveLength(30)
})

test('a connection for what can be fetched again waits for the disk where the user is told it is done', () => {
  using store = makeStore()
  const intake = openDatabase(store.file, 'NORMAL')
  const synchronous = () => intake.pragma('synchronous', { simple: true })
  expect([synchronous(), durably(intake, synchronous), synchronous()]).toEqual([1, 2, 1])
  intake.close()
})
