import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { threadFile } from '../../src-main/host/file-server.ts'
import { createMaintenance } from '../../src-main/maintenance/client.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import { restoreSaved } from '../../src-main/store/articles/restore-saved.ts'
import { pagesTitle, pagesUrl } from '../../src-main/store/feeds/pages.ts'
import { pinPictures } from '../../src-main/store/saved/pinned-pictures.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

const long = (words: number) => Array.from({ length: words }, (_, n) => `word${(n * 7919) % 10_007}`).join(' ')

test('the usage says what fills the disk, and what the heaviest feeds are', async () => {
  await using engine = makeEngine()
  const { db } = engine
  const small = addFeed(db, 'https://small.example/feed', { title: 'Small' })
  const big = addFeed(db, 'https://big.example/feed', { title: 'Big' })
  storeArticles(db, small, [makeArticle({ title: 'A', text: 'short' })], someNoon)
  const heavy = Array.from({ length: 60 }, (_, n) => makeArticle({ title: `Heavy ${n}`, text: `${n} ${long(400)}` }))
  const { newIds } = storeArticles(db, big, heavy, someNoon)
  setSaved(db, newIds.slice(0, 3), true, someNoon)
  setRead(db, newIds.slice(0, 10), true)

  const usage = await engine.connect().diskUsage({})

  expect(usage).toMatchObject({ articles: 61, saved: 3, unread: 51, mediaBytes: 0, backupBytes: 0, journalBytes: 0 })
  expect(usage.kept).toMatchObject({ pictureBytes: 0, pictures: 0, pageBytes: 0, pages: 0 })
  expect(usage.kept.textBytes).toBeGreaterThan(1_000)
  expect(usage.feeds.map(feed => [feed.title, feed.articles])).toEqual([
    ['Big', 60],
    ['Small', 1],
  ])
  expect(usage.feeds[0]!.bytes).toBeGreaterThan(50_000)
  const parts = usage.parts.reduce((sum, part) => sum + part.bytes, 0)
  // Every page belongs to something, but for those SQLite keeps its own books in.
  expect(parts).toBeLessThanOrEqual(usage.databaseBytes)
  expect(parts).toBeGreaterThan(usage.databaseBytes * 0.98)
  expect(usage.parts.map(part => part.kind)).toEqual(expect.arrayContaining(['texts', 'search', 'lists', 'identities']))
  expect(usage.freeBytes).toBeGreaterThan(0)
})

test('what saved articles take is told apart: texts, pictures, each once, and saved pages', async () => {
  await using engine = makeEngine()
  const { db } = engine
  const feed = addFeed(db, 'https://gazette.example/feed')
  const { newIds } = storeArticles(db, feed, [makeArticle({ title: 'One' }), makeArticle({ title: 'Two' })], someNoon)
  setSaved(db, newIds, true, someNoon)
  for (const id of newIds) pinPictures(db, id, [{ key: 'shared', bytes: 500 }], { tries: 1, nextTryAt: null })
  const page = {
    feedUrl: pagesUrl,
    feedTitle: pagesTitle,
    savedAt: someNoon,
    isRead: false,
    stored: null,
    fullText: null,
  }
  restoreSaved(db, [{ ...page, article: makeArticle({ title: 'A page', text: long(400) }) }], someNoon)

  const { kept } = await engine.connect().diskUsage({})

  expect(kept).toMatchObject({ pictures: 1, pictureBytes: 500, pages: 1 })
  expect(kept.textBytes).toBeGreaterThan(100)
  expect(kept.pageBytes).toBeGreaterThan(kept.textBytes)
})

test('folders beside the database count, and in a folder of the user only what is ours', async () => {
  using store = makeStore()
  const own = join(store.dir, 'my drive')
  for (const folder of ['media', 'journal', 'backups', 'my drive']) mkdirSync(join(store.dir, folder))
  writeFileSync(join(store.dir, 'media', 'ab'), Buffer.alloc(1_000))
  writeFileSync(join(store.dir, 'journal', 'one.jsonl'), Buffer.alloc(200))
  writeFileSync(join(store.dir, 'backups', 'broadsheet-1.db'), Buffer.alloc(3_000))
  writeFileSync(join(own, 'broadsheet-2.db'), Buffer.alloc(4_000))
  writeFileSync(join(own, 'holiday.mp4'), Buffer.alloc(50_000))
  const maintenance = createMaintenance({ maintenanceFile: threadFile('maintenance'), dataDir: store.dir })
  try {
    const usage = await maintenance.diskUsage({ backupFolder: own })
    expect(usage).toMatchObject({ mediaBytes: 1_000, journalBytes: 200, backupBytes: 7_000, articles: 0 })
  } finally {
    await maintenance.close()
  }
})

test('the maintenance thread ends when it has nothing to do, and starts again when it has', async () => {
  using store = makeStore()
  const maintenance = createMaintenance({ maintenanceFile: threadFile('maintenance'), dataDir: store.dir, idleMs: 1 })
  const first = await maintenance.diskUsage({ backupFolder: null })
  const again = await Promise.all([
    maintenance.diskUsage({ backupFolder: null }),
    maintenance.diskUsage({ backupFolder: null }),
  ])
  expect(again.map(usage => usage.articles)).toEqual([first.articles, first.articles])
  await maintenance.close()
  await expect(maintenance.diskUsage({ backupFolder: null })).rejects.toThrow('closed')
})

test('a database that cannot be read fails the task with its code, and the thread goes on', async () => {
  using store = makeStore()
  mkdirSync(join(store.dir, 'empty'))
  const maintenance = createMaintenance({
    maintenanceFile: threadFile('maintenance'),
    dataDir: join(store.dir, 'empty'),
  })
  await expect(maintenance.diskUsage({ backupFolder: null })).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' })
  await expect(maintenance.diskUsage({ backupFolder: null })).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' })
  await maintenance.close()
})
