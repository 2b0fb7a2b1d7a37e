import type { ServerResponse } from 'node:http'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { feedById, listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { hour, intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { add, asked, discover, pass, refresh, rss, titles } = world
const ten = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
const type = { 'content-type': 'application/rss+xml', etag: '"1"', 'last-modified': 'Wed, 25 Nov 2026 10:00:00 GMT' }

/** The feed up to the third item of ten, and some bytes of the fourth. */
function half(bytes = 0): string {
  const text = rss(...ten)
  return text.slice(0, text.indexOf('<item><title>d') + bytes)
}

/** Ways in which a body ends too early. */
const cuts: [string, (response: ServerResponse, text: string) => void][] = [
  [
    'a connection that is closed',
    (response, text) => response.writeHead(200, { ...type, connection: 'close' }).end(text),
  ],
  [
    'a connection that is reset',
    (response, text) => {
      response
        .writeHead(200, { ...type, 'content-length': 99_999 })
        .write(text, () => response.socket?.resetAndDestroy())
    },
  ],
  [
    'chunks without their end',
    (response, text) => {
      response.writeHead(200, type).write(text, () => response.socket?.end())
    },
  ],
  [
    'gzip that is cut',
    (response, text) => {
      // Its trailer has 8 bytes; what is stored without compression is lost byte by byte.
      const gzip = zlib.gzipSync(`${text}<!-- more -->`, { level: 0 })
      response.writeHead(200, { ...type, 'content-encoding': 'gzip' }).end(gzip.subarray(0, -20))
    },
  ],
  ['a server that was interrupted', (response, text) => response.writeHead(200, type).end(text)],
]

async function added(): Promise<number> {
  const outcome = await add()
  return 'feedId' in outcome ? outcome.feedId : 0
}

describe.each(cuts)('a feed that breaks off by %s', (_name, cut) => {
  test('gives what it has, says so, and is asked for the rest', async () => {
    world.answer = (_, response) => cut(response, half(40))
    const id = await added()
    expect(titles()).toEqual(['c', 'b', 'a'])
    expect(feedById(world.store.db, id)).toMatchObject({ failure: { reason: 'cut-off' } })

    world.answer = (_, response) => sendFeed(response, rss(...ten), type)
    world.intake.start()
    await pass(2 * hour)
    const requests = asked('/feed').map(({ headers }) => [headers['if-none-match'], headers['if-modified-since']])
    expect(requests[1]).toEqual([undefined, undefined])
    expect(titles().toSorted()).toEqual(ten)
    expect(feedById(world.store.db, id)).toMatchObject({ failure: null, failingSince: null })
    expect(requests[2]).toEqual([type.etag, type['last-modified']])
  })

  test('forgets the validators it had, and loses nothing', async () => {
    world.answer = (_, response) => sendFeed(response, rss('b', 'a'), { etag: '"0"' })
    const id = await added()
    world.answer = (_, response) => cut(response, half())
    expect(await refresh([id])).toMatchObject({ newArticles: 1, failed: [{ failure: { reason: 'cut-off' } }] })
    expect(titles()).toEqual(['a', 'b', 'c'])
    await refresh([id])
    expect(asked('/feed').map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"0"', undefined])
  })
})

describe('a whole feed in an answer that breaks off', () => {
  test.each(cuts.slice(1, 3))('by %s is like any other', async (_name, cut) => {
    world.answer = (_, response) => cut(response, rss('b', 'a'))
    const id = await added()
    expect(titles()).toEqual(['a', 'b'])
    expect(feedById(world.store.db, id)).toMatchObject({ failure: null })
    await refresh([id])
    expect(asked('/feed').at(-1)?.headers['if-none-match']).toBe(type.etag)
  })

  test('is found and followed, after one request', async () => {
    world.answer = (request, response) => {
      if (request.url === '/feed') response.writeHead(200, type).write(rss('a'), () => response.socket?.end())
      else response.writeHead(404).end()
    }
    const found = await discover(`${world.server.base}/feed`)
    expect(found).toMatchObject({ kind: 'found', feeds: [{ url: `${world.server.base}/feed` }] })
    await add()
    expect(asked('/feed').length).toBe(1)
    expect(listFeeds(world.store.db)).toMatchObject([{ failure: null }])
  })

  test('and half a page still names its feed', async () => {
    world.answer = (request, response) => {
      if (request.url === '/feed') return sendFeed(response, rss('a'))
      const page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed"><body><p>Hel'
      response.writeHead(200, { 'content-type': 'text/html' }).write(page, () => response.socket?.end())
    }
    expect(await discover(`${world.server.base}/`)).toMatchObject({ kind: 'found' })
  })
})

describe('a feed that never comes whole', () => {
  test('is asked ever more rarely while it ends inside an item', async () => {
    world.answer = (_, response) => response.writeHead(200, type).end(half(40))
    await added()
    world.intake.start()
    await pass(48 * hour)
    // After 1, 2, 4, 8, 16 hours.
    expect(asked('/feed').length).toBe(6)
    expect(listFeeds(world.store.db)).toMatchObject([{ failure: { reason: 'cut-off' } }])
  })

  test('is as its publisher writes it, when it is complete but for the end each time', async () => {
    let count = 0
    world.answer = (_, response) => {
      const text = rss(`new ${++count}`, 'a').replace('</channel></rss>', '')
      response.writeHead(200, { ...type, etag: `"${count}"` }).end(text)
    }
    const id = await added()
    await refresh([id])
    expect(feedById(world.store.db, id)).toMatchObject({ failure: { reason: 'cut-off' } })
    await refresh([id])
    expect(feedById(world.store.db, id)).toMatchObject({ failure: null })
    world.intake.start()
    world.server.seen.length = 0
    await pass(24 * hour)
    // Without validators it is asked every six hours, and never whether it has changed.
    expect(asked('/feed').length).toBe(4)
    expect(asked('/feed').filter(({ headers }) => headers['if-none-match'] !== undefined)).toEqual([])
    expect(listFeeds(world.store.db)).toMatchObject([{ failure: null }])
  })

  test('says what went wrong on the way where nothing of a feed came', async () => {
    world.answer = (_, response) => sendFeed(response, rss('a'))
    const id = await added()
    world.answer = (_, response) => {
      response.writeHead(200, type).write('<?xml version="1.0"?><!-- ', () => response.socket?.end())
    }
    expect(await refresh([id])).toMatchObject({ failed: [{ failure: { reason: 'bad-answer' } }] })
  })
})

test('a redirect that sets a cookie and asks for it back leads to the feed, each time anew', async () => {
  world.answer = (request, response) => {
    if (request.url !== '/feed') response.writeHead(404).end()
    else if (request.headers.cookie === 'ok=1') sendFeed(response, rss('a'))
    else response.writeHead(301, { 'set-cookie': 'ok=1; Path=/', location: '/feed' }).end()
  }
  const id = await added()
  await refresh([id])
  expect(titles()).toEqual(['a'])
  expect(asked('/feed').map(({ headers }) => headers.cookie)).toEqual([undefined, 'ok=1', undefined, 'ok=1'])
  expect(feedById(world.store.db, id)).toMatchObject({
    url: `${world.server.base}/feed`,
    movedFrom: null,
    failure: null,
  })
})
