/** The full text of an article as a window gets it. */
import { expect, test } from 'vitest'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { shownHtml } from '../../src-main/api/model.ts'
import type { IntakeClient } from '../../src-main/intake/client.ts'
import { storeFullText } from '../../src-main/store/articles/full-text.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { writeFullTextFailure } from '../../src-main/store/full-texts/full-texts.ts'
import { addFeed, makeArticle, someNoon, somePageText } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

const day = 86_400_000
const teaser = 'The ferry crossed the harbour at dawn, with the lamp and its keeper aboard, and then […]'

/** A library of one teaser. `intake`: what fetching its page comes to. */
function library(intake: Partial<IntakeClient> = {}, now = someNoon) {
  const engine = makeEngine({ intake, now: () => now })
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const article = makeArticle({ text: teaser, media: ['https://gazette.example/given.png'] })
  const [id = 0] = storeArticles(engine.db, feedId, [article], someNoon).newIds
  const client = engine.connect()
  const read = async () => (await client.article({ id }))!
  return { engine, client, read, id, feedId, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() }
}

function nextEvent<E extends EventName>(client: EngineClient, name: E): Promise<Events[E]> {
  return new Promise(resolve => client.on(name, resolve))
}

test('a teaser says that it is one, and that its page was not asked for', async () => {
  await using world = library()
  expect(await world.read()).toMatchObject({
    isTeaser: true,
    fullText: null,
    isFullTextShown: false,
    isFullTextWanted: false,
  })
})

test('what was fetched is shown, told to every window, and one switch from the feed’s text', async () => {
  await using world = library({
    async fetchFullText({ articleId, isWanted }) {
      storeFullText(world.engine.db, articleId, somePageText({ media: ['https://gazette.example/full.png'] }), isWanted)
      return { kind: 'stored', bytes: 1 }
    },
  })
  const { client, id, read } = world
  const told = nextEvent(world.engine.connect(), 'full-text-changed')
  expect(await client.fetchFullText({ articleId: id })).toEqual({ kind: 'fetched' })
  expect(await told).toEqual({ articleId: id })

  const full = await read()
  expect(full).toMatchObject({ isFullTextShown: true, fullText: { kind: 'text', url: somePageText().url } })
  expect(shownHtml(full)).toBe(somePageText().html)
  expect(Object.keys(full.media)).toEqual(['https://gazette.example/full.png'])

  await client.showFullText({ articleId: id, isFull: false })
  const given = await read()
  expect(shownHtml(given)).toContain('with the lamp and its keeper aboard')
  expect(Object.keys(given.media)).toEqual(['https://gazette.example/given.png'])
})

test('a page that can’t be had is answered, with why, and leaves the feed’s text', async () => {
  const failure = { reason: 'http', status: 404 } as const
  await using world = library({ fetchFullText: async () => ({ kind: 'failed', failure, bytes: 0 }) })
  expect(await world.client.fetchFullText({ articleId: world.id })).toEqual({ kind: 'failed', failure })
  expect(shownHtml(await world.read())).toContain('with the lamp and its keeper aboard')
})

test('of an article that is gone the window is told so', async () => {
  await using world = library({ fetchFullText: async () => ({ kind: 'gone' }) })
  await expect(world.client.fetchFullText({ articleId: 999 })).rejects.toMatchObject({ code: 'not-found' })
})

test('read always with full text, it is wanted until it is there, and shown unless the reader chose otherwise', async () => {
  await using world = library()
  const { client, engine, feedId, id, read } = world
  await client.setReading({ of: { kind: 'feeds', feedIds: [feedId] }, reading: { fullText: 'always' } })
  expect(await read()).toMatchObject({ isFullTextWanted: true, isFullTextShown: false })
  storeFullText(engine.db, id, somePageText(), null)
  expect(await read()).toMatchObject({ isFullTextWanted: false, isFullTextShown: true })
  await client.showFullText({ articleId: id, isFull: false })
  expect(await read()).toMatchObject({ isFullTextWanted: false, isFullTextShown: false })
})

test('a page that failed is wanted again after a day', async () => {
  const failed = {
    url: 'https://gazette.example/page',
    failure: { reason: 'http', status: 404 } as const,
    fetchedAt: someNoon,
  }
  for (const { passed, isWanted } of [
    { passed: day - 1, isWanted: false },
    { passed: day, isWanted: true },
  ]) {
    await using world = library({}, someNoon + passed)
    await world.client.setReading({ of: { kind: 'feeds', feedIds: [world.feedId] }, reading: { fullText: 'always' } })
    writeFullTextFailure(world.engine.db, world.id, failed)
    expect(await world.read()).toMatchObject({ isFullTextWanted: isWanted, fullText: { kind: 'failed' } })
  }
})

test('the search shows the passage of the text that matched', async () => {
  await using world = library()
  storeFullText(world.engine.db, world.id, somePageText(), null)
  const search = (query: string) => world.client.headlines({ view: { kind: 'search', query }, limit: 10 })
  const matched = async (query: string) =>
    (await search(query)).rows[0]?.match?.passage.filter(segment => segment.isMatch).map(segment => segment.text)
  expect(await matched('lighthouse')).toEqual(['lighthouse'])
  expect(await matched('keeper')).toEqual(['keeper'])
})
