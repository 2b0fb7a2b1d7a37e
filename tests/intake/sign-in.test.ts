/** A network that answers in the place of every server until one has signed in: a captive portal, of a hotel. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day, minute } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { feedById, insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { fullTextOf } from '../../src-main/store/full-texts/full-texts.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { makeArticle, someNoon } from '../support/articles.ts'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { pass, refresh } = world

/** There loopback has the one address. */
const isMac = process.platform === 'darwin'
/** Each at an address of its own on loopback: different hosts. */
const addresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5']
type Answer = (request: IncomingMessage, response: ServerResponse, site: number) => void
let sites: TestServer[]
let ids: number[]
let answer: Answer

const page = '<!doctype html><title>Hotel</title><h1>Welcome</h1><form action="/login"><input name="room"></form>'
const html = { 'content-type': 'text/html', etag: '"hotel"', 'last-modified': 'Sat, 28 Nov 2026 12:00:00 GMT' }

const asFeed: Answer = (request, response, site) =>
  request.headers['if-none-match'] === `"${site}"`
    ? response.writeHead(304).end()
    : sendFeed(response, world.rss(`Story of ${site}`), { etag: `"${site}"` })
const asPage: Answer = (_, response) => response.writeHead(200, html).end(page)
const asOwnPage: Answer = (_, response, site) => response.writeHead(200, html).end(`${page} ${site}`)

beforeEach(async () => {
  answer = asFeed
  sites = await Promise.all(
    addresses.map((address, site) => serve((request, response) => answer(request, response, site), address)),
  )
  ids = sites.map(({ base, host }) => follow(`${base}/feed`, host))
})
afterEach(() => Promise.all(sites.map(site => site.close())))

function follow(url: string, privateHost: string | null): number {
  const row = { url, title: url, customTitle: null, siteUrl: null, folderId: null, privateHost, nextCheckAt: null }
  return insertFeed(world.store.db, row, someNoon).feedId
}

const feed = (id: number) => feedById(world.store.db, id)
const memories = () => world.store.db.prepare<[], string>('SELECT poll_memory FROM feeds ORDER BY id').pluck().all()
const told = () => world.events.filter(one => one.event === 'network-changed').map(one => one.payload)
const requests = () => sites.flatMap(({ seen }) => seen)
const failures = () => ids.map(id => feed(id)?.failure ?? null)
const nobody = () => ids.map(() => null)

/** All feeds have been read; then hours have passed in which nobody was asked. */
async function checkIn(): Promise<void> {
  world.intake.start()
  await pass(minute)
  expect(failures()).toEqual(nobody())
  world.time.jump(3 * hour)
  for (const { seen } of sites) seen.length = 0
  world.events.length = 0
}

/** Feeds of these names, read through a proxy; then `asPortal` answers for them, until one is let in. */
async function behindProxy(hosts: string[], asPortal: (response: ServerResponse, host: string) => void) {
  let isShutOut = false
  const via = await serve((request, response) => {
    const { host } = new URL(request.url ?? '')
    if (!hosts.includes(host)) response.writeHead(404, html).end(`${page} ${via.seen.length}`)
    else if (isShutOut) asPortal(response, host)
    else sendFeed(response, world.rss(host), { etag: `"${host}"` })
  })
  world.environment.http_proxy = via.base
  world.store.db.exec('UPDATE feeds SET removed_at = 1')
  ids = hosts.map(host => follow(`http://${host}/feed`, null))
  await checkIn()
  isShutOut = true
  await pass(5 * minute)
  const letIn = () => {
    isShutOut = false
  }
  return { letIn, [Symbol.asyncDispose]: () => via.close() }
}

const ways: [string, Answer][] = [
  ['its page', asPage],
  ['a redirect to its page', (_, response) => response.writeHead(302, { location: 'http://192.168.0.1/login' }).end()],
  ['a redirect for good', (_, response) => response.writeHead(301, { location: 'http://192.168.0.1/login' }).end()],
  ['511', (_, response, site) => response.writeHead(511, html).end(`${page} ${site}`)],
]

