/** One article that several feeds have: one row, one count, and read or saved at once. */
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { View } from '../../src-main/api/model.ts'
import { journalFolder } from '../../src-main/safety/journal/file.ts'
import { replayJournal } from '../../src-main/safety/journal/replay.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
let local: number
let gazette: number
let herald: number
let courier: number

beforeEach(async () => {
  engine = makeEngine()
  client = engine.connect()
  local = (await client.createFolder({ title: 'Local' })).folderId
  gazette = addFeed(engine.db, 'https://gazette.example/feed', { title: 'Gazette' })
  herald = addFeed(engine.db, 'https://herald.example/feed', { title: 'Herald', folderId: local })
  courier = addFeed(engine.db, 'https://courier.example/feed', { title: 'Courier', folderId: local })
  return () => engine[Symbol.asyncDispose]()
})

/** Each feed of `feedIds` brings it; answers the ids. The article of one link and title is one. */
function bring(title: string, ...feedIds: number[]): number[] {
  return feedIds.flatMap(feedId => storeArticles(engine.db, feedId, [makeArticle({ title })], someNoon).newIds)
}

const all: View = { kind: 'all' }
const rowsOf = async (view: View, unreadOnly = false, keepIds: number[] = []) =>
  (await client.headlines({ view, limit: 50, unreadOnly, keepIds })).rows
const idsOf = async (view: View) => (await rowsOf(view)).map(({ id }) => id)
const unreadIds = () =>
  engine.db.prepare<[], number>('SELECT id FROM articles WHERE is_read = 0 ORDER BY id').pluck().all()

test('it is one row that names its other sources, in every list but those of the sources themselves', async () => {
  const [first, second, third] = bring('Ferry', gazette, herald, courier) as [number, number, number]
  const [row] = await rowsOf(all)
  expect(row).toMatchObject({ id: first, feedTitle: 'Gazette' })
  expect(row?.copies).toEqual([
    { id: second, feedTitle: 'Herald' },
    { id: third, feedTitle: 'Courier' },
  ])
  expect(await idsOf(all)).toEqual([first])
  expect(await idsOf({ kind: 'today' })).toEqual([first])
  expect(await idsOf({ kind: 'unread' })).toEqual([first])
  expect(await idsOf({ kind: 'search', query: 'ferry' })).toHaveLength(1)
  expect(await idsOf({ kind: 'folder', folderId: local })).toEqual([second])
  expect(await idsOf({ kind: 'feed', feedId: courier })).toEqual([third])
  expect((await client.article({ id: third }))?.copies).toEqual([
    { id: first, feedTitle: 'Gazette' },
    { id: second, feedTitle: 'Herald' },
  ])
  expect(await client.counts({})).toMatchObject({
    all: 1,
    today: 1,
    unread: 1,
    unreadByFeed: { [gazette]: 1, [herald]: 1, [courier]: 1 },
    copiesByFolder: { [local]: { listed: 1, unread: 1 } },
  })
})

test('one that comes later is not new, and is read where the article was read', async () => {
  const [first] = bring('Ferry', gazette) as [number]
  await client.openArticle({ articleId: first, marksRead: true })
  bring('Ferry', herald)
  expect(unreadIds()).toEqual([])
  expect(await client.countNewer({ view: all, newestId: first })).toEqual({ count: 0 })
  expect(await client.counts({})).toMatchObject({ all: 1, unread: 0, unreadByFeed: {} })
})

test('opening one reads all, and one undo takes back exactly that', async () => {
  const [first, second, third] = bring('Ferry', gazette, herald, courier) as [number, number, number]
  const [other] = bring('Bridge', gazette) as [number]
  const { undoId } = await client.openArticle({ articleId: second, marksRead: true })
  expect(unreadIds()).toEqual([other])
  expect(await rowsOf({ kind: 'unread' }, true, [first, second, third])).toHaveLength(2)
  await client.undo({ undoId: undoId! })
  expect(unreadIds()).toEqual([first, second, third, other])
})

test('marking a folder read reads the copies outside of it, and says how many rows that were', async () => {
  const [, second] = bring('Ferry', gazette, herald, courier) as [number, number, number]
  await client.markRead({ articleIds: [second], isRead: true })
  const { changed: isUnread } = await client.markRead({ articleIds: [second], isRead: false })
  expect(isUnread).toBe(1)
  const { changed, undoId } = await client.markViewRead({ view: { kind: 'folder', folderId: local }, newestId: 99 })
  expect(changed).toBe(1)
  expect(unreadIds()).toEqual([])
  await client.undo({ undoId: undoId! })
  expect(unreadIds()).toHaveLength(3)
})

