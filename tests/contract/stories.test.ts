/** A story as windows get it: what is new in it, each article once, what each adds, and that following it goes on. */
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { StoryRef } from '../../src-main/api/model.ts'
import { beginFile, journalFolder, writeBase } from '../../src-main/safety/journal/file.ts'
import { linesOf } from '../../src-main/safety/journal/journal.ts'
import { replayJournal } from '../../src-main/safety/journal/replay.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { copyDatabase } from '../../src-main/store/rescue/copy.ts'
import { readSettings } from '../../src-main/store/settings.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'
import { joinStory, storeStory } from '../support/stories.ts'

const minute = 60_000
let engine: TestEngine
let client: EngineClient
let feeds: Record<string, number>
let storyId: number
let seen: number[]

beforeEach(() => {
  engine = makeEngine()
  client = engine.connect()
  const names = ['Courier', 'Herald', 'Ledger', 'Gazette']
  feeds = Object.fromEntries(
    names.map(title => [title, addFeed(engine.db, `https://${title}.example/feed`, { title })]),
  )
  seen = [bring('Courier', 'Dam bursts in Orrin Valley', 60), bring('Herald', 'Orrin Valley dam bursts', 50)]
  storyId = storeStory(engine.db, seen)
  return () => engine[Symbol.asyncDispose]()
})

function bring(feed: string, title: string, minutesAgo: number, text = title, part = {}): number {
  const publishedAt = someNoon - minutesAgo * minute
  const [id] = storeArticles(
    engine.db,
    feeds[feed]!,
    [makeArticle({ title, text, publishedAt, ...part })],
    someNoon,
  ).newIds
  return id!
}

const storyOf = async (articleId: number) => (await client.article({ id: articleId }))?.story
const rowStories = async () =>
  (await client.headlines({ view: { kind: 'all' }, limit: 50 })).rows.map(({ story }) => story)
const newIn = async () => (await client.story({ storyId }))?.articles.filter(({ isNew }) => isNew).map(({ id }) => id)
const followed = async () => (await client.followedStories({})).stories

test('a story that nobody follows has nothing new, whatever joins it', async () => {
  joinStory(engine.db, storyId, [bring('Ledger', 'Dam: what is known', 10)])
  expect(await rowStories()).toEqual(Array(3).fill({ id: storyId, sources: 3 }))
  expect(await newIn()).toEqual([])
  expect(await followed()).toEqual([])
})

test('a followed story is marked from when a source joins it until the reader looks at it', async () => {
  await client.followStory({ storyId, isFollowed: true })
  expect(await followed()).toMatchObject([{ id: storyId, sources: 2, first: { id: seen[0] }, joined: [] }])
  expect(await rowStories()).toEqual(Array(2).fill({ id: storyId, sources: 2 }))

  const joined = bring('Ledger', 'Dam: what is known', 10)
  joinStory(engine.db, storyId, [joined])
  const marked = { id: storyId, sources: 3, hasNew: true }
  expect(await rowStories()).toEqual(Array(3).fill(marked))
  expect(await storyOf(seen[0]!)).toEqual(marked)
  expect(await newIn()).toEqual([joined])
  expect(await followed()).toMatchObject([{ ...marked, joined: ['Ledger'], latestAt: someNoon - 10 * minute }])

  const heard: { articles: { id: number; story: StoryRef | null }[] }[] = []
  engine.connect().on('stories-changed', change => heard.push(change))
  await client.lookAtStory({ storyId, articleIds: [...seen, joined] })
  await client.counts({})
  const story = { id: storyId, sources: 3 }
  expect(heard).toEqual([{ articles: [...seen, joined].map(id => ({ id, story })) }])
  expect(await rowStories()).toEqual(Array(3).fill(story))
  expect(await newIn()).toEqual([])
  expect(await followed()).toMatchObject([{ ...story, joined: [] }])
})

test('another article of a source that was there is new in the story, and marks nothing', async () => {
  await client.followStory({ storyId, isFollowed: true })
  const more = bring('Herald', 'Dam: Herald has more', 10)
  joinStory(engine.db, storyId, [more], `site-${seen[1]}.example`)
  expect(await newIn()).toEqual([more])
  expect(await rowStories()).toEqual(Array(3).fill({ id: storyId, sources: 2 }))
  expect(await followed()).toMatchObject([{ joined: [] }])
})

test('what the reader puts there is not new to them', async () => {
  await client.followStory({ storyId, isFollowed: true })
  const own = bring('Ledger', 'A lake is gone', 10)
  await client.correctStory({ kind: 'same', articleId: own, otherId: seen[0]! })
  expect(await newIn()).toEqual([])
  expect(await storyOf(own)).toEqual({ id: storyId, sources: 3 })
})

