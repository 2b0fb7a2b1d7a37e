/** What somebody else has changed since is not clobbered by undo, and the answer says so. */
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { renewDatabaseId } from '../../src-main/store/db/meta.ts'
import { describeFeed } from '../../src-main/store/feeds/feeds.ts'
import { type PollRecord, recordPolls } from '../../src-main/store/feeds/poll-state.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let client: EngineClient
let other: EngineClient
let engine: TestEngine
let gazette: number
let orchard: number

const changed = { isUndone: false, because: 'changed-since' }
const gone = { isUndone: false, because: 'gone' }

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  other = engine.connect()
  gazette = addFeed(engine.db, 'https://gazette.example/feed')
  orchard = addFeed(engine.db, 'https://orchard.example/feed', { title: 'Orchard Notes' })
  return () => engine[Symbol.asyncDispose]()
})

const feed = async (id: number) => (await client.sources({})).feeds.find(one => one.id === id)
const folder = async (id: number) => (await client.sources({})).folders.find(one => one.id === id)
const undo = (undoId: number | null) => client.undo({ undoId: undoId! })

test('a feed that was renamed again keeps its last name', async () => {
  const { undoId } = await client.renameFeed({ feedId: gazette, title: 'Mine' })
  await other.renameFeed({ feedId: gazette, title: 'Ours' })
  expect(await undo(undoId)).toEqual(changed)
  expect((await feed(gazette))?.title).toBe('Ours')
})

test('a feed that somebody has put back already is as it was', async () => {
  const { undoId } = await client.renameFeed({ feedId: gazette, title: 'Mine' })
  await other.renameFeed({ feedId: gazette, title: null })
  expect(await undo(undoId)).toEqual({ isUndone: true })
})

test('a feed that is not followed any more is not renamed', async () => {
  const { undoId } = await client.renameFeed({ feedId: gazette, title: 'Mine' })
  await other.unsubscribe({ feedIds: [gazette] })
  expect(await undo(undoId)).toEqual(gone)
})

test('of feeds that were moved, those that were moved on stay, and are counted', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const elsewhere = await client.createFolder({ title: 'Home' })
  const { undoId } = await client.moveFeeds({ feedIds: [gazette, orchard], folderId })
  await other.moveFeeds({ feedIds: [orchard], folderId: elsewhere.folderId })
  expect(await undo(undoId)).toEqual({ isUndone: true, left: 1 })
  expect([(await feed(gazette))?.folderId, (await feed(orchard))?.folderId]).toEqual([null, elsewhere.folderId])
})

test('a feed whose folder was removed meanwhile does not go back into it', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  await client.moveFeeds({ feedIds: [gazette], folderId })
  const { undoId } = await client.moveFeeds({ feedIds: [gazette], folderId: null })
  await other.removeFolder({ folderId })
  expect(await undo(undoId)).toEqual(gone)
  expect((await feed(gazette))?.folderId).toBeNull()
})

test('a feed that was moved into a folder goes out of it again although another came to stand before it', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const { undoId } = await client.moveFeeds({ feedIds: [gazette], folderId })
  await other.moveFeeds({ feedIds: [orchard], folderId, position: 0 })
  expect(await undo(undoId)).toEqual({ isUndone: true })
  expect((await feed(gazette))?.folderId).toBeNull()
})

test('a new folder that somebody has put a feed into stays', async () => {
  const { folderId, undoId } = await client.createFolder({ title: 'World' })
  await other.moveFeeds({ feedIds: [gazette], folderId })
  expect(await undo(undoId)).toEqual(changed)
  expect(await folder(folderId)).toBeDefined()
})

test('a new folder that somebody has renamed or moved since stays', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const renamed = await client.createFolder({ title: 'Home' })
  const moved = await client.createFolder({ title: 'Sea' })
  await other.renameFolder({ folderId: renamed.folderId, title: 'Near' })
  await other.moveFolder({ folderId: moved.folderId, parentId: folderId })
  expect([await undo(renamed.undoId), await undo(moved.undoId)]).toEqual([changed, changed])
  expect((await client.sources({})).folders).toHaveLength(3)
})