describe.skipIf(isMac)('a network that wants one to sign in first, and answers everybody with', () => {
  test.each(ways)('%s, is told once, and no feed is blamed or changed by it', async (_way, asPortal) => {
    await checkIn()
    const before = { memories: memories(), urls: ids.map(id => feed(id)?.url) }
    answer = asPortal
    await pass(5 * minute)
    expect(told()).toEqual([{ network: 'sign-in' }])
    expect(failures()).toEqual(nobody())
    expect({ memories: memories(), urls: ids.map(id => feed(id)?.url) }).toEqual(before)
    expect(world.events.filter(one => one.event === 'feed-changed')).toEqual([])
  })

  test.each(ways)(
    '%s, is tried every 30 s, and then what is due is refreshed with what was known',
    async (_, asPortal) => {
      await checkIn()
      answer = asPortal
      await pass(5 * minute)
      for (const { seen } of sites) seen.length = 0
      await pass(10 * minute)
      expect(requests().length).toBeGreaterThan(15)
      expect(requests().length).toBeLessThanOrEqual(21)

      for (const { seen } of sites) seen.length = 0
      answer = asFeed
      await pass(6 * minute)
      expect(told()).toEqual([{ network: 'sign-in' }, { network: 'online' }])
      expect(sites.map(({ seen }) => seen.map(one => one.headers['if-none-match']))).toEqual(
        sites.map((_, site) => [`"${site}"`]),
      )
      expect(failures()).toEqual(nobody())
    },
  )

  test('its page at a name of its own, where redirects of every site lead', async () => {
    await using _ = await behindProxy(['one.example', 'two.example', 'three.example'], (response, host) =>
      response.writeHead(301, { location: `http://login.hotel.example/?for=${host}` }).end(),
    )
    expect(told()).toEqual([{ network: 'sign-in' }])
    expect(failures()).toEqual(nobody())
  })

  test('410 afterwards, pauses no feed as gone, for as long as it lasts', async () => {
    await checkIn()
    answer = asPage
    await pass(5 * minute)
    answer = (_, response) => response.writeHead(410, html).end(page)
    await pass(5 * day)
    expect(ids.map(id => feed(id)?.paused)).toEqual(nobody())
    expect(failures()).toEqual(nobody())
  }, 60_000)

  test('its page while few feeds are due at a time, is found out all the same, and nobody was blamed before', async () => {
    await checkIn()
    const later = world.store.db.prepare('UPDATE feeds SET next_check_at = ? WHERE id = ?')
    for (const [index, id] of ids.entries()) later.run(world.time.clock.now() + index * 12 * minute, id)
    await world.intake.scheduleChanged()
    answer = asPage
    await pass(20 * minute)
    expect(told()).toEqual([])
    expect(failures()).toEqual(nobody())
    await pass(10 * minute)
    expect(told()).toEqual([{ network: 'sign-in' }])
    expect(failures()).toEqual(nobody())
  })

  test('503 and its page, has no server left alone', async () => {
    const hosts = ['one.example', 'two.example', 'three.example', 'four.example']
    await using hotel = await behindProxy(hosts, (response, host) =>
      host === 'one.example'
        ? response.writeHead(503, { ...html, 'retry-after': '86400' }).end(page)
        : response.writeHead(200, html).end(page),
    )
    expect(told()).toEqual([{ network: 'sign-in' }])
    hotel.letIn()
    expect(await refresh(ids)).toMatchObject({ feeds: 4, failed: [] })
  })

  test('its page, is what a refresh says, and no feed is marked', async () => {
    await checkIn()
    answer = asPage
    const { failed } = await refresh(ids)
    expect(failed.map(one => one.failure)).toEqual(ids.map(() => ({ reason: 'sign-in' })))
    expect(failures()).toEqual(nobody())
    // The user tries again, too early.
    await refresh(ids)
    expect(told()).toEqual([{ network: 'sign-in' }])
    expect(failures()).toEqual(nobody())
    answer = asFeed
    expect(await refresh(ids)).toMatchObject({ failed: [] })
    expect(told()).toEqual([{ network: 'sign-in' }, { network: 'online' }])
  })

  test('its page, is asked for no article, no picture and no other feed, and what was opened says why', async () => {
    await checkIn()
    const { base } = sites[0]!
    const [articleId = 0] = storeArticles(
      world.store.db,
      ids[0]!,
      [makeArticle({ title: 'Opened', url: `${base}/opened` })],
      world.time.clock.now(),
    ).newIds
    world.store.db.exec(`UPDATE feeds SET reading = '{"fullText":"always"}'`)
    answer = asPage
    await pass(15 * minute)
    expect(told()).toEqual([{ network: 'sign-in' }])
    const opened = await world.intake.fetchFullText({ articleId, isWanted: true })
    expect(opened).toMatchObject({ kind: 'failed', failure: { reason: 'sign-in' } })
    expect(fullTextOf(world.store.db, articleId)).toBe(null)
    expect(await world.discover(`${base}/blog`)).toEqual({ kind: 'failed', failure: { reason: 'sign-in' } })
    const picture = { url: `${base}/a.png`, privateHost: sites[0]!.host }
    expect((await world.intake.media(picture)).status).toBe(504)
    expect(requests().filter(({ path }) => path !== '/feed')).toEqual([])

    answer = (request, response, site) =>
      request.url === '/opened' ? response.writeHead(200, html).end(page) : asFeed(request, response, site)
    await pass(15 * minute)
    expect(
      requests()
        .filter(({ path }) => path !== '/feed')
        .map(({ path }) => path),
    ).toEqual(['/opened'])
  })
})

