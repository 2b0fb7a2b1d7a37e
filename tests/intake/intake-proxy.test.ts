/** Behind a proxy everything goes through it: finding feeds, icons and pictures as well as polling. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { saveAccess } from '../../src-main/store/feeds/access.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { addFeed } from '../support/articles.ts'
import { type IntakeWorld, intakeWorld, sendFeed } from './intake-world.ts'

const world: IntakeWorld = intakeWorld()
const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])
let via: TestServer

/** The whole web, as a proxy shows it: a site at news.example, whose names nobody here could look up. */
beforeEach(async () => {
  via = await serve((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://news.example')
    if (pathname === '/feed') {
      return sendFeed(response, world.rss('One').replace(`${world.server.base}/`, 'http://news.example/'))
    }
    if (pathname.endsWith('.png')) return response.end(png)
    if (pathname !== '/') return response.writeHead(404).end()
    const links = '<link rel="alternate" type="application/rss+xml" href="/feed"><link rel="icon" href="/icon.png">'
    response
      .setHeader('content-type', 'text/html')
      .end(`<html><head><title>News</title>${links}</head><body>.</body></html>`)
  })
})
afterEach(() => via.close())

const asked = () => via.seen.map(one => URL.parse(one.path)?.pathname ?? one.path)

describe('the system’s proxy', () => {
  beforeEach(() => {
    world.environment.http_proxy = via.base
  })

  test('is asked when a feed is found and followed, for its icon and for its pictures', async () => {
    const found = await world.discover('http://news.example/')
    expect(found).toMatchObject({ kind: 'found', feeds: [{ url: 'http://news.example/feed' }] })
    const added = await world.intake.addFeed({ ...plain, url: 'http://news.example/feed' })
    expect(added).toMatchObject({ kind: 'added' })
    await until(() => asked().includes('/icon.png'))
    expect(await world.intake.media({ url: 'http://news.example/a.png', privateHost: null })).toMatchObject({
      status: 200,
    })
    expect(asked()).toEqual(expect.arrayContaining(['/', '/feed', '/icon.png', '/a.png']))
  })

  test('is not asked where to look in the network it is in: what is near is asked directly', async () => {
    world.answer = (_, response) => sendFeed(response, world.rss('Near'))
    expect(await world.discover(`${world.server.base}/feed`)).toMatchObject({ kind: 'found' })
    expect(await world.intake.media({ url: 'http://router/logo.png', privateHost: null })).toMatchObject({
      status: 403,
    })
    expect(via.seen).toEqual([])
  })
})

test('a feed’s own proxy is asked for its icon, and for the pictures of its articles', async () => {
  const { db } = world.store
  const feedId = addFeed(db, 'http://news.example/feed')
  saveAccess(db, feedId, { credentials: null, proxy: via.base, userAgent: null }, 0)
  await world.refresh([feedId])
  await until(() => asked().includes('/icon.png'))
  const media = { url: 'http://news.example/a.png', privateHost: null, proxy: via.base }
  expect(await world.intake.media(media)).toMatchObject({ status: 200 })
  expect(asked()).toEqual(expect.arrayContaining(['/feed', '/icon.png', '/a.png']))
})

const plain = { title: null, folderId: null, credentials: null }

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}
