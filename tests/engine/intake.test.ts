import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Credentials, RefreshSummary } from '../../src-main/api/model.ts'
import { createHttp, type Http } from '../../src-main/engine/http.ts'
import { isPrivateHost } from '../../src-main/engine/http-address.ts'
import { createIntake, type RunningIntake } from '../../src-main/engine/intake-core.ts'
import { createSecrets } from '../../src-main/engine/secrets.ts'
import { saveAccess } from '../../src-main/engine/store/feed-access.ts'
import { feedById, listFeeds, setPaused } from '../../src-main/engine/store/feeds.ts'
import { iconOf } from '../../src-main/engine/store/icons.ts'
import { createPool } from '../../src-main/engine/work/pool.ts'
import { makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { plainPng } from '../support/pictures.ts'
import { serve, type TestServer } from './http-server.ts'
import { createTestTime, type TestTime } from './poller-time.ts'

const workerFile = fileURLToPath(new URL('../../src-main/engine/work/worker.ts', import.meta.url))
const pool = createPool({ workerFile, size: 1, deadlineMs: 20_000, memoryMb: 384 })
afterAll(() => pool.close())

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])

const minute = 60_000
const hour = 60 * minute

let store: TestStore
let time: TestTime
let http: Http
let intake: RunningIntake
let server: TestServer
let events: { event: string; payload: object }[]
let answer: (request: IncomingMessage, response: ServerResponse) => void

beforeEach(async () => {
  store = makeStore()
  time = createTestTime(someNoon)
  http = createHttp({ environment: {} })
  events = []
  answer = (_, response) => response.writeHead(404).end()
  server = await serve((request, response) => answer(request, response))
  intake = createIntake({
    db: store.db,
    http,
    pool,
    clock: time.clock,
    random: () => 0,
    isPrivateHost: url => isPrivateHost(url, (_name, _options, callback) => callback(null, [])),
    dataDir: store.dir,
    secrets: createSecrets(join(store.dir, 'secret.key')),
    emit: (event, payload) => events.push({ event, payload }),
    log: line => {
      throw new Error(line)
    },
  })
})
afterEach(async () => {
  await intake.close()
  await http.close()
  await server.close()
  store[Symbol.dispose]()
  await rm(store.dir, { recursive: true, force: true })
})

function discover(address: string, credentials: Credentials | null = null) {
  return intake.discover({ address, credentials })
}

function rss(...titles: string[]): string {
  const items = titles.map(title => `<item><title>${title}</title><guid isPermaLink="false">${title}</guid></item>`)
  return `<rss version="2.0"><channel><title>Gazette</title><link>${server.base}/</link><description>d</description>${items.join('')}</channel></rss>`
}

function sendFeed(response: ServerResponse, body: string, headers = {}): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body)
}

function add(path = '/feed', title: string | null = null) {
  return intake.addFeed({ url: server.base + path, title, folderId: null, credentials: null })
}

function titles(): string[] {
  return store.db.prepare<[], string>('SELECT title FROM articles ORDER BY id').pluck().all()
}

const asked = (path: string) => server.seen.filter(one => one.path === path)
const settled = async () => {
  do await new Promise(resolve => setImmediate(resolve))
  while (intake.isBusy())
}
const pass = (ms: number) => time.pass(ms, settled)

async function refresh(feedIds: number[], isForced = true): Promise<RefreshSummary> {
  const before = events.length
  await intake.refresh({ feedIds, isForced })
  const finished = () => events.slice(before).find(one => one.event === 'refresh-finished')
  while (!finished()) await pass(100)
  return finished()?.payload as RefreshSummary
}

