/** What is trending: which stories, in which order, of which hours; and the list of them. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { noteGrouped } from '../../src-main/store/stories/grouped.ts'
import { createStory, moveArticle } from '../../src-main/store/stories/stories.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const hour = 3_600_000

let engine: TestEngine
let client: EngineClient
/** Feeds by their names: each of a site of its own, or `NAME.SITE`. */
let feeds: Map<string, number>

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  feeds = new Map()
  return () => engine[Symbol.asyncDispose]()
})

function feed(name: string): number {
  const known = feeds.get(name) ?? addFeed(engine.db, `https://${name}.example/feed`, { title: name })
  feeds.set(name, known)
  return known
}

function bring(name: string, title: string, hoursAgo: number): number {
  const article = makeArticle({
    title,
    url: `https://${name}.example/${title}`,
    publishedAt: someNoon - hoursAgo * hour,
  })
  return storeArticles(engine.db, feed(name), [article], someNoon).newIds[0]!
}

/** A story of the articles of these feeds, each so many hours old. Answers their ids. */
function story(title: string, reports: Record<string, number>): number[] {
  const ids = Object.entries(reports).map(([name, hoursAgo]) => bring(name, `${title} ${name}`, hoursAgo))
  const group = engine.db.transaction(() => {
    const storyId = createStory(engine.db, someNoon)
    for (const [index, name] of Object.keys(reports).entries()) {
      const domain = `${name.split('.').at(-1)}.example`
      moveArticle(engine.db, { articleId: ids[index]!, to: storyId, domain }, someNoon)
    }
  })
  group.immediate()
  return ids
}

/** Titles of the leads, the first one first. */
async function leads(hours: 6 | 24 | 168 = 24): Promise<string[]> {
  return (await client.trending({ hours })).stories.map(({ lead }) => lead.title)
}

const listed = async () => (await client.headlines({ view: { kind: 'trending' }, limit: 100, unreadOnly: true })).rows

test('a story trends from three sites on: however many feeds and articles a site has, it is one', async () => {
  story('three', { herald: 3, gazette: 2, courier: 1 })
  story('two', { herald: 3, gazette: 2 })
  story('one site', { 'news.times': 3, 'sport.times': 2, 'world.times': 1, ledger: 1 })
  const { stories } = await client.trending({ hours: 24 })
  expect(stories.map(({ lead, sources }) => [lead.title, sources])).toEqual([['three herald', 3]])
  expect(stories[0]).toMatchObject({
    first: { feedTitle: 'herald', publishedAt: someNoon - 3 * hour },
    latestAt: someNoon - hour,
  })
  expect(stories[0]?.others.map(({ title }) => title)).toEqual(['three courier', 'three gazette'])
})

test('each window has the stories of its hours, and says of each what was in them', async () => {
  story('old', { herald: 100, gazette: 90, courier: 80 })
  story('yesterday', { herald: 23, gazette: 20, courier: 12 })
  story('now', { herald: 30, gazette: 3, courier: 2, ledger: 1 })
  expect(await leads(6)).toEqual(['now gazette'])
  expect(await leads(24)).toEqual(['now gazette', 'yesterday herald'])
  expect(await leads(168)).toEqual(['now herald', 'yesterday herald', 'old herald'])
  expect((await client.trending({ hours: 6 })).stories[0]).toMatchObject({
    sources: 3,
    first: { feedTitle: 'gazette' },
  })
})

test('of two stories of as many sites the fresher one is first, and more sites outdo some hours', async () => {
  story('stale', { a: 12, b: 12, c: 12 })
  story('fresh', { a: 2, b: 2, c: 2 })
  story('wide', { a: 3, b: 3, c: 3, d: 3, e: 3, f: 3 })
  expect(await leads()).toEqual(['wide a', 'fresh a', 'stale a'])
})

