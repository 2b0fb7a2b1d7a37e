/** What is kept of how sounds were heard, through the contract. */
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { journalFolder } from '../../src-main/safety/journal/file.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { commitsIn, journalLines } from '../support/commits.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const url = 'https://cast.example/1.mp3'
const sound = { url, type: 'audio/mpeg', length: null, duration: 1_800 }
const asked: object[] = []

let store: TestStore
let engine: TestEngine
let client: EngineClient
let articleId: number

beforeEach(() => {
  store = makeStore()
  engine = makeEngine({ store, intake: { chapters } })
  client = engine.connect()
  asked.length = 0
  articleId = publish([sound])
})
afterEach(() => engine[Symbol.asyncDispose]())

async function chapters(request: object): Promise<[]> {
  asked.push(request)
  return []
}

function publish(enclosures: NonNullable<Parameters<typeof makeArticle>[0]>['enclosures']): number {
  const feedId = addFeed(engine.db, `https://cast.example/feed-${Math.random()}`)
  const [id] = storeArticles(engine.db, feedId, [makeArticle({ title: 'The harbour', enclosures })], someNoon).newIds
  return id!
}

test('an episode that nobody has heard begins at its beginning', async () => {
  expect(await client.episode({ articleId, url })).toMatchObject({
    articleId,
    url,
    title: 'The harbour',
    position: 0,
    duration: 1_800,
    isPlayed: false,
    path: expect.stringMatching(/^\/media\?/),
  })
})

test('how far an episode was heard is there after a restart', async () => {
  await client.keepPlayback({ articleId, url, position: 63.5, duration: 1_790.25, isPlayed: false })
  await engine.close()
  const again = makeEngine({ store }).connect()
  expect(await again.episode({ articleId, url })).toMatchObject({ position: 63.5, duration: 1_790.25, isPlayed: false })
})

test('a length that is not known does not replace one that is', async () => {
  await client.keepPlayback({ articleId, url, position: 1, duration: 1_790, isPlayed: false })
  await client.keepPlayback({ articleId, url, position: 0, duration: null, isPlayed: true })
  expect(await client.episode({ articleId, url })).toMatchObject({ position: 0, duration: 1_790, isPlayed: true })
})

test('keeping a position is one commit, and no line of the journal', async () => {
  const file = join(engine.dir, 'broadsheet.db')
  const before = { commits: commitsIn(file), lines: journalLines(journalFolder(engine.dir)).length }
  await client.keepPlayback({ articleId, url, position: 9, duration: null, isPlayed: false })
  expect(commitsIn(file) - before.commits).toBe(1)
  expect(journalLines(journalFolder(engine.dir)).length).toBe(before.lines)
})

test('what is to be played next is there after a restart, but for what has gone', async () => {
  const other = publish([{ ...sound, url: 'https://cast.example/2.mp3' }])
  const keys = [
    { articleId: other, url: 'https://cast.example/2.mp3' },
    { articleId, url },
    { articleId, url: 'https://cast.example/elsewhere.mp3' },
    { articleId: 999_999, url },
  ]
  await client.keepQueue({ episodes: keys })
  await engine.close()
  const queue = await makeEngine({ store }).connect().playQueue({})
  expect(queue.map(({ articleId, url }) => ({ articleId, url }))).toEqual(keys.slice(0, 2))
})

test('a position in an article that is gone is dropped without a word', async () => {
  await client.keepPlayback({ articleId: 999_999, url, position: 9, duration: null, isPlayed: false })
  expect(await client.episode({ articleId: 999_999, url })).toBeNull()
})

test('chapters of the feed are answered without asking anybody', async () => {
  const chapters = [{ start: 0, title: 'Hello', image: 'https://cast.example/h.png' }]
  const id = publish([{ ...sound, chapters }])
  expect(await client.chapters({ articleId: id, url })).toEqual([
    { start: 0, title: 'Hello', url: null, imageUrl: expect.stringMatching(/^\/media\?/) },
  ])
  expect(asked).toEqual([])
})

test('a file of chapters is asked for, with the permissions of its feed', async () => {
  const id = publish([{ ...sound, chapters: 'https://cast.example/1.json' }])
  await client.chapters({ articleId: id, url })
  await client.chapters({ articleId, url })
  expect(asked).toEqual([
    { url, privateHost: null, proxy: null, file: 'https://cast.example/1.json' },
    { url, privateHost: null, proxy: null, file: null },
  ])
})