test('what was done to a folder that is gone is not done to the next one', async () => {
  const made = await client.createFolder({ title: 'World' })
  await other.removeFolder({ folderId: made.folderId })
  const next = await other.createFolder({ title: 'World' })
  expect(next.folderId).not.toBe(made.folderId)
  expect(await undo(made.undoId)).toEqual(gone)
  expect(await folder(next.folderId)).toBeDefined()
})

test('a folder comes back with what was in it, but for what was moved on since', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const home = await client.createFolder({ title: 'Home' })
  await client.moveFeeds({ feedIds: [gazette, orchard], folderId })
  const { undoId } = await client.removeFolder({ folderId })
  await other.moveFeeds({ feedIds: [orchard], folderId: home.folderId })
  expect(await undo(undoId)).toEqual({ isUndone: true, left: 1 })
  expect([(await feed(gazette))?.folderId, (await feed(orchard))?.folderId]).toEqual([folderId, home.folderId])
})

test('a folder comes back with the folders that were in it, but for those that were moved on since', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const home = await client.createFolder({ title: 'Home' })
  const near = await client.createFolder({ title: 'Near', parentId: folderId })
  const far = await client.createFolder({ title: 'Far', parentId: folderId })
  const { undoId } = await client.removeFolder({ folderId })
  await other.moveFolder({ folderId: far.folderId, parentId: home.folderId })
  expect(await undo(undoId)).toEqual({ isUndone: true, left: 1 })
  expect([(await folder(near.folderId))?.parentId, (await folder(far.folderId))?.parentId]).toEqual([
    folderId,
    home.folderId,
  ])
})

test('a folder does not go back to where there is no place for it any more', async () => {
  const world = await client.createFolder({ title: 'World' })
  const home = await client.createFolder({ title: 'Home', parentId: world.folderId })
  const out = await client.moveFolder({ folderId: home.folderId, parentId: null })
  // Into the one that lies in it by now.
  await other.moveFolder({ folderId: world.folderId, parentId: home.folderId })
  expect(await undo(out.undoId)).toEqual(changed)
  expect((await folder(home.folderId))?.parentId).toBeNull()

  await other.moveFolder({ folderId: world.folderId, parentId: null })
  await client.moveFolder({ folderId: home.folderId, parentId: world.folderId })
  const again = await client.moveFolder({ folderId: home.folderId, parentId: null })
  await other.removeFolder({ folderId: world.folderId })
  expect(await undo(again.undoId)).toEqual(gone)
  expect((await folder(home.folderId))?.parentId).toBeNull()
})

test('a folder that was renamed or moved again stays so', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const home = await client.createFolder({ title: 'Home' })
  const { undoId } = await client.renameFolder({ folderId, title: 'Abroad' })
  const moved = await client.moveFolder({ folderId: home.folderId, parentId: folderId })
  await other.renameFolder({ folderId, title: 'Far' })
  await other.moveFolder({ folderId: home.folderId, parentId: null })
  await other.moveFolder({ folderId, parentId: home.folderId })
  expect(await undo(undoId)).toEqual(changed)
  expect((await folder(folderId))?.title).toBe('Far')
  // It is where it was, by another hand.
  expect(await undo(moved.undoId)).toEqual({ isUndone: true })
})

test('how a feed or a folder is read stays as it was set again', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const both = [
    { kind: 'feeds' as const, feedIds: [gazette] },
    { kind: 'folder' as const, folderId },
  ]
  for (const of of both) {
    const never = await client.setReading({ of, reading: { pictures: 'never' } })
    const ask = await other.setReading({ of, reading: { pictures: 'ask' } })
    expect(await undo(never.undoId)).toEqual(changed)
    // Back to what it was by another hand.
    expect(await undo(ask.undoId)).toEqual({ isUndone: true })
    const again = await client.setReading({ of, reading: { pictures: 'ask' } })
    await other.setReading({ of, reading: { pictures: 'never' } })
    expect(await undo(again.undoId)).toEqual({ isUndone: true })
  }
  expect([(await feed(gazette))?.reading, (await folder(folderId))?.reading]).toEqual([
    { pictures: 'never' },
    { pictures: 'never' },
  ])
})

