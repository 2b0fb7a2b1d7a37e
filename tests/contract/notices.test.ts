/** Which new articles the reader is told of: once, of feeds that say so, to one client, and not of what is no news. */
import { beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { addNoticeDeciding } from '../../src-main/engine/idle/decide-notices.ts'
import { IdleWork } from '../../src-main/engine/idle/idle-work.ts'
import type { IntakeEvents } from '../../src-main/intake/protocol.ts'
import { day, hour, minute } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { createTestTime } from '../polling/poller-time.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

let engine: TestEngine
let client: EngineClient
let gazette: number
let quill: number
let now: number

beforeEach(async () => {
  now = someNoon
  engine = makeEngine({ now: () => now })
  client = engine.connect()
  gazette = await followed('gazette')
  quill = await followed('quill')
  engine.notices.decide()
  return () => engine[Symbol.asyncDispose]()
})

/** A feed that was fetched once, an hour ago, and that the reader wants to be told of. */
async function followed(name: string): Promise<number> {
  const feedId = addFeed(engine.db, `https://${name}.example/feed`, { title: name })
  await notify(feedId)
  store(feedId, [`${name} was there`], { at: now - hour })
  return feedId
}

const notify = (feedId: number, value: 'yes' | 'no' | null = 'yes') =>
  client.setReading({ of: { kind: 'feeds', feedIds: [feedId] }, reading: { notify: value } })

function store(feedId: number, titles: string[], options: { at?: number; publishedAt?: number; url?: string } = {}) {
  const { at = now, publishedAt = at, ...more } = options
  const articles = titles.map(title => makeArticle({ title, publishedAt, ...more }))
  return storeArticles(engine.db, feedId, articles, at).newIds
}

async function told(): Promise<string[]> {
  engine.notices.decide()
  const { notices } = await client.takeNotices({})
  return notices.map(one => (one.kind === 'article' ? one.title : `${one.articles} in ${one.feeds}`))
}

test('each new article of a feed that says so is told once, with its source and text', async () => {
  store(gazette, ['Harbour opens'])
  engine.notices.decide()
  expect((await client.takeNotices({})).notices).toMatchObject([
    { kind: 'article', title: 'Harbour opens', source: 'gazette' },
  ])
  expect(await told()).toEqual([])
})

test('what a feed, else its folder, else the settings say holds', async () => {
  await notify(gazette, null)
  store(gazette, ['Not asked for'])
  expect(await told()).toEqual([])
  await client.changeSettings({ notify: 'yes' })
  store(gazette, ['By the settings'])
  expect(await told()).toEqual(['By the settings'])
})

test('a flood of 10,000 is one notice', async () => {
  store(
    gazette,
    Array.from({ length: 10_000 }, (_, index) => `Flood ${index}`),
  )
  store(quill, ['One more'])
  expect(await told()).toEqual(['10001 in 2'])
})

test('nothing of a first fetch, of yesterday, of what is read or saved, and of a feed that went', async () => {
  const fresh = addFeed(engine.db, 'https://fresh.example/feed')
  await notify(fresh)
  store(fresh, ['All that it had'])
  store(quill, ['Of yesterday'], { publishedAt: now - day - minute })
  await client.markRead({ articleIds: store(quill, ['Read']), isRead: true })
  await client.setSaved({ articleIds: store(quill, ['Saved']), isSaved: true })
  store(gazette, ['Of a feed that went'])
  await client.unsubscribe({ feedIds: [gazette] })
  expect(await told()).toEqual([])
  now += minute
  store(fresh, ['News'])
  expect(await told()).toEqual(['News'])
})

test('of copies one is told, whichever comes when', async () => {
  const url = 'https://harbour.example/opens'
  store(gazette, ['Harbour opens'], { url })
  expect(await told()).toEqual(['Harbour opens'])
  store(quill, ['Harbour opens'], { url })
  expect(await told()).toEqual([])
})

test('a copy is not told though the feed of the article went, and others were told since', async () => {
  const url = 'https://harbour.example/opens'
  store(gazette, ['Harbour opens'], { url })
  expect(await told()).toEqual(['Harbour opens'])
  const { undoId } = await client.unsubscribe({ feedIds: [gazette] })
  now += 20 * hour
  store(quill, ['News'])
  expect(await told()).toEqual(['News'])
  await client.undo({ undoId: undoId! })
  store(quill, ['Harbour opens'], { url })
  expect(await told()).toEqual([])
})

test('of two clients one is given it, and nothing is lost where none takes it for hours', async () => {
  const waiting: string[] = []
  const other = engine.connect()
  for (const each of [client, other]) each.on('notices-waiting', () => waiting.push('told'))
  store(gazette, ['Harbour opens'])
  engine.notices.decide()
  await client.counts({})
  expect(waiting).toEqual(['told', 'told'])
  now += 20 * hour
  const answers = await Promise.all([other.takeNotices({}), client.takeNotices({})])
  expect(answers.map(({ notices }) => notices.length)).toEqual([1, 0])
})

test('after a day without a client it lapses', async () => {
  store(gazette, ['Harbour opens'])
  engine.notices.decide()
  now += day + minute
  expect((await client.takeNotices({})).notices).toEqual([])
})

test('what was read before a client took it is not shown', async () => {
  const articleIds = store(gazette, ['Harbour opens'])
  engine.notices.decide()
  await client.markRead({ articleIds, isRead: true })
  expect(await told()).toEqual([])
})

test('what a killed engine had not decided is told by the next, and what it had is not told again', async () => {
  store(gazette, ['Told'])
  expect(await told()).toEqual(['Told'])
  store(gazette, ['Stored as it died'])
  await engine.close()
  const next = makeEngine({ now: () => now, store: { ...engine, file: '', [Symbol.dispose]: () => undefined } })
  next.notices.decide()
  expect((await next.connect().takeNotices({})).notices).toMatchObject([{ title: 'Stored as it died' }])
  await next.close()
})

test('quiet hours: nothing then, and no flood in the morning', async () => {
  await client.changeSettings({ quietHours: { from: clockAt(now - hour), to: clockAt(now + hour) } })
  store(gazette, ['At night'])
  expect(await told()).toEqual([])
  now += 2 * hour
  store(gazette, ['In the morning'])
  expect(await told()).toEqual(['In the morning'])
})

function clockAt(time: number): string {
  const at = new Date(time)
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`
}

test('what was shown is withdrawn once it is read, or its feed went', async () => {
  const [first] = store(gazette, ['First'])
  const [second] = store(quill, ['Second'])
  expect(await told()).toEqual(['First', 'Second'])
  const withdrawn = () =>
    new Promise<number[]>(resolve => {
      const stop = client.on('notices-withdrawn', ({ articleIds }) => {
        stop()
        resolve(articleIds)
      })
    })
  const read = withdrawn()
  await client.openArticle({ articleId: first!, marksRead: true })
  expect(await read).toEqual([first])
  const gone = withdrawn()
  await client.unsubscribe({ feedIds: [quill] })
  expect(await gone).toEqual([second])
})

test('of what was told long ago, what is unread is still withdrawn, and the rest is forgotten', async () => {
  const ids = ['Read', 'Unread'].flatMap(title => store(gazette, [title]))
  expect(await told()).toEqual(['Read', 'Unread'])
  await client.markRead({ articleIds: [ids[0]!], isRead: true })
  now += 3 * day
  const [fresh] = store(gazette, ['News'])
  expect(await told()).toEqual(['News'])
  expect(readMeta(engine.db, 'notices')?.told).toEqual([ids[1], fresh])
})

test('polls are gathered for five seconds, a refresh until it ends', async () => {
  const time = createTestTime(someNoon)
  const listeners = new Map<string, (payload: never) => void>()
  const decided: number[] = []
  const work = new IdleWork(time.clock, () => {})
  const intake = { on: (event: string, listener: (payload: never) => void) => void listeners.set(event, listener) }
  addNoticeDeciding(work, { intake, notices: { decide: () => decided.push(time.clock.now() - someNoon) } })
  const say = <E extends keyof IntakeEvents>(event: E, payload: IntakeEvents[E]) =>
    listeners.get(event)?.(payload as never)
  const came = () => say('feed-refreshed', { feedId: 1, newIds: [1], editedIds: [] })
  const pass = (ms: number) => time.pass(ms, () => new Promise(resolve => setImmediate(resolve)))
  await pass(20_000)
  came()
  await pass(2_000)
  came()
  await pass(10_000)
  expect(decided).toEqual([10_000, 25_000])

  const progress = { done: 0, total: 2, failed: 0, newArticles: 0 }
  say('refresh-progress', { ...progress, isRunning: true })
  came()
  await pass(60_000)
  say('refresh-progress', { ...progress, isRunning: false })
  say('refresh-finished', { feeds: 2, updated: 1, unchanged: 1, failed: [], newArticles: 1, wasCancelled: false })
  await pass(1_000)
  expect(decided).toEqual([10_000, 25_000, 92_000])
})
