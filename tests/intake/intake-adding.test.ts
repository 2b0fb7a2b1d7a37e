import { describe, expect, test } from 'vitest'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { iconOf } from '../../src-main/store/feeds/icons.ts'
import { serve } from '../http/http-server.ts'
import { someNoon } from '../support/articles.ts'
import { plainPng } from '../support/pictures.ts'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { add, asked, discover, rss, titles } = world

describe('adding a feed', () => {
  test('stores it with its articles, after one request, and schedules the next', async () => {
    world.answer = (_, response) => sendFeed(response, rss('b', 'a'), { etag: '"1"' })
    const added = await add()
    expect(added).toMatchObject({ kind: 'added', newArticles: 2 })
    expect(titles()).toEqual(['a', 'b'])
    const [feed] = listFeeds(world.store.db)
    expect(feed).toMatchObject({
      url: `${world.server.base}/feed`,
      title: 'Gazette',
      privateHost: world.server.host,
      nextCheckAt: someNoon + hour,
      lastSuccessAt: someNoon,
      failure: null,
    })
    expect(asked('/feed').length).toBe(1)
  })

  test('twice says that it is there, without asking again', async () => {
    world.answer = (_, response) => sendFeed(response, rss('a'))
    const first = await add()
    expect(await add()).toEqual({ kind: 'already-there', feedId: 'feedId' in first ? first.feedId : 0 })
    expect(asked('/feed').length).toBe(1)
  })

  test('that has moved for good follows the new address; for a time, the old one', async () => {
    world.answer = (request, response) => {
      if (request.url === '/feed') sendFeed(response, rss('a'))
      else response.writeHead(request.url === '/old' ? 301 : 302, { location: '/feed' }).end()
    }
    await add('/old')
    expect(listFeeds(world.store.db).map(feed => feed.url)).toEqual([`${world.server.base}/feed`])
    expect(await add('/old')).toMatchObject({ kind: 'already-there' })
    await add('/lent')
    expect(listFeeds(world.store.db).map(feed => feed.url)).toContain(`${world.server.base}/lent`)
  })

  test.each<[string, () => void, object]>([
    ['is not there', () => {}, { reason: 'http', status: 404 }],
    [
      'is a page',
      () => (world.answer = (_, response) => response.setHeader('content-type', 'text/html').end('<p>Hi')),
      { reason: 'not-a-feed' },
    ],
    ['is gone', () => (world.answer = (_, response) => response.writeHead(410).end()), { reason: 'gone' }],
    [
      'is refused for now',
      () => (world.answer = (_, response) => response.writeHead(429).end()),
      { reason: 'retry-later', status: 429 },
    ],
  ])('that %s says so and stores nothing', async (_name, prepare, failure) => {
    prepare()
    expect(await add()).toMatchObject({ kind: 'failed', failure })
    expect(listFeeds(world.store.db)).toEqual([])
  })

  test('after discovery asks its server no second time', async () => {
    world.answer = (_, response) => sendFeed(response, rss('a'))
    const found = await discover(`${world.server.base}/feed`)
    expect(found).toMatchObject({ kind: 'found', feeds: [{ url: `${world.server.base}/feed`, subscribedId: null }] })
    expect(await add()).toMatchObject({ kind: 'added', newArticles: 1 })
    expect(asked('/feed').length).toBe(1)
    expect(await discover(`${world.server.base}/feed`)).toMatchObject({
      feeds: [{ subscribedId: expect.any(Number) }],
    })
  })

  test('that a page of another host names on this machine is refused', async () => {
    const secret = await serve((_, response) => sendFeed(response, rss('secret')))
    world.answer = (_, response) =>
      response
        .setHeader('content-type', 'text/html')
        .end(`<link rel=alternate type="application/rss+xml" href="${secret.base}/feed">`)
    await discover(world.server.base)
    await secret.close()
    expect(secret.seen).toEqual([])
  })
})

test('an icon that was never looked for is found at the next start', async () => {
  world.answer = (request, response) => {
    if (request.url === '/feed') sendFeed(response, rss('a'))
    else if (request.url === '/favicon.ico')
      response.setHeader('content-type', 'image/png').end(plainPng(32, 32, [9, 9, 9]))
    else response.setHeader('content-type', 'text/html').end('<title>Gazette</title>')
  }
  await add()
  await expect.poll(() => iconOf(world.store.db, 1)?.type).toBe('image/png')
  // As a program leaves it that ends too soon.
  world.store.db.exec('DELETE FROM icons; UPDATE feeds SET icon_version = NULL')

  world.intake.start()
  await expect.poll(() => iconOf(world.store.db, 1)?.type).toBe('image/png')
})
