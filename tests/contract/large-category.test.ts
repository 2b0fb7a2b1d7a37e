/** A category that thousands of articles are of: its pages are picked from the list of all, and counted by the indexes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HeadlineRow, PageKey, View } from '../../src-main/api/model.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
/** Titles of its articles, newest first. */
let expected: string[]

const each = 900
/** So many of its articles two feeds have. */
const shared = 30

beforeAll(async () => {
  engine = makeEngine()
  client = engine.connect()
  const feedIds = ['gazette', 'herald', 'courier', 'gone'].map(name =>
    addFeed(engine.db, `https://${name}.example/feed`),
  )
  const titles: { title: string; publishedAt: number }[] = []
  for (const [index, feedId] of feedIds.entries()) {
    const articles = Array.from({ length: each }, (_, n) => {
      // Those of one feed are between those of the others.
      const publishedAt = someNoon - (n * 4 + index) * 60_000
      const isShared = index === 1 && n < shared
      const title = isShared ? `shared ${n}` : `${index}-${n}`
      const url = `https://articles.example/${title}`
      const categories = n % 4 === 3 ? ['Trains'] : ['Boats']
      if (n % 4 !== 3 && index !== 3) titles.push({ title, publishedAt })
      return makeArticle({ title, url, categories, publishedAt })
    })
    storeArticles(engine.db, feedId, articles, someNoon)
  }
  const copies = Array.from({ length: shared }, (_, n) =>
    makeArticle({
      title: `shared ${n}`,
      url: `https://articles.example/shared ${n}`,
      categories: ['Boats'],
      publishedAt: someNoon - (n * 4 + 1) * 60_000,
    }),
  )
  storeArticles(engine.db, feedIds[2]!, copies, someNoon)
  await client.unsubscribe({ feedIds: [feedIds[3]!] })
  const extra = copies.flatMap(({ title, publishedAt }, n) =>
    n % 4 === 3 ? [{ title, publishedAt: publishedAt! }] : [],
  )
  expected = [...titles, ...extra].sort((a, b) => b.publishedAt - a.publishedAt).map(({ title }) => title)
})
afterAll(() => engine[Symbol.asyncDispose]())

const view: View = { kind: 'category', name: '#boats' }

async function pages(more: { oldestFirst?: boolean; unreadOnly?: boolean } = {}): Promise<HeadlineRow[]> {
  const rows: HeadlineRow[] = []
  for (let after: PageKey | null = null; ; ) {
    const page = await client.headlines({ view, limit: 150, after, ...more })
    rows.push(...page.rows)
    if (page.next === null) return rows
    after = page.next
  }
}
const titlesOf = (rows: HeadlineRow[]) => rows.map(({ title }) => title)

test('all of it is listed, once, from either end, and counted', async () => {
  expect(titlesOf(await pages())).toEqual(expected)
  expect(titlesOf(await pages({ oldestFirst: true }))).toEqual(expected.toReversed())
  const { total, newestId } = await client.headlines({ view, limit: 1 })
  expect(total).toBe(expected.length)
  expect((await client.category({ name: 'Boats' })).articles).toBe(expected.length)
  const newer = expected.length - (await client.headlines({ view, limit: 1, newestId: 1_000 })).total!
  expect(await client.countNewer({ view, newestId: 1_000 })).toEqual({ count: newer })
  expect(newer).toBeGreaterThan(0)
  expect(newestId).toBeGreaterThan(1_000)
})

test('marked read, all of it is, and comes back unread', async () => {
  const some = (await pages()).slice(-500)
  await client.markRead({ articleIds: some.map(({ id }) => id), isRead: true })
  expect(titlesOf(await pages({ unreadOnly: true }))).toEqual(expected.slice(0, -500))
  expect((await client.headlines({ view, limit: 1, unreadOnly: true })).total).toBe(expected.length - 500)

  const { changed, undoId } = await client.markViewRead({ view, newestId: 1_000_000 })
  expect(changed).toBe(expected.length - 500)
  expect(await pages({ unreadOnly: true })).toEqual([])
  const trains = await client.headlines({ view: { kind: 'category', name: 'Trains' }, limit: 1_000, unreadOnly: true })
  expect(trains.total).toBe((each / 4) * 3 - 7)
  await client.undo({ undoId: undoId! })
  expect(await pages({ unreadOnly: true })).toHaveLength(expected.length - 500)
})
