/** The source 'Digest', as a window sees it: followed, made when it is due, read, unsubscribed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { confirmClock } from '../../src-main/polling/clock-trust.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { dueFeeds } from '../../src-main/store/feeds/poll-state.ts'
import { headlinesOf, ungroupedAfter } from '../../src-main/store/stories/headlines.ts'
import { addFeed, makeArticle } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const hour = 3_600_000
/** A Friday, at noon where the tests run; digests are due at 7. */
const friday = new Date(2026, 10, 27, 12).getTime()
const saturday = friday + 19.5 * hour

let now = friday
let engine: TestEngine
let client: EngineClient
beforeEach(() => {
  now = friday
  engine = makeEngine({ now: () => now })
  client = engine.connect()
})
afterEach(() => engine[Symbol.asyncDispose]())

function report(title: string, more: Parameters<typeof makeArticle>[0] = {}): number {
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  return storeArticles(engine.db, feedId, [makeArticle({ title, publishedAt: now - hour, ...more })], now - 1_000)
    .newIds[0]!
}

const digests = async () => {
  const { feeds } = await client.sources({})
  const feed = feeds.find(({ kind }) => kind === 'digest')
  return feed ? (await client.headlines({ view: { kind: 'feed', feedId: feed.id }, limit: 50 })).rows : null
}

/** Digests are wanted since Friday noon, and it is Saturday, half past seven. */
async function wantDigests(): Promise<number> {
  const { feedId } = await client.followDigest({})
  now = saturday
  return feedId
}

test('is made at its time, and is an article of a source with an icon of its own', async () => {
  await wantDigests()
  report('Ferry & harbour <open>')

  expect(await engine.makeDueDigest()).toBe(true)

  const [row] = (await digests()) ?? []
  expect(row).toMatchObject({
    feedTitle: 'Digest',
    title: 'Digest, Saturday 28 November',
    summary: 'Ferry & harbour <open>',
    isRead: false,
    publishedAt: saturday,
  })
  const icon = await engine.resource(row!.feedIconUrl!)
  expect(icon).toMatchObject({ status: 200, type: 'image/png' })
  const article = await client.article({ id: row!.id })
  expect(article?.html).toContain('Ferry &amp; harbour &lt;open&gt;</a>')
  expect(article?.html).toContain('href="https://gazette.example/ferry-harbour-open-"')
})

test('a summary does not begin with its headline again', async () => {
  await wantDigests()
  report('The ferry', { summary: 'The ferry Boats leave at noon.' })
  report('Bridge', { summary: 'Bridges are closed.' })
  await engine.makeDueDigest()
  const article = await client.article({ id: (await digests())![0]!.id })
  expect(article?.html).toContain('<p dir="auto">Boats leave at noon.</p>')
  expect(article?.html).toContain('<p dir="auto">Bridges are closed.</p>')
})

test('its source has its icon before there is any digest', async () => {
  await client.followDigest({})
  const { feeds } = await client.sources({})
  expect((await engine.resource(feeds[0]!.iconUrl!)).status).toBe(200)
})

test('while the clock is in doubt there is none', async () => {
  await wantDigests()
  report('Ferry')
  writeMeta(engine.db, 'clockSeenAt', now - 20 * 24 * hour)
  expect(await engine.makeDueDigest()).toBe(false)
  confirmClock(engine.db, now)
  expect(await engine.makeDueDigest()).toBe(true)
})

test('is made by nobody who has not asked for it', async () => {
  now = saturday
  report('Ferry')
  expect(await engine.makeDueDigest()).toBe(false)
  expect(await digests()).toBeNull()
})

test('there is one for a day, however often it is looked, and another the next day of what came since', async () => {
  await wantDigests()
  report('Ferry')
  await engine.makeDueDigest()
  now += hour
  report('Bridge')
  expect(await engine.makeDueDigest()).toBe(false)
  now += 24 * hour
  report('Lamp')
  expect(await engine.makeDueDigest()).toBe(true)

  const rows = (await digests())!.map(({ title, summary }) => [title, summary])
  expect(rows).toEqual([
    ['Digest, Sunday 29 November', 'Lamp · Bridge'],
    ['Digest, Saturday 28 November', 'Ferry'],
  ])
})

test('a day for which there was one gets no other, although what is remembered of it is gone', async () => {
  await wantDigests()
  report('Ferry')
  await engine.makeDueDigest()
  engine.db.prepare("DELETE FROM facts WHERE name = 'digest'").run()
  expect(await engine.makeDueDigest()).toBe(false)
})

test('with nothing to tell there is none, and the next one tells all since the last', async () => {
  await wantDigests()
  expect(await engine.makeDueDigest()).toBe(false)
  report('Ferry')
  now += hour
  expect(await engine.makeDueDigest()).toBe(false)
  now += 23 * hour
  expect(await engine.makeDueDigest()).toBe(true)
  expect((await digests())!.map(({ summary }) => summary)).toEqual(['Ferry'])
})

