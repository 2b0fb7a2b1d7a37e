/** A click on a headline: what opening an article costs, what it leaves behind, and who hears of it. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { firstPlace } from '../../src-main/api/model.ts'
import { journalFolder } from '../../src-main/safety/journal/file.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { commitsIn, journalLines } from '../support/commits.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
let [first, second]: number[] = []

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const articles = [makeArticle({ title: 'Harbour opens' }), makeArticle({ title: 'Bridge closed' })]
  ;[first, second] = storeArticles(engine.db, feedId, articles, someNoon).newIds
})
afterEach(() => engine[Symbol.asyncDispose]())

const open = (articleId: number, marksRead = true) => client.openArticle({ articleId, marksRead })

/** How often the disk was written to meanwhile. */
async function written(act: () => Promise<unknown>) {
  const now = () => ({
    commits: commitsIn(join(engine.dir, 'broadsheet.db')),
    lines: journalLines(journalFolder(engine.dir)),
  })
  const before = now()
  await act()
  const after = now()
  return {
    commits: after.commits - before.commits,
    journal: after.lines.slice(before.lines.length).map(line => line.do),
  }
}

test('opening an unread article is one commit and one line of the journal', async () => {
  expect(await written(() => open(first!))).toEqual({ commits: 1, journal: ['mark'] })
  expect(await client.article({ id: first! })).toMatchObject({ isRead: true })
  expect(await client.lastPlace({})).toMatchObject({ articleId: first })
})

test('opening one that was read is one commit and no line, and opening it again is nothing', async () => {
  await client.markRead({ articleIds: [first!, second!], isRead: true })
  expect(await written(() => open(first!))).toEqual({ commits: 1, journal: [] })
  expect(await written(() => open(first!))).toEqual({ commits: 0, journal: [] })
})

test('an article that was changed after it was read says so when it is opened the next time, and only then', async () => {
  await client.markRead({ articleIds: [first!], isRead: true })
  const edited = makeArticle({ title: 'Bridge closed', html: '<p>At noon.</p>', text: 'At noon.' })
  expect(storeArticles(engine.db, 1, [edited], someNoon + 1).editedIds).toEqual([first])
  const heard: unknown[] = []
  engine.connect().on('articles-changed', change => heard.push(change))
  const lastEditAt = someNoon + 1
  expect((await open(first!)).article).toMatchObject({ editedAt: lastEditAt, lastEditAt })
  await client.counts({})
  expect(heard).toEqual([{ articleIds: [first], isEditSeen: true }])
  const { article } = await open(first!)
  expect(article).toMatchObject({ lastEditAt })
  expect(article).not.toHaveProperty('editedAt')
})

test('coming back to an unread article leaves it unread', async () => {
  expect(await written(() => open(first!, false))).toEqual({ commits: 1, journal: [] })
  expect(await client.article({ id: first! })).toMatchObject({ isRead: false })
})

test('after a place was noted without a sync, what is answered is synced as before', async () => {
  await client.keepPlace({ view: { kind: 'saved' } })
  // 2 is FULL (sqlite.org/pragma.html, 'synchronous').
  expect(engine.db.pragma('synchronous', { simple: true })).toBe(2)
})

test('every window hears what is read now, and none hears where this one’s reader is', async () => {
  const heard: string[] = []
  const other = engine.connect()
  for (const event of ['articles-changed', 'counts-changed', 'settings-changed', 'all-changed'] as const) {
    other.on(event, () => heard.push(event))
  }
  const { article, undoId } = await open(first!)
  expect(article).toMatchObject({ id: first, isRead: true, html: expect.stringContaining('<') })
  await open(first!)
  await client.keepPlace({ view: { kind: 'saved' }, within: { block: 2, text: 'The', offset: 0 } })
  await other.counts({})
  expect(heard).toEqual(['articles-changed', 'counts-changed'])

  expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })
  expect(await client.article({ id: first! })).toMatchObject({ isRead: false })
})

test('the last place is what was noted last, each part by itself', async () => {
  expect(await client.lastPlace({})).toEqual(firstPlace)
  const within = { block: 2, text: 'The harbour', offset: 0.5 }
  await client.keepPlace({ view: { kind: 'today' }, articleId: null })
  await client.openArticle({ articleId: first!, marksRead: true, within })
  expect(await client.lastPlace({})).toEqual({ view: { kind: 'today' }, articleId: first, within, undrawnId: null })
  await client.keepPlace({ within: null })
  expect(await client.lastPlace({})).toMatchObject({ articleId: first, within: null })
  await client.keepPlace({ view: { kind: 'saved' }, articleId: null, within: null })
  expect(await client.lastPlace({})).toEqual({ ...firstPlace, view: { kind: 'saved' } })
})

test('an article that is not there is answered as none, and none is open', async () => {
  await open(first!)
  expect(await open(987_654)).toEqual({ article: null, undoId: null })
  expect(await client.lastPlace({})).toMatchObject({ articleId: null, undrawnId: null })
})

test('an article that is long in being drawn is noted till it is drawn, or something else is opened', async () => {
  const undrawn = async () => (await client.lastPlace({})).undrawnId
  const patiently = { timeout: 20_000 }
  await open(first!)
  await expect.poll(undrawn, patiently).toBe(first)
  await client.keepPlace({ drawnId: second! })
  expect(await undrawn()).toBe(first)
  await client.keepPlace({ drawnId: first! })
  expect(await undrawn()).toBeNull()

  await open(first!)
  await expect.poll(undrawn, patiently).toBe(first)
  await open(second!)
  expect(await undrawn()).toBeNull()
  expect(await written(() => client.keepPlace({ drawnId: second! }))).toEqual({ commits: 0, journal: [] })
})
