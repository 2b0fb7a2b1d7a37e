/** A category's page, and what the reader joins. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { View } from '../../src-main/api/model.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { deleteArticleRows } from '../../src-main/store/articles/write-article.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'

let engine: TestEngine
let client: EngineClient
let gazette: number
let herald: number

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  gazette = addFeed(engine.db, 'https://gazette.example/feed', { title: 'Gazette' })
  herald = addFeed(engine.db, 'https://herald.example/feed', { title: 'Herald' })
  return () => engine[Symbol.asyncDispose]()
})

let minute = 0
/** A later article at each call. */
function bring(feedId: number, title: string, ...categories: string[]): number {
  const publishedAt = someNoon - 3_600_000 + ++minute * 1_000
  const url = `https://site-${feedId}.example/${title}`
  return storeArticles(engine.db, feedId, [makeArticle({ title, url, categories, publishedAt })], someNoon).newIds[0]!
}

const page = (name: string): View => ({ kind: 'category', name })
const titles = async (view: View, more: object = {}) =>
  (await client.headlines({ view, limit: 50, ...more })).rows.map(row => row.title)

test('its page lists the articles of all spellings, newest first, and counts them', async () => {
  bring(gazette, 'one', 'Open Source', 'Boats')
  bring(herald, 'two', '#open-source')
  bring(gazette, 'three', 'Boats')
  bring(gazette, 'four', 'opensource', 'Open Letters')
  expect(await titles(page('OpenSource'))).toEqual(['four', 'two', 'one'])
  expect(await titles(page('Open_Source'), { oldestFirst: true })).toEqual(['one', 'two', 'four'])
  const first = await client.headlines({ view: page('open source'), limit: 2 })
  expect(first).toMatchObject({ total: 3, rows: [{ title: 'four' }, { title: 'two' }] })
  expect(await titles(page('open source'), { after: first.next })).toEqual(['one'])
  expect(await client.countNewer({ view: page('open source'), newestId: 2 })).toEqual({ count: 1 })
  expect(await titles(page('Nothing'))).toEqual([])
})

test('marking its page read marks what it lists, and nothing else', async () => {
  bring(gazette, 'one', 'Boats')
  const two = bring(gazette, 'two', '#boats')
  bring(herald, 'three', 'Trains')
  bring(herald, 'four', 'Boats')
  expect(await client.markViewRead({ view: page('BOATS'), newestId: two })).toMatchObject({ changed: 2 })
  expect(await titles({ kind: 'unread' })).toEqual(['four', 'three'])
  expect(await titles(page('boats'), { unreadOnly: true })).toEqual(['four'])
  expect(await client.headlines({ view: page('boats'), unreadOnly: true, limit: 9 })).toMatchObject({ total: 1 })
})

test('what is deleted, or of a feed that is unfollowed, is not of it', async () => {
  bring(gazette, 'one', 'Boats')
  const two = bring(gazette, 'two', 'Boats')
  bring(herald, 'three', 'Boats', 'Harbour')
  engine.db.transaction(() => deleteArticleRows(engine.db, [two])).immediate()
  await client.unsubscribe({ feedIds: [herald] })
  expect(await titles(page('Boats'))).toEqual(['one'])
  expect(await client.category({ name: 'Boats' })).toMatchObject({ articles: 1, neighbours: [] })
})

test('an article that two feeds have is one row of it, and counts once', async () => {
  for (const feedId of [gazette, herald])
    storeArticles(engine.db, feedId, [makeArticle({ title: 'A ferry', categories: ['Boats'] })], someNoon)
  expect(await titles(page('Boats'))).toEqual(['A ferry'])
  expect(await client.headlines({ view: page('Boats'), limit: 9 })).toMatchObject({ total: 1 })
  expect(await client.category({ name: 'Boats' })).toMatchObject({ articles: 1 })
})

test('it is called as most articles spell it, and its neighbours are counted', async () => {
  bring(gazette, 'one', 'open source', 'Linux', 'Uncategorized')
  bring(gazette, 'two', 'Open Source', '#linux', 'Boats')
  bring(herald, 'three', 'Open Source', 'Linux', 'Linux Kernel')
  bring(herald, 'four', 'Boats', 'Harbour')
  expect(await client.category({ name: '#opensource' })).toEqual({
    name: 'Open Source',
    joined: [],
    articles: 3,
    neighbours: [
      { name: 'Linux', articles: 2 },
      { name: 'Boats', articles: 1 },
      { name: 'Linux Kernel', articles: 1 },
    ],
  })
  expect(await client.category({ name: '#Nothing' })).toEqual({
    name: 'Nothing',
    joined: [],
    articles: 0,
    neighbours: [],
  })
})