describe.skipIf(isMac)('no network, but sites of their own, are blamed for their pages', () => {
  const pageInstead = { reason: 'not-a-feed' }

  test('one, where another answers with a feed', async () => {
    await checkIn()
    answer = (request, response, site) => (site === 0 ? asPage : asFeed)(request, response, site)
    await pass(2 * hour)
    expect(failures()).toMatchObject([pageInstead, null, null, null])
    expect(told()).toEqual([])
  })

  test('one that the user asks for meanwhile, as of then', async () => {
    await checkIn()
    const [first = 0, ...others] = ids
    const later = world.store.db.prepare('UPDATE feeds SET next_check_at = ? WHERE id = ?')
    for (const id of others) later.run(world.time.clock.now() + hour, id)
    answer = (request, response, site) => (site === 0 ? asPage : asFeed)(request, response, site)
    await pass(10 * minute)
    expect(feed(first)?.failure).toBe(null)
    expect((await refresh([first])).failed).toMatchObject([{ failure: pageInstead }])
    const askedAt = feed(first)?.lastCheckedAt
    await pass(55 * minute)
    expect(feed(ids[1]!)?.lastCheckedAt).toBeGreaterThan(askedAt ?? Number.POSITIVE_INFINITY)
    expect(feed(first)).toMatchObject({ failure: pageInstead, lastCheckedAt: askedAt })
  })

  test('several with one and the same page, while another answers with a feed', async () => {
    await checkIn()
    answer = (request, response, site) => (site < 3 ? asPage : asFeed)(request, response, site)
    await pass(2 * hour)
    expect(failures()).toMatchObject([pageInstead, pageInstead, pageInstead, null])
  })

  test('each with a page of its own, once none has sent a feed for an hour', async () => {
    await checkIn()
    answer = asOwnPage
    await pass(50 * minute)
    expect(failures()).toEqual(nobody())
    await pass(3 * hour)
    expect(failures()).toMatchObject(ids.map(() => pageInstead))
    expect(told()).toEqual([])
  })

  test('blogs of one platform, whose page they all show', async () => {
    const hosts = ['one.blogs.example', 'two.blogs.example', 'three.blogs.example']
    await using _ = await behindProxy(hosts, response => response.writeHead(200, html).end(page))
    expect(failures()).toMatchObject(ids.map(() => pageInstead))
    expect(told()).toEqual([])
  })

  test('all with an error that looks the same everywhere', async () => {
    await checkIn()
    answer = (_, response) => response.writeHead(502, html).end('<html><h1>502 Bad Gateway</h1></html>')
    await pass(4 * hour)
    expect(failures()).toEqual(ids.map(() => ({ reason: 'http', status: 502 })))
    expect(told()).toEqual([])
  })

  test('the only one there is, at once', async () => {
    await checkIn()
    world.store.db.prepare('UPDATE feeds SET removed_at = 1 WHERE id <> ?').run(ids[0])
    answer = asPage
    await pass(2 * minute)
    expect(feed(ids[0]!)?.failure).toMatchObject(pageInstead)
    expect(told()).toEqual([])
  })

  test('those that never were a feed, although they are of one page', async () => {
    answer = asPage
    world.intake.start()
    await pass(minute)
    expect(failures()).toMatchObject(ids.map(() => pageInstead))
    expect(told()).toEqual([])
  })
})