test('marks nothing read that it tells of', async () => {
  await wantDigests()
  report('Ferry')
  const before = (await client.counts({})).unread
  await engine.makeDueDigest()
  expect((await client.counts({})).unread).toBe(before + 1)
})

test('tells an open window of itself', async () => {
  const feedId = await wantDigests()
  report('Ferry')
  const arrived: unknown[] = []
  client.on('articles-arrived', event => arrived.push(event))
  await engine.makeDueDigest()
  await client.counts({})
  expect(arrived).toEqual([{ feedId, newIds: [expect.any(Number)], editedIds: [] }])
})

test('unsubscribed, it is made no more, until that is undone', async () => {
  const feedId = await wantDigests()
  report('Ferry')
  const { undoId } = await client.unsubscribe({ feedIds: [feedId] })
  expect(await engine.makeDueDigest()).toBe(false)
  await client.undo({ undoId: undoId! })
  expect(await engine.makeDueDigest()).toBe(true)
})

test('wanted again on a day that had one, it is not made twice', async () => {
  const feedId = await wantDigests()
  report('Ferry')
  await engine.makeDueDigest()
  await client.unsubscribe({ feedIds: [feedId] })
  await client.followDigest({})
  now += hour
  report('Bridge')
  expect(await engine.makeDueDigest()).toBe(false)
})

test('paused, it is not made', async () => {
  const feedId = await wantDigests()
  report('Ferry')
  await client.setPaused({ feedIds: [feedId], isPaused: true })
  expect(await engine.makeDueDigest()).toBe(false)
})

test('is never polled, and in no list of feeds for other readers', async () => {
  const feedId = await wantDigests()
  await client.setPaused({ feedIds: [feedId], isPaused: false })
  expect(dueFeeds(engine.db, now + 999 * hour, 50).map(({ id }) => id)).not.toContain(feedId)
  const { text } = await client.exportOpml({})
  expect(text).not.toContain('broadsheet:')
})

test('as the settings say: how many, of which parts, on which days', async () => {
  await wantDigests()
  await client.changeSettings({ digest: { days: [0], at: '07:00', most: 5, parts: ['saved'] } })
  const kept = report('Ferry')
  report('Bridge')
  await client.setSaved({ articleIds: [kept], isSaved: true })
  expect(await engine.makeDueDigest()).toBe(false)
  now += 24 * hour
  expect(await engine.makeDueDigest()).toBe(true)
  expect((await digests())!.map(({ summary }) => summary)).toEqual(['Ferry'])
})

test('is part of no story, and no copy of anything', async () => {
  await wantDigests()
  report('Ferry')
  await engine.makeDueDigest()
  const { ids } = ungroupedAfter(engine.db, { after: 0, until: 1_000_000, most: 100 })
  expect(headlinesOf(engine.db, ids).map(({ title }) => title)).toEqual(['Ferry'])
})

test('what it links to is found in the library, also what has no address, and nothing else', async () => {
  await wantDigests()
  const withAddress = report('Ferry')
  const without = report('Bridge', { url: null, guid: 'bridge' })
  const entries = [2, 1].map(at =>
    makeArticle({
      title: `Entry ${at}`,
      url: 'https://gazette.example/log',
      guid: `log-${at}`,
      publishedAt: now - hour,
    }),
  )
  const logs = addFeed(engine.db, 'https://gazette.example/log.xml')
  const [first, second] = storeArticles(engine.db, logs, entries, now - 1_000).newIds
  await engine.makeDueDigest()
  const [row] = (await digests())!
  const { html } = (await client.article({ id: row!.id }))!
  const linked = [...html.matchAll(/<a href="([^"]+)"[^>]*>([^<]+)<\/a>/g)].map(([, url, title]) => ({
    url: url!,
    title: title!,
  }))
  const ids = await Promise.all(linked.map(async link => [link.title, (await client.linkedArticle(link)).articleId]))
  expect(Object.fromEntries(ids)).toEqual({ Ferry: withAddress, Bridge: without, 'Entry 1': first, 'Entry 2': second })
  const other = linked.find(({ title }) => title === 'Bridge')!
  const forged = other.url.replace(/-[0-9a-f]{8}$/, '-00000000')
  expect(await client.linkedArticle({ ...other, url: forged })).toEqual({ articleId: null })
  expect(await client.linkedArticle({ url: 'https://elsewhere.example/', title: 'Ferry' })).toEqual({ articleId: null })
})

test('is told by a notice where the reader wants that, the first one, too', async () => {
  const feedId = await wantDigests()
  await client.setReading({ of: { kind: 'feeds', feedIds: [feedId] }, reading: { notify: 'yes' } })
  engine.notices.begin()
  report('Ferry')
  await engine.makeDueDigest()
  engine.notices.decide()
  const { notices } = await client.takeNotices({})
  expect(notices).toMatchObject([{ title: 'Digest, Saturday 28 November', source: 'Digest' }])
})
