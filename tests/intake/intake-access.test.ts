import type { IncomingMessage, ServerResponse } from 'node:http'
import { beforeEach, describe, expect, test } from 'vitest'
import { saveAccess } from '../../src-main/store/feeds/access.ts'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { serve } from '../http/http-server.ts'
import { someNoon } from '../support/articles.ts'
import { intakeWorld, sendFeed } from './intake-world.ts'

const world = intakeWorld()
const { add, asked, discover, rss, settled } = world

describe('a feed behind a password', () => {
  const ada = { userName: 'ada', password: 'pass word:1' }
  const header = `Basic ${Buffer.from('ada:pass word:1').toString('base64')}`
  const sendToAda = (request: IncomingMessage, response: ServerResponse) =>
    request.headers.authorization === header
      ? sendFeed(response, rss('a'))
      : response.writeHead(401, { 'www-authenticate': 'Basic' }).end()
  beforeEach(() => {
    world.answer = sendToAda
  })

  test('is refused without it, with words that say so', async () => {
    expect(await add()).toEqual({ kind: 'failed', failure: { reason: 'http', status: 401 } })
  })

  test.each(['given', 'written in the address'])(
    'is followed with it, %s, and asked with it from then on',
    async how => {
      const written = world.server.base.replace('http://', 'http://ada:pass%20word:1@')
      const found =
        how === 'given' ? await discover(`${world.server.base}/feed`, ada) : await discover(`${written}/feed`)
      expect(found).toMatchObject({ kind: 'found' })
      const added = await add()
      expect(added).toMatchObject({ kind: 'added', newArticles: 1 })

      await world.intake.refresh({ feedIds: listFeeds(world.store.db).map(feed => feed.id), isForced: true })
      await settled()

      expect(asked('/feed').map(one => one.headers.authorization)).toEqual([header, header])
      expect(listFeeds(world.store.db)).toMatchObject([{ url: `${world.server.base}/feed`, failure: null }])
      const kept = world.store.db.prepare<[], Buffer>('SELECT credentials FROM feeds').pluck().get()
      expect(kept?.includes('pass')).toBe(false)
    },
  )

  test('keeps it to itself when its server points elsewhere', async () => {
    const elsewhere = await serve((_, response) => sendFeed(response, rss('b')))
    world.answer = (_, response) => response.writeHead(302, { location: `${elsewhere.base}/feed` }).end()
    const feedUrl = world.server.base.replace('http://', 'http://ada:secret@')
    await world.intake.addFeed({ url: `${feedUrl}/feed`, title: null, folderId: null, credentials: null })
    await elsewhere.close()
    expect(asked('/feed')[0]?.headers.authorization).toMatch(/^Basic /)
    expect(elsewhere.seen.filter(one => one.headers.authorization)).toEqual([])
  })
})

test('a feed is asked by the name the user gave it', async () => {
  world.answer = (_, response) => sendFeed(response, rss('a'))
  const added = await add()
  const feedId = 'feedId' in added ? added.feedId : 0
  saveAccess(world.store.db, feedId, { credentials: null, proxy: null, userAgent: 'Ada/1.0' }, someNoon)
  await world.intake.refresh({ feedIds: [feedId], isForced: true })
  await settled()
  expect(asked('/feed').map(one => one.headers['user-agent'])).toEqual([
    expect.stringContaining('Broadsheet/'),
    'Ada/1.0',
  ])
})