describe('adding a feed', () => {
  test('stores it with its articles, after one request, and schedules the next', async () => {
    answer = (_, response) => sendFeed(response, rss('b', 'a'), { etag: '"1"' })
    const added = await add()
    expect(added).toMatchObject({ kind: 'added', newArticles: 2 })
    expect(titles()).toEqual(['a', 'b'])
    const [feed] = listFeeds(store.db)
    expect(feed).toMatchObject({
      url: `${server.base}/feed`,
      title: 'Gazette',
      privateHost: server.host,
      nextCheckAt: someNoon + hour,
      lastSuccessAt: someNoon,
      failure: null,
    })
    expect(asked('/feed').length).toBe(1)
  })

  test('twice says that it is there, without asking again', async () => {
    answer = (_, response) => sendFeed(response, rss('a'))
    const first = await add()
    expect(await add()).toEqual({ kind: 'already-there', feedId: 'feedId' in first ? first.feedId : 0 })
    expect(asked('/feed').length).toBe(1)
  })

  test('that has moved for good follows the new address; for a time, the old one', async () => {
    answer = (request, response) => {
      if (request.url === '/feed') sendFeed(response, rss('a'))
      else response.writeHead(request.url === '/old' ? 301 : 302, { location: '/feed' }).end()
    }
    await add('/old')
    expect(listFeeds(store.db).map(feed => feed.url)).toEqual([`${server.base}/feed`])
    expect(await add('/old')).toMatchObject({ kind: 'already-there' })
    await add('/lent')
    expect(listFeeds(store.db).map(feed => feed.url)).toContain(`${server.base}/lent`)
  })

  test.each<[string, () => void, object]>([
    ['is not there', () => {}, { reason: 'http', status: 404 }],
    [
      'is a page',
      () => (answer = (_, response) => response.setHeader('content-type', 'text/html').end('<p>Hi')),
      { reason: 'not-a-feed' },
    ],
    ['is gone', () => (answer = (_, response) => response.writeHead(410).end()), { reason: 'gone' }],
    [
      'is refused for now',
      () => (answer = (_, response) => response.writeHead(429).end()),
      { reason: 'retry-later', status: 429 },
    ],
  ])('that %s says so and stores nothing', async (_name, prepare, failure) => {
    prepare()
    expect(await add()).toMatchObject({ kind: 'failed', failure })
    expect(listFeeds(store.db)).toEqual([])
  })

  test('after discovery asks its server no second time', async () => {
    answer = (_, response) => sendFeed(response, rss('a'))
    const found = await discover(`${server.base}/feed`)
    expect(found).toMatchObject({ kind: 'found', feeds: [{ url: `${server.base}/feed`, subscribedId: null }] })
    expect(await add()).toMatchObject({ kind: 'added', newArticles: 1 })
    expect(asked('/feed').length).toBe(1)
    expect(await discover(`${server.base}/feed`)).toMatchObject({
      feeds: [{ subscribedId: expect.any(Number) }],
    })
  })

  test('that a page of another host names on this machine is refused', async () => {
    const secret = await serve((_, response) => sendFeed(response, rss('secret')))
    answer = (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<link rel=alternate type="application/rss+xml" href="${secret.base}/feed">`)
    await discover(server.base)
    await secret.close()
    expect(secret.seen).toEqual([])
  })
})

describe('a feed behind a password', () => {
  const ada = { userName: 'ada', password: 'pass word:1' }
  const header = `Basic ${Buffer.from('ada:pass word:1').toString('base64')}`
  const sendToAda = (request: IncomingMessage, response: ServerResponse) =>
    request.headers.authorization === header
      ? sendFeed(response, rss('a'))
      : response.writeHead(401, { 'www-authenticate': 'Basic' }).end()
  beforeEach(() => {
    answer = sendToAda
  })

  test('is refused without it, with words that say so', async () => {
    expect(await add()).toEqual({ kind: 'failed', failure: { reason: 'http', status: 401 } })
  })

  test.each(['given', 'written in the address'])(
    'is followed with it, %s, and asked with it from then on',
    async how => {
      const written = server.base.replace('http://', 'http://ada:pass%20word:1@')
      const found = how === 'given' ? await discover(`${server.base}/feed`, ada) : await discover(`${written}/feed`)
      expect(found).toMatchObject({ kind: 'found' })
      const added = await add()
      expect(added).toMatchObject({ kind: 'added', newArticles: 1 })

      await intake.refresh({ feedIds: listFeeds(store.db).map(feed => feed.id), isForced: true })
      await settled()

      expect(asked('/feed').map(one => one.headers.authorization)).toEqual([header, header])
      expect(listFeeds(store.db)).toMatchObject([{ url: `${server.base}/feed`, failure: null }])
      const kept = store.db.prepare<[], Buffer>('SELECT credentials FROM feeds').pluck().get()
      expect(kept?.includes('pass')).toBe(false)
    },
  )

  test('keeps it to itself when its server points elsewhere', async () => {
    const elsewhere = await serve((_, response) => sendFeed(response, rss('b')))
    answer = (_, response) => response.writeHead(302, { location: `${elsewhere.base}/feed` }).end()
    const feedUrl = server.base.replace('http://', 'http://ada:secret@')
    await intake.addFeed({ url: `${feedUrl}/feed`, title: null, folderId: null, credentials: null })
    await elsewhere.close()
    expect(asked('/feed')[0]?.headers.authorization).toMatch(/^Basic /)
    expect(elsewhere.seen.filter(one => one.headers.authorization)).toEqual([])
  })
})

test('a feed is asked by the name the user gave it', async () => {
  answer = (_, response) => sendFeed(response, rss('a'))
  const added = await add()
  const feedId = 'feedId' in added ? added.feedId : 0
  saveAccess(store.db, feedId, { credentials: null, proxy: null, userAgent: 'Ada/1.0' }, someNoon)
  await intake.refresh({ feedIds: [feedId], isForced: true })
  await settled()
  expect(asked('/feed').map(one => one.headers['user-agent'])).toEqual([
    expect.stringContaining('Broadsheet/'),
    'Ada/1.0',
  ])
})

test('an icon that was never looked for is found at the next start', async () => {
  answer = (request, response) => {
    if (request.url === '/feed') sendFeed(response, rss('a'))
    else if (request.url === '/favicon.ico')
      response.setHeader('content-type', 'image/png').end(plainPng(32, 32, [9, 9, 9]))
    else response.setHeader('content-type', 'text/html').end('<title>Gazette</title>')
  }
  await add()
  await expect.poll(() => iconOf(store.db, 1)?.type).toBe('image/png')
  // As a program leaves it that ends too soon.
  store.db.exec('DELETE FROM icons; UPDATE feeds SET icon_version = NULL')

  intake.start()
  await expect.poll(() => iconOf(store.db, 1)?.type).toBe('image/png')
})

describe('a refresh', () => {
  let id = 0
  beforeEach(async () => {
    answer = (request, response) =>
      request.headers['if-none-match'] === '"1"'
        ? response.writeHead(304, { etag: '"1"' }).end()
        : sendFeed(response, rss('a'), { etag: '"1"' })
    const added = await add()
    id = 'feedId' in added ? added.feedId : 0
    events.length = 0
    server.seen.length = 0
  })

  test('with nothing new stores nothing and says so', async () => {
    expect(await refresh([id])).toMatchObject({ feeds: 1, unchanged: 1, newArticles: 0, failed: [] })
    expect(asked('/feed').length).toBe(1)
    expect(events.filter(one => one.event === 'feed-refreshed')).toEqual([])
  })

  test('brings what is new, tells it, and keeps what is there', async () => {
    answer = (_, response) => sendFeed(response, rss('b', 'a'), { etag: '"2"' })
    expect(await refresh([id])).toMatchObject({ updated: 1, newArticles: 1 })
    expect(titles()).toEqual(['a', 'b'])
    expect(events.find(one => one.event === 'feed-refreshed')?.payload).toEqual({
      feedId: id,
      newIds: [2],
      editedIds: [],
    })
  })

  test.each<[string, (response: ServerResponse) => void, object]>([
    ['an error', response => response.writeHead(500).end('<rss/>'), { reason: 'http', status: 500 }],
    ['a page', response => response.setHeader('content-type', 'text/html').end('<p>Sign in'), { reason: 'not-a-feed' }],
    ['nothing', response => response.end(), { reason: 'bad-answer' }],
    [
      'half a compressed feed',
      response => response.setHeader('content-encoding', 'br').end('no'),
      { reason: 'bad-answer' },
    ],
    ['a refusal', response => response.writeHead(429, { 'retry-after': '7200' }).end(), { reason: 'retry-later' }],
    [
      'a redirect into the private network',
      response => response.writeHead(301, { location: 'http://192.168.0.1/' }).end(),
      { reason: 'private-address' },
    ],
  ])('that meets %s loses nothing and keeps asking with the old validators', async (_name, send, failure) => {
    answer = (_, response) => send(response)
    expect(await refresh([id])).toMatchObject({ failed: [{ feedId: id, title: 'Gazette', failure }] })
    expect(feedById(store.db, id)).toMatchObject({ failure, failingSince: someNoon, lastSuccessAt: someNoon })
    expect(titles()).toEqual(['a'])
    expect(events.map(one => one.event)).toContain('feed-changed')

    answer = (_, response) => response.writeHead(304).end()
    setPaused(store.db, [id], false, time.clock.now())
    time.jump(3 * hour)
    await refresh([id])
    expect(asked('/feed').at(-1)?.headers['if-none-match']).toBe('"1"')
    expect(feedById(store.db, id)).toMatchObject({ failure: null, failingSince: null })
  })

  test('whose body is the same as before is not read again', async () => {
    let runs = 0
    const read = pool.run
    pool.run = (...given) => {
      if (given[0] === 'readFeed') runs++
      return read(...given)
    }
    answer = (_, response) => sendFeed(response, rss('a'))
    await refresh([id])
    pool.run = read
    expect(runs).toBe(0)
  })

  test('of a feed that is gone pauses it after three days and keeps its articles', async () => {
    answer = (_, response) => response.writeHead(410).end()
    intake.start()
    await pass(5 * 24 * hour)
    expect(feedById(store.db, id)).toMatchObject({ paused: 'gone', failure: { reason: 'gone' } })
    expect(asked('/feed').length).toBe(3)
    expect(titles()).toEqual(['a'])
    answer = (_, response) => sendFeed(response, rss('a'))
    await refresh([id])
    expect(feedById(store.db, id)).toMatchObject({ paused: null, failure: null })
  })

  test('adopts a move that has proven itself, and says where the feed was', async () => {
    answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/new' }).end()
      else if (request.headers['if-none-match'] === '"n"') response.writeHead(304).end()
      else sendFeed(response, rss('a'), { etag: '"n"' })
    }
    intake.start()
    await pass(2 * 24 * hour)
    expect(feedById(store.db, id)?.url).toBe(`${server.base}/feed`)
    await pass(4 * hour)
    expect(feedById(store.db, id)).toMatchObject({
      url: `${server.base}/new`,
      movedFrom: `${server.base}/feed`,
      privateHost: server.host,
    })
    server.seen.length = 0
    await pass(2 * hour)
    expect(asked('/feed')).toEqual([])
    expect(asked('/new').at(-1)?.headers['if-none-match']).toBe('"n"')
  })
})

describe('media', () => {
  test('is fetched once, without a referrer or a cookie, and kept', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(png)
    const request = { url: `${server.base}/a.png`, privateHost: server.host }
    const both = await Promise.all([intake.media(request), intake.media(request)])
    await server.close()
    const again = await intake.media(request)
    expect([...both, again].map(one => [one.status, one.type, one.bytes.length])).toEqual(
      Array.from({ length: 3 }, () => [200, 'image/png', 108]),
    )
    expect(asked('/a.png').length).toBe(1)
    expect(asked('/a.png')[0]?.headers).not.toHaveProperty('referer')
  })

  test.each<[string, string, number]>([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 415],
    ['a page', '<html><script>alert(1)</script>', 415],
    ['nothing', '', 415],
  ])('that is %s is refused, whatever it is called', async (_name, body, status) => {
    answer = (_, response) => response.setHeader('content-type', 'image/png').end(body)
    const got = await intake.media({ url: `${server.base}/a.png`, privateHost: server.host })
    expect(got).toMatchObject({ status, type: 'text/plain' })
    expect(got.bytes.length).toBe(0)
  })

  test('on a private host is refused unless its feed is there', async () => {
    answer = (_, response) => response.end(png)
    expect(await intake.media({ url: `${server.base}/a.png`, privateHost: null })).toMatchObject({ status: 403 })
    expect(server.seen).toEqual([])
  })

  test('that is missing is not asked for again at once', async () => {
    const request = { url: `${server.base}/a.png`, privateHost: server.host }
    expect(await intake.media(request)).toMatchObject({ status: 404 })
    expect(await intake.media(request)).toMatchObject({ status: 404 })
    expect(asked('/a.png').length).toBe(1)
  })
})
