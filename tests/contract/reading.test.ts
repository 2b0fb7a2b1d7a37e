/** How articles are read: what feeds and folders say themselves, what they inherit, and what a window is answered by it. */
import { beforeEach, expect, test } from 'vitest'
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { readingOf } from '../../src-main/store/reading.ts'
import { changeSettings, withPresentNames } from '../../src-main/store/settings.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
let world: number
let inner: number
let gazette: number
let articleId: number

const picture = 'https://gazette.example/a.jpg'
const html = `<p>Words.</p><img src="${picture}">`

beforeEach(async () => {
  engine = makeEngine()
  client = engine.connect()
  world = (await client.createFolder({ title: 'World' })).folderId
  inner = (await client.createFolder({ title: 'Inner', parentId: world })).folderId
  gazette = addFeed(engine.db, 'https://gazette.example/feed', { folderId: inner })
  const article = makeArticle({ html, media: [picture], image: picture, url: 'https://gazette.example/1' })
  articleId = storeArticles(engine.db, gazette, [article], someNoon).newIds[0]!
  return () => engine[Symbol.asyncDispose]()
})

type Reading = Input<'setReading'>['reading']
const ofFeed = (reading: Reading) => client.setReading({ of: { kind: 'feeds', feedIds: [gazette] }, reading })
const ofFolder = (folderId: number, reading: Reading) =>
  client.setReading({ of: { kind: 'folder', folderId }, reading })
const pictures = () => readingOf(engine.db, gazette).pictures
const row = async () => (await client.headlines({ view: { kind: 'all' }, limit: 10 })).rows[0]!
const article = async () => (await client.article({ id: articleId }))!

test('what holds comes from the feed, else from the nearest folder that says it, else from the settings', async () => {
  expect(pictures()).toEqual({ value: 'load', from: { kind: 'settings' } })
  await client.changeSettings({ pictures: 'ask' })
  expect(pictures()).toEqual({ value: 'ask', from: { kind: 'settings' } })
  await ofFolder(world, { pictures: 'never' })
  expect(pictures()).toEqual({ value: 'never', from: { kind: 'folder', folderId: world } })
  await ofFolder(inner, { pictures: 'load', direction: 'rtl' })
  expect(pictures()).toEqual({ value: 'load', from: { kind: 'folder', folderId: inner } })
  await ofFeed({ pictures: 'ask' })
  expect(pictures()).toEqual({ value: 'ask', from: { kind: 'feed' } })
  expect(readingOf(engine.db, gazette)).toMatchObject({
    direction: { value: 'rtl', from: { kind: 'folder', folderId: inner } },
    fullText: { value: 'ask', from: { kind: 'settings' } },
  })

  await ofFeed({ pictures: null })
  await ofFolder(inner, { pictures: null })
  expect(pictures()).toEqual({ value: 'never', from: { kind: 'folder', folderId: world } })
})

test('a change leaves alone what it does not name, and a window is told what each says itself', async () => {
  await ofFeed({ pictures: 'ask', openAs: 'page' })
  await ofFeed({ direction: 'ltr', openAs: null })
  await ofFolder(world, { fullText: 'always' })
  const { feeds, folders } = await client.sources({})
  expect(feeds[0]?.reading).toEqual({ pictures: 'ask', direction: 'ltr' })
  expect(folders.map(folder => folder.reading)).toEqual([{ fullText: 'always' }, {}])
})

test('windows are told to ask again for sources and rows', async () => {
  const other = engine.connect()
  const told: string[] = []
  other.on('sources-changed', () => told.push('sources'))
  other.on('all-changed', () => told.push('rows'))
  await ofFolder(world, { pictures: 'never' })
  await other.counts({})
  expect(told).toEqual(['sources', 'rows'])
  await client.changeSettings({ openAs: 'page' })
  await other.counts({})
  expect(told).toEqual(['sources', 'rows', 'rows'])
})

test.each([
  { choice: 'load', thumbnail: 1, inArticle: 1 },
  { choice: 'ask', thumbnail: 0, inArticle: 1 },
  { choice: 'never', thumbnail: 0, inArticle: 0 },
] as const)('with pictures at $choice, so many addresses of one are told', async ({ choice, thumbnail, inArticle }) => {
  await ofFolder(world, { pictures: choice })
  expect(Number((await row()).imageUrl !== null)).toBe(thumbnail)
  expect(Object.keys((await article()).media)).toHaveLength(inArticle)
  expect((await article()).reading.pictures).toBe(choice)
  const found = await client.headlines({ view: { kind: 'search', query: 'ferry' }, limit: 10 })
  expect(found.rows.map(({ imageUrl }) => Number(imageUrl !== null))).toEqual([thumbnail])
})

test('rows say that their page is to be opened, and which way they are written', async () => {
  expect(await row()).not.toHaveProperty('opensPage')
  expect(await row()).not.toHaveProperty('direction')
  await ofFeed({ openAs: 'page', direction: 'rtl' })
  expect(await row()).toMatchObject({ opensPage: true, direction: 'rtl' })
})

test('an article without an address opens in the window, whatever its feed says', async () => {
  await ofFeed({ openAs: 'page' })
  storeArticles(engine.db, gazette, [makeArticle({ title: 'No page', url: null })], someNoon + 1)
  const rows = (await client.headlines({ view: { kind: 'all' }, limit: 10 })).rows
  expect(rows.find(({ title }) => title === 'No page')).not.toHaveProperty('opensPage')
})

test('a saved article is read as its feed says also once that is unsubscribed', async () => {
  await ofFeed({ pictures: 'never' })
  await client.setSaved({ articleIds: [articleId], isSaved: true })
  await client.unsubscribe({ feedIds: [gazette] })
  expect((await article()).reading.pictures).toBe('never')
})

test('a feed in a folder that contains itself is answered as the settings say', () => {
  engine.db.prepare('UPDATE folders SET parent_id = ? WHERE id = ?').run(inner, world)
  expect(pictures()).toEqual({ value: 'load', from: { kind: 'settings' } })
})

test('a value that is none is refused', async () => {
  await expect(ofFeed({ pictures: 'sometimes' } as never)).rejects.toThrow()
  await expect(client.setReading({ of: { kind: 'folder', folderId: 999 }, reading: {} })).rejects.toThrow()
})

test.each([
  { loadImages: false, pictures: 'never' },
  { loadImages: true, pictures: 'load' },
])('what an earlier version has written of pictures is understood: $loadImages', async ({ loadImages, pictures }) => {
  changeSettings(engine.db, withPresentNames<Partial<Settings>>({ loadImages } as Partial<Settings>))
  expect((await client.settings({})).pictures).toBe(pictures)
})