test('saving one saves the article: it is kept once, and shown as saved in every source', async () => {
  const [first, second] = bring('Ferry', gazette, herald) as [number, number]
  const saved = await client.setSaved({ articleIds: [first], isSaved: true })
  expect(await client.setSaved({ articleIds: [second], isSaved: true })).toEqual({ changed: 0, undoId: null })
  const [third] = bring('Ferry', courier) as [number]
  expect(savedIds(engine.db)).toEqual([first])
  expect(await idsOf({ kind: 'saved' })).toEqual([first])
  expect((await rowsOf({ kind: 'feed', feedId: courier }))[0]).toMatchObject({ id: third, isSaved: true })

  const unsaved = await client.setSaved({ articleIds: [third], isSaved: false })
  expect(savedIds(engine.db)).toEqual([])
  await client.undo({ undoId: unsaved.undoId! })
  expect(savedIds(engine.db)).toEqual([first])
  await client.undo({ undoId: saved.undoId! })
  expect(savedIds(engine.db)).toEqual([])
})

test('every window hears of all copies that changed', async () => {
  const ids = bring('Ferry', gazette, herald)
  const heard: { articleIds: number[] }[] = []
  engine.connect().on('articles-changed', change => heard.push(change))
  await client.markRead({ articleIds: [ids[1]!], isRead: true })
  await client.setSaved({ articleIds: [ids[0]!], isSaved: true })
  await client.counts({})
  expect(heard.map(change => ({ ...change, articleIds: change.articleIds.toSorted((a, b) => a - b) }))).toEqual([
    { articleIds: ids, isRead: true },
    { articleIds: ids, isSaved: true },
  ])
})

test('without the source that had it first, the next one has the row; what was saved stays saved', async () => {
  const [first, second, third] = bring('Ferry', gazette, herald, courier) as [number, number, number]
  await client.setSaved({ articleIds: [first], isSaved: true })
  const { undoId } = await client.unsubscribe({ feedIds: [gazette] })
  const [row] = await rowsOf(all)
  expect(row).toMatchObject({ id: second, isSaved: true, copies: [{ id: third, feedTitle: 'Courier' }] })
  expect(await idsOf({ kind: 'saved' })).toEqual([first])
  expect(await client.counts({})).toMatchObject({ all: 1, unread: 1, saved: 1 })
  await client.undo({ undoId: undoId! })
  expect(await idsOf(all)).toEqual([first])
})

test('where the user wants them apart, each is an article by itself', async () => {
  const [first, second] = bring('Ferry', gazette, herald) as [number, number]
  let isTold = false
  client.on('all-changed', () => (isTold = true))
  await client.changeSettings({ foldsCopies: false })
  expect(isTold).toBe(true)
  expect((await rowsOf(all)).map(({ id, copies }) => [id, copies])).toEqual([
    [second, undefined],
    [first, undefined],
  ])
  await client.markRead({ articleIds: [first], isRead: true })
  await client.setSaved({ articleIds: [second], isSaved: true })
  const [third] = bring('Ferry', courier) as [number]
  expect(unreadIds()).toEqual([second, third])
  expect((await client.article({ id: first }))?.isSaved).toBe(false)
  expect(await client.counts({})).toMatchObject({ all: 3, unread: 2, copiesByFolder: {} })
  expect(await idsOf({ kind: 'search', query: 'ferry' })).toHaveLength(3)
  await client.changeSettings({ foldsCopies: true })
  expect(await idsOf(all)).toEqual([first])
})

test('what was done comes back from the journal as it was done', async () => {
  const [first, second] = bring('Ferry', gazette, herald) as [number, number]
  engine.db.pragma('wal_checkpoint(TRUNCATE)')
  const file = join(mkdtempSync(join(tmpdir(), 'broadsheet-test-')), 'earlier.db')
  copyFileSync(join(engine.dir, 'broadsheet.db'), file)
  await client.markRead({ articleIds: [second], isRead: true })
  await client.setSaved({ articleIds: [first], isSaved: true })

  const earlier = openDatabase(file)
  await replayJournal(earlier, journalFolder(engine.dir), { now: someNoon, log: () => {} })
  const states = 'SELECT id, is_read, is_saved FROM articles ORDER BY id'
  expect(earlier.prepare(states).raw().all()).toEqual([
    [first, 1, 1],
    [second, 1, 0],
  ])
  earlier.close()
})

test('a saved article that comes back from the journal joins the copies that are there', async () => {
  const [first] = bring('Ferry', gazette) as [number]
  await client.setSaved({ articleIds: [first], isSaved: true })
  using store = makeStore()
  addFeed(store.db, 'https://gazette.example/feed', { title: 'Gazette' })
  const there = addFeed(store.db, 'https://herald.example/feed', { title: 'Herald' })
  storeArticles(store.db, there, [makeArticle({ title: 'Ferry' })], someNoon)
  await replayJournal(store.db, journalFolder(engine.dir), { now: someNoon, log: () => {} })
  const groups = store.db.prepare<[], number | null>('SELECT copy_group FROM articles').pluck().all()
  expect(groups).toEqual([1, 1])
})