test('a folder that is gone is read in no way, and comes back as it was', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  const of = { kind: 'folder' as const, folderId }
  const { undoId } = await client.setReading({ of, reading: { openAs: 'page' } })
  const removed = await other.removeFolder({ folderId })
  expect(await undo(undoId)).toEqual(gone)
  await undo(removed.undoId)
  expect((await folder(folderId))?.reading).toEqual({ openAs: 'page' })
})

test('a new folder that somebody has set options of since stays', async () => {
  const { folderId, undoId } = await client.createFolder({ title: 'World' })
  await other.setReading({ of: { kind: 'folder', folderId }, reading: { openAs: 'page' } })
  expect(await undo(undoId)).toEqual(changed)
})

test('an address that another feed has taken meanwhile is not given twice', async () => {
  const answer = await client.changeFeedUrl({ feedId: gazette, url: 'https://new.example/feed' })
  await other.changeFeedUrl({ feedId: orchard, url: 'https://gazette.example/feed' })
  expect(await undo(answer.kind === 'changed' ? answer.undoId : null)).toEqual(changed)
  expect((await feed(gazette))?.url).toBe('https://new.example/feed')
})

test('a feed that was paused at its new address is paused at the old one, too', async () => {
  const answer = await client.changeFeedUrl({ feedId: gazette, url: 'https://new.example/feed' })
  await other.setPaused({ feedIds: [gazette], isPaused: true })
  expect(await undo(answer.kind === 'changed' ? answer.undoId : null)).toEqual({ isUndone: true })
  expect(await feed(gazette)).toMatchObject({ url: 'https://gazette.example/feed', paused: 'by-user' })
})

test('a feed that has said another name of itself at its new address is called as before at the old one', async () => {
  const answer = await client.changeFeedUrl({ feedId: gazette, url: 'https://new.example/feed' })
  const said = { title: 'The Other', siteUrl: 'https://new.example/', description: 'Other', language: 'fr' }
  describeFeed(engine.db, gazette, said)
  expect(await undo(answer.kind === 'changed' ? answer.undoId : null)).toEqual({ isUndone: true })
  expect(await feed(gazette)).toMatchObject({ title: 'The Gazette', siteUrl: 'https://gazette.example/' })
})

test('a password that was forgotten does not come back for another server', async () => {
  await client.setFeedAccess({ feedId: gazette, credentials: { userName: 'ada', password: 'lovelace' } })
  const { undoId } = await client.setFeedAccess({ feedId: gazette, credentials: null })
  await other.changeFeedUrl({ feedId: gazette, url: 'https://elsewhere.example/feed' })
  expect(await undo(undoId)).toEqual(changed)
  expect((await client.feedAccess({ feedId: gazette })).userName).toBeNull()
})

test('no password stands in clear in what undo keeps', async () => {
  await client.setFeedAccess({ feedId: gazette, credentials: { userName: 'ada', password: 'lovelace' } })
  await client.setFeedAccess({ feedId: gazette, credentials: null })
  const records = engine.db.prepare('SELECT payload FROM undos').pluck().all() as string[]
  expect(records).toHaveLength(2)
  expect(records.join('')).not.toMatch(/lovelace|"ada"/)
})

test('rules of keeping that were changed again stay', async () => {
  const rule = { days: 9, perFeed: null, includesUnread: false, megabytes: null }
  const { undoId } = await client.changeSettings({ retention: rule })
  await other.changeSettings({ retention: { ...rule, days: 30 } })
  expect(await undo(undoId)).toEqual(changed)
  expect((await client.settings({})).retention.days).toBe(30)
})

