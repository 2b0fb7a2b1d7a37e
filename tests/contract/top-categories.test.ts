/** The categories that most sites have used lately. */
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { day, hour } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { deleteArticleRows } from '../../src-main/store/articles/write-article.ts'
import { forgetOldCategories, noteAnew, noteEarlierStep } from '../../src-main/store/search/recent-categories.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
let feeds: number[]

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  const sites = ['gazette.example', 'herald.example', 'courier.example', 'news.herald.example']
  feeds = sites.map(site => addFeed(engine.db, `https://${site}/feed`, { title: site }))
  return () => engine[Symbol.asyncDispose]()
})

let count = 0
function bring(feed: number, categories: string[], { age = hour, title = `article ${++count}` } = {}): number {
  const url = `https://articles.example/${feed}/${title}`
  const article = makeArticle({ title, url, text: `${title} of ${feed}`, categories, publishedAt: someNoon - age })
  return storeArticles(engine.db, feeds[feed]!, [article], someNoon).newIds[0]!
}

const top = async (days = 7) =>
  (await client.topCategories({ days })).categories.map(one => [one.name, one.sites, one.articles])

test('those of most sites come first, and what one site alone uses is none of them, however often', async () => {
  for (let each = 0; each < 5; each++) bring(0, ['Gazette daily', 'Boats'])
  bring(1, ['#boats', 'Trains'])
  bring(2, ['Trains', 'Boats', 'Uncategorized'])
  bring(0, ['Uncategorized'])
  bring(1, ['Harbour'])
  // Of the same site as the other Herald.
  bring(3, ['Harbour'])
  expect(await top()).toEqual([
    ['Boats', 3, 7],
    ['Trains', 2, 2],
  ])
})

test('only the last days count', async () => {
  bring(0, ['Boats'], { age: 3 * day })
  bring(1, ['Boats'])
  bring(0, ['Trains'], { age: 8 * day })
  bring(1, ['Trains'])
  bring(2, ['Trains'])
  expect(await top()).toEqual([
    ['Boats', 2, 2],
    ['Trains', 2, 2],
  ])
  expect(await top(28)).toEqual([
    ['Trains', 3, 3],
    ['Boats', 2, 2],
  ])
  expect(await top(1)).toEqual([['Trains', 2, 2]])
})

test('where it begins another on the same article, that other one is counted', async () => {
  for (const feed of [0, 1, 2]) bring(feed, ['Global', 'Global News'])
  expect(await top()).toEqual([['Global News', 3, 3]])
})

test('what is deleted, or of a feed that is unfollowed, does not count, and counts again when it comes back', async () => {
  const gone = bring(0, ['Boats'])
  for (const feed of [1, 2]) bring(feed, ['Boats', 'Trains'])
  for (const feed of [0, 1, 2]) bring(feed, ['Harbour'])
  engine.db.transaction(() => deleteArticleRows(engine.db, [gone])).immediate()
  const all = await top()
  expect(all).toEqual([
    ['Harbour', 3, 3],
    ['Boats', 2, 2],
    ['Trains', 2, 2],
  ])
  const { undoId } = await client.unsubscribe({ feedIds: [feeds[2]!] })
  expect(await top()).toEqual([['Harbour', 2, 2]])
  await client.undo({ undoId: undoId! })
  expect(await top()).toEqual(all)
})

test('copies are one article', async () => {
  for (const feedId of feeds.slice(0, 2))
    storeArticles(engine.db, feedId, [makeArticle({ title: 'A ferry', categories: ['Boats'] })], someNoon)
  expect(await top()).toEqual([['Boats', 2, 1]])
  await client.changeSettings({ foldsCopies: false })
  expect(await top()).toEqual([['Boats', 2, 2]])
})

test('what the reader joined is one', async () => {
  bring(0, ['US politics'])
  bring(1, ['Politics'])
  expect(await top()).toEqual([])
  const { undoId } = await client.joinCategories({ from: 'Politics', to: 'Home affairs' })
  await client.joinCategories({ from: 'US politics', to: 'politics' })
  expect(await top()).toEqual([['Home affairs', 2, 2]])
  await client.undo({ undoId: undoId! })
  expect(await top()).toEqual([])
})

test('a category that an article is given later counts', async () => {
  bring(0, [], { title: 'one' })
  bring(1, ['Boats'])
  storeArticles(
    engine.db,
    feeds[0]!,
    [
      makeArticle({
        title: 'one',
        url: 'https://articles.example/0/one',
        text: 'one of 0, and more',
        categories: ['Boats'],
      }),
    ],
    someNoon,
  )
  expect(await top()).toEqual([['Boats', 2, 2]])
})

test('of articles that came before categories were noted, those of the last weeks are', async () => {
  for (let each = 0; each < 130; each++) bring(0, each === 3 ? ['Boats'] : [])
  bring(1, ['Boats', 'Trains'])
  const before = await top()
  expect(before).toEqual([['Boats', 2, 2]])

  engine.db.transaction(() => noteAnew(engine.db)).immediate()
  expect(await top()).toEqual([])
  expect(noteEarlierStep(engine.db, someNoon)).toBe(true)
  expect(noteEarlierStep(engine.db, someNoon)).toBe(false)
  expect(await top()).toEqual(before)
  expect(noteEarlierStep(engine.db, someNoon)).toBe(false)
})

test('what was used long ago is forgotten, and with it nothing that was used since', async () => {
  const entries = () => engine.db.prepare('SELECT COUNT(*) FROM recent_categories').pluck().get()
  bring(0, ['Boats'], { age: 26 * day })
  bring(0, ['Trains'], { age: 40 * day })
  bring(1, ['Boats'])
  expect(entries()).toBe(2)
  forgetOldCategories(engine.db, someNoon + 3 * day)
  expect(entries()).toBe(1)
})