/** So many articles of the last week, none of a story. */
function post(name: string, count: number): void {
  const articles = Array.from({ length: count }, (_, index) => {
    const [title, publishedAt] = [`${name} ${index}`, someNoon - (index % 160) * hour]
    return makeArticle({ title, url: `https://${name}.example/${index}`, publishedAt })
  })
  storeArticles(engine.db, feed(name), articles, someNoon)
}

test('a site that posts 300 articles a day outvotes no blog, even where it writes later', async () => {
  post('wire', 2_100)
  story('wire', { wire: 1, herald: 3, gazette: 3 })
  story('blog', { blog: 3, herald: 3, gazette: 3 })
  expect(await leads()).toEqual(['blog blog', 'wire herald'])
})

test('a site posts what all of its feeds do', async () => {
  for (const name of ['news.times', 'sport.times', 'world.times']) post(name, 20)
  post('daily', 30)
  story('times', { 'news.times': 3, herald: 3, gazette: 3 })
  story('daily', { daily: 3, herald: 3, gazette: 3 })
  expect(await leads()).toEqual(['daily daily', 'times news.times'])
})

test('a story that several sites have just joined is rising, one that is only new is not', async () => {
  story('rising', { a: 12, b: 2, c: 1 })
  story('new', { a: 3, b: 2, c: 1 })
  story('going on', { a: 12, b: 9, c: 1 })
  const { stories } = await client.trending({ hours: 24 })
  const rising = stories.filter(({ isRising }) => isRising)
  expect(rising.map(({ lead }) => lead.title)).toEqual(['rising a'])
})

test('what is not followed any more is no source', async () => {
  story('three', { herald: 3, gazette: 2, courier: 1 })
  await client.unsubscribe({ feedIds: [feed('courier')] })
  expect(await leads()).toEqual([])
})

test('it is said while articles wait to be compared', async () => {
  const id = bring('herald', 'alone', 1)
  expect((await client.trending({ hours: 24 })).isGrouping).toBe(true)
  noteGrouped(engine.db, { version: 1, upTo: id })
  expect((await client.trending({ hours: 24 })).isGrouping).toBe(false)
})

describe('the list', () => {
  test('has the leads in the order of rank, of the hours that are set, read ones too', async () => {
    const [old] = story('yesterday', { herald: 20, gazette: 16, courier: 12 })
    const [lead] = story('now', { herald: 3, gazette: 2, courier: 1 })
    await client.markRead({ articleIds: [lead!], isRead: true })
    expect((await listed()).map(({ id }) => id)).toEqual([lead, old])
    await client.changeSettings({ trendingHours: 6 })
    expect((await listed()).map(({ id }) => id)).toEqual([lead])
    const page = await client.headlines({ view: { kind: 'trending' }, limit: 100 })
    expect(page).toMatchObject({ next: null, total: 1 })
    expect(await client.countNewer({ view: { kind: 'trending' }, newestId: 0 })).toEqual({ count: 0 })
  })

  test('marked read it is all articles of its stories but those that came since, and no others; undone it is as before', async () => {
    const ids = story('dam', { herald: 30, gazette: 3, courier: 2, ledger: 1 })
    const other = bring('herald', 'pears', 1)
    const later = story('comet', { herald: 3, gazette: 2, courier: 1 })
    const unread = async () => {
      const { rows } = await client.headlines({ view: { kind: 'unread' }, limit: 100 })
      return rows.map(({ id }) => id).sort((a, b) => a - b)
    }
    const newestId = Math.max(...ids)
    const { changed, undoId } = await client.markViewRead({ view: { kind: 'trending' }, newestId })
    expect(changed).toBe(4)
    expect(await unread()).toEqual([other, ...later])
    const { stories } = await client.trending({ hours: 24 })
    expect(Object.fromEntries(stories.map(({ lead, unreadIds }) => [lead.title, unreadIds]))).toEqual({
      'dam gazette': [],
      'comet herald': later,
    })
    await client.undo({ undoId: undoId! })
    expect(await unread()).toEqual([...ids, other, ...later])
  })
})