test('feeds that are followed again already need no undo, and one that is gone gets none', async () => {
  const { undoId } = await client.unsubscribe({ feedIds: [gazette] })
  await other.importOpml({ text: list('https://gazette.example/feed'), fetchNow: false })
  expect(await undo(undoId)).toEqual(changed)
  const imported = await client.importOpml({ text: list('https://new.example/feed'), fetchNow: false })
  if (imported.kind !== 'imported') expect.fail('not imported')
  await other.unsubscribe({ feedIds: [imported.rows[0]!.feedId!] })
  expect(await undo(imported.undoId)).toEqual(gone)
})

test('a feed that an import brought back goes again as it was, but not into a folder that is gone', async () => {
  const { folderId } = await client.createFolder({ title: 'World' })
  await client.moveFeeds({ feedIds: [gazette], folderId })
  const left = await client.unsubscribe({ feedIds: [gazette] })
  const imported = await client.importOpml({ text: list('https://gazette.example/feed'), fetchNow: false })
  await other.removeFolder({ folderId })
  expect(await undo(imported.kind === 'imported' ? imported.undoId : null)).toEqual({ isUndone: true })
  expect(await feed(gazette)).toBeUndefined()
  expect(await undo(left.undoId)).toEqual({ isUndone: true })
  expect(await feed(gazette)).toMatchObject({ folderId: null })
})

test('a feed that an import brought back and its publisher has moved since keeps its new address', async () => {
  await client.setFeedAccess({ feedId: gazette, credentials: { userName: 'ada', password: 'lovelace' } })
  const left = await client.unsubscribe({ feedIds: [gazette] })
  const imported = await client.importOpml({ text: list('https://gazette.example/feed'), fetchNow: false })
  recordPolls(engine.db, [moved(gazette, 'https://gazette.example/feed', 'https://new.example/feed')])
  await undo(imported.kind === 'imported' ? imported.undoId : null)
  await undo(left.undoId)
  expect(await feed(gazette)).toMatchObject({ url: 'https://new.example/feed' })
  // What was given for the old server is not for the new one.
  expect((await client.feedAccess({ feedId: gazette })).userName).toBeNull()
})

test.each([
  { name: 'the same name', ask: () => client.renameFeed({ feedId: gazette, title: null }) },
  { name: 'the same place', ask: () => client.moveFolder({ folderId: 1, parentId: null }) },
  { name: 'resuming what is not paused', ask: () => client.setPaused({ feedIds: [gazette], isPaused: false }) },
  { name: 'a folder that is there', ask: () => client.createFolder({ title: 'World' }) },
  {
    name: 'reading as before',
    ask: () => client.setReading({ of: { kind: 'feeds', feedIds: [gazette] }, reading: { pictures: null } }),
  },
  {
    name: 'reading of a folder as before',
    ask: () => client.setReading({ of: { kind: 'folder', folderId: 1 }, reading: { pictures: null } }),
  },
  { name: 'the same rule', ask: () => client.setFeedRetention({ feedId: gazette, retention: null }) },
  { name: 'the look of the window', ask: () => client.changeSettings({ theme: 'dark', sourcesWidth: 300 }) },
])('where nothing is to be taken back no undo is offered: $name', async ({ ask }) => {
  await client.createFolder({ title: 'World' })
  expect((await ask()).undoId).toBeNull()
})

test('after going back to a backup, what was done before means nothing', async () => {
  storeArticles(engine.db, gazette, [makeArticle()], someNoon)
  const { undoId } = await client.renameFeed({ feedId: gazette, title: 'Mine' })
  renewDatabaseId(engine.db)
  expect(await undo(undoId)).toEqual({ isUndone: false })
  expect((await feed(gazette))?.title).toBe('Mine')
  const next = await client.renameFeed({ feedId: gazette, title: 'Ours' })
  expect(await undo(next.undoId)).toEqual({ isUndone: true })
})

function moved(feedId: number, url: string, to: string): PollRecord {
  const poll = { checkedAt: someNoon, isSuccess: true, nextCheckAt: someNoon, failure: null, memory: {}, isGone: false }
  return { feedId, url, ...poll, adopt: { url: to, privateHost: null } }
}

const list = (url: string) => `<opml version="2.0"><body><outline text="x" type="rss" xmlUrl="${url}"/></body></opml>`
