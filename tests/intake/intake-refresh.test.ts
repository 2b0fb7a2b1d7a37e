import type { ServerResponse } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import { changeFeedUrl, feedById, setPaused } from '../../src-main/store/feeds/feeds.ts'
import { someNoon } from '../support/articles.ts'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { add, asked, pass, refresh, rss, titles } = world

describe('a refresh', () => {
  let id = 0
  beforeEach(async () => {
    world.answer = (request, response) =>
      request.headers['if-none-match'] === '"1"'
        ? response.writeHead(304, { etag: '"1"' }).end()
        : sendFeed(response, rss('a'), { etag: '"1"' })
    const added = await add()
    id = 'feedId' in added ? added.feedId : 0
    world.events.length = 0
    world.server.seen.length = 0
  })

  test('with nothing new stores nothing and says so', async () => {
    expect(await refresh([id])).toMatchObject({ feeds: 1, unchanged: 1, newArticles: 0, failed: [] })
    expect(asked('/feed').length).toBe(1)
    expect(world.events.filter(one => one.event === 'feed-refreshed')).toEqual([])
  })

  test('brings what is new, tells it, and keeps what is there', async () => {
    world.answer = (_, response) => sendFeed(response, rss('b', 'a'), { etag: '"2"' })
    expect(await refresh([id])).toMatchObject({ updated: 1, newArticles: 1 })
    expect(titles()).toEqual(['a', 'b'])
    expect(world.events.find(one => one.event === 'feed-refreshed')?.payload).toEqual({
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
    world.answer = (_, response) => send(response)
    expect(await refresh([id])).toMatchObject({ failed: [{ feedId: id, title: 'Gazette', failure }] })
    expect(feedById(world.store.db, id)).toMatchObject({ failure, failingSince: someNoon, lastSuccessAt: someNoon })
    expect(titles()).toEqual(['a'])
    expect(world.events.map(one => one.event)).toContain('feed-changed')

    world.answer = (_, response) => response.writeHead(304).end()
    setPaused(world.store.db, [id], false, world.time.clock.now())
    world.time.jump(3 * hour)
    await refresh([id])
    expect(asked('/feed').at(-1)?.headers['if-none-match']).toBe('"1"')
    expect(feedById(world.store.db, id)).toMatchObject({ failure: null, failingSince: null })
  })

  test('whose body is the same as before is not read again', async () => {
    let runs = 0
    const read = world.pool.run
    world.pool.run = (...given) => {
      if (given[0] === 'readFeed') runs++
      return read(...given)
    }
    world.answer = (_, response) => sendFeed(response, rss('a'))
    await refresh([id])
    world.pool.run = read
    expect(runs).toBe(0)
  })

  test('that ends after the feed was given another address brings nothing of the old one', async () => {
    const { base, host } = world.server
    world.answer = (request, response) => {
      if (request.url === '/other') return sendFeed(response, rss('c', 'a'))
      changeFeedUrl(world.store.db, { feedId: id, url: `${base}/other`, privateHost: host }, world.time.clock.now())
      sendFeed(response, rss('b', 'a').replaceAll('Gazette', 'Elsewhere'), { etag: '"2"' })
    }
    await refresh([id])
    expect(feedById(world.store.db, id)).toMatchObject({ title: 'Gazette', url: `${base}/other` })
    expect(titles()).toEqual(['a'])
    world.intake.start()
    await pass(hour)
    expect(asked('/other')[0]?.headers['if-none-match']).toBeUndefined()
    expect(titles()).toEqual(['a', 'c'])
  })

  test('of a feed that is gone pauses it after three days and keeps its articles', async () => {
    world.answer = (_, response) => response.writeHead(410).end()
    world.intake.start()
    await pass(5 * 24 * hour)
    expect(feedById(world.store.db, id)).toMatchObject({ paused: 'gone', failure: { reason: 'gone' } })
    expect(asked('/feed').length).toBe(3)
    expect(titles()).toEqual(['a'])
    world.answer = (_, response) => sendFeed(response, rss('a'))
    await refresh([id])
    expect(feedById(world.store.db, id)).toMatchObject({ paused: null, failure: null })
  })

  test('adopts a move that has proven itself, and says where the feed was', async () => {
    world.answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(301, { location: '/new' }).end()
      else if (request.headers['if-none-match'] === '"n"') response.writeHead(304).end()
      else sendFeed(response, rss('a'), { etag: '"n"' })
    }
    world.intake.start()
    await pass(2 * 24 * hour)
    expect(feedById(world.store.db, id)?.url).toBe(`${world.server.base}/feed`)
    await pass(4 * hour)
    expect(feedById(world.store.db, id)).toMatchObject({
      url: `${world.server.base}/new`,
      movedFrom: `${world.server.base}/feed`,
      privateHost: world.server.host,
    })
    world.server.seen.length = 0
    await pass(2 * hour)
    expect(asked('/feed')).toEqual([])
    expect(asked('/new').at(-1)?.headers['if-none-match']).toBe('"n"')
  })
})