test('an article has each of its categories once', async () => {
  const id = bring(
    gazette,
    'one',
    'Global',
    '#global-news',
    'Global News',
    'Uncategorized',
    'https://gazette.example/tag',
  )
  expect((await client.article({ id }))?.categories).toEqual(['Global News'])
})

describe('two that the reader joins', () => {
  let old: number
  beforeEach(async () => {
    old = bring(gazette, 'old', 'US politics', 'Politics', 'Boats')
    bring(herald, 'other', 'Politics', 'Trains')
    await client.joinCategories({ from: 'us-politics', to: 'Politics' })
  })

  test('are one for articles that are there and for those that come', async () => {
    bring(gazette, 'new', '#USPolitics', 'Trains')
    for (const name of ['Politics', 'US politics']) {
      expect(await titles(page(name))).toEqual(['new', 'other', 'old'])
      expect(await client.category({ name })).toEqual({
        name: 'Politics',
        joined: ['us-politics'],
        articles: 3,
        neighbours: [
          { name: 'Trains', articles: 2 },
          { name: 'Boats', articles: 1 },
        ],
      })
    }
    expect((await client.article({ id: old }))?.categories).toEqual(['Politics', 'Boats'])
  })

  test('are one for the search', async () => {
    bring(gazette, 'new', '#USPolitics', 'Trains')
    const found = (query: string) => titles({ kind: 'search', query })
    expect(await found('tag:politics')).toEqual(['new', 'other', 'old'])
    expect(await found('tag:"US politics" tag:trains')).toEqual(['new', 'other'])
    expect(await found('#Politics boats')).toEqual([])
    expect(await found('#Politics')).toEqual(['new', 'other', 'old'])
    expect(await found('gazette -tag:politics')).toEqual([])
  })

  test('are two again once they are separated, or that is undone', async () => {
    const { undoId } = await client.separateCategory({ name: 'US Politics' })
    expect(await titles(page('US politics'))).toEqual(['old'])
    expect((await client.article({ id: old }))?.categories).toEqual(['US politics', 'Politics', 'Boats'])
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })
    expect(await titles(page('US politics'))).toEqual(['other', 'old'])
  })

  test('stay joined where another join is undone, and a join that has been changed since can’t be', async () => {
    const { undoId } = await client.joinCategories({ from: 'Trains', to: 'Railways' })
    await client.joinCategories({ from: 'Trains', to: 'Boats' })
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: false, because: 'changed-since' })
    expect((await client.settings({})).categoryAliases).toEqual([
      { name: 'Trains', as: 'Boats' },
      { name: 'us-politics', as: 'Politics' },
    ])
  })

  test('stay apart where what they were joined to is another’s by now', async () => {
    const { undoId } = await client.separateCategory({ name: 'US politics' })
    await client.joinCategories({ from: 'Politics', to: 'Boats' })
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: false, because: 'changed-since' })
    expect((await client.settings({})).categoryAliases).toEqual([{ name: 'Politics', as: 'Boats' }])
  })

  test('joined as they are, nothing changes', async () => {
    expect(await client.joinCategories({ from: 'US Politics', to: '#politics' })).toEqual({ undoId: null })
    expect(await client.joinCategories({ from: 'Politics', to: '#politics' })).toEqual({ undoId: null })
    expect(await client.separateCategory({ name: 'Politics' })).toEqual({ undoId: null })
  })

  test('stay so in an export; taken in, it adds to what is joined there', async () => {
    await client.joinCategories({ from: 'Boats', to: 'Ships' })
    const { path } = await client.exportEverything({})
    const archive = Buffer.from(bytesOf(await engine.resource(path))).toString('base64')
    await using other = makeEngine()
    const there = other.connect()
    await there.joinCategories({ from: 'Boats', to: 'Vessels' })
    await there.importEverything({ archive })
    expect((await there.settings({})).categoryAliases).toEqual([
      { name: 'Boats', as: 'Vessels' },
      { name: 'us-politics', as: 'Politics' },
    ])
  })

  test('are told to every window', async () => {
    const told: object[] = []
    engine.connect().on('settings-changed', ({ settings }) => told.push(settings.categoryAliases))
    const { undoId } = await client.joinCategories({ from: 'Trains', to: 'Railways' })
    await client.undo({ undoId: undoId! })
    expect(told).toEqual([
      [
        { name: 'Trains', as: 'Railways' },
        { name: 'us-politics', as: 'Politics' },
      ],
      [{ name: 'us-politics', as: 'Politics' }],
    ])
  })
})