test('what was seen is so after a start, from the journal, and where all is taken in', async () => {
  const folder = journalFolder(engine.dir)
  writeBase(folder, beginFile(folder), linesOf(engine.db, readSettings(engine.db), someNoon))
  const backup = join(engine.dir, 'copy.db')
  await client.followStory({ storyId, isFollowed: true })
  const joined = bring('Ledger', 'Dam: what is known', 10)
  joinStory(engine.db, storyId, [joined])
  await copyDatabase(join(engine.dir, 'broadsheet.db'), backup, { at: someNoon, reason: 'daily' })
  await client.lookAtStory({ storyId, articleIds: [joined] })
  const late = bring('Gazette', 'Dam: what is not known', 5)
  joinStory(engine.db, storyId, [late])

  const restored = openDatabase(backup)
  await replayJournal(restored, folder, { now: someNoon, log: line => expect.fail(line) })
  const named = 'SELECT COUNT(*) FROM decided_articles WHERE article_id IS NOT NULL'
  expect(restored.prepare(named).pluck().get()).toBe(3)
  restored.close()

  const { path } = await client.exportEverything({})
  const archive = Buffer.from(bytesOf(await engine.resource(path))).toString('base64')
  await using other = makeEngine()
  await other.connect().importEverything({ archive })
  expect(other.db.prepare('SELECT COUNT(*) FROM decided_articles').pluck().get()).toBe(3)

  await using again = makeEngine({ store: makeStore(engine.dir) })
  const { articles } = (await again.connect().story({ storyId }))!
  expect(articles.filter(({ isNew }) => isNew).map(({ id }) => id)).toEqual([late])
})

test('an article that left a followed story does not make the next one it comes to a followed one', async () => {
  await client.followStory({ storyId, isFollowed: true })
  const third = bring('Ledger', 'Dam: what is known', 10)
  joinStory(engine.db, storyId, [third])
  await client.lookAtStory({ storyId, articleIds: [third] })
  await client.correctStory({ kind: 'apart', articleId: third, storyId })
  const other = storeStory(engine.db, [third, bring('Gazette', 'A lake is gone', 5)])
  expect((await client.story({ storyId: other }))?.isFollowed).toBe(false)
  expect((await followed()).map(({ id }) => id)).toEqual([storyId])
})

test('a followed story whose articles are gone is in no list, and can be let go', async () => {
  await client.followStory({ storyId, isFollowed: true })
  engine.db.prepare('DELETE FROM articles').run()
  expect(await followed()).toEqual([])
  expect(await client.story({ storyId })).toBeNull()
  expect(await client.lookAtStory({ storyId, articleIds: seen })).toEqual({})
  expect(await client.followStory({ storyId, isFollowed: false })).toEqual({ undoId: null })
})

test('followed stories with new sources come first, then the latest', async () => {
  const [comet, strike] = ['Comet', 'Strike'].map((title, index) =>
    storeStory(engine.db, [bring('Ledger', title, 30 - index), bring('Gazette', `${title} here`, 20 - index)]),
  ) as [number, number]
  for (const id of [storyId, comet, strike]) await client.followStory({ storyId: id, isFollowed: true })
  expect((await followed()).map(({ id }) => id)).toEqual([strike, comet, storyId])
  joinStory(engine.db, storyId, [bring('Ledger', 'Dam: what is known', 40)])
  expect((await followed()).map(({ id }) => id)).toEqual([storyId, strike, comet])
})

test('a copy stands once, names the other sources, and leaves the story with them', async () => {
  const wire = { url: 'https://wire.example/dam', canonicalUrl: 'https://wire.example/dam' }
  const [first, copy] = ['Ledger', 'Gazette'].map((feed, index) =>
    bring(feed, 'Wire: dam burst', 40 - index, 'Of the wire.', wire),
  )
  joinStory(engine.db, storyId, [first!, copy!], 'wire.example')
  const story = await client.story({ storyId })
  expect(story).toMatchObject({
    sources: 3,
    articles: [{}, {}, { id: first, copies: [{ id: copy, feedTitle: 'Gazette' }] }],
  })
  expect(story?.articles).toHaveLength(3)

  const { undoId } = await client.correctStory({ kind: 'apart', articleId: first!, storyId })
  expect((await client.story({ storyId }))?.articles.map(({ id }) => id)).toEqual(seen)
  await client.undo({ undoId: undoId! })
  expect((await client.story({ storyId }))?.articles).toHaveLength(3)

  await client.changeSettings({ foldsCopies: false })
  expect((await client.story({ storyId }))?.articles).toHaveLength(4)
})

test('what an article adds, and that its publisher changed it, stands with it', async () => {
  const text = 'Mayor Ada Kemble said that 40,000 people had left the Orrin Valley.'
  const third = bring('Ledger', 'Dam: what is known', 10, text)
  joinStory(engine.db, storyId, [third])
  expect((await client.story({ storyId }))?.articles.map(({ adds }) => adds)).toEqual([
    undefined,
    undefined,
    ['Mayor Ada Kemble', '40,000 people'],
  ])
  const later = someNoon + minute
  const edited = makeArticle({
    title: 'Dam: what is known',
    text: `${text} One is missing.`,
    publishedAt: someNoon - 10 * minute,
  })
  storeArticles(engine.db, feeds.Ledger!, [edited], later)
  expect((await client.story({ storyId }))?.articles.map(({ lastEditAt }) => lastEditAt)).toEqual([
    undefined,
    undefined,
    later,
  ])
})
