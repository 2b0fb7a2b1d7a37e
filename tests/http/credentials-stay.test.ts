import { expect, test } from 'vitest'
import { createHttp } from '../../src-main/http/client.ts'
import { withCredentials } from '../../src-main/http/credentials.ts'
import { accessOf, saveAccess } from '../../src-main/store/feeds/access.ts'
import { changeFeedUrl } from '../../src-main/store/feeds/feeds.ts'
import { recordPolls } from '../../src-main/store/feeds/poll-state.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { serve } from './http-server.ts'

const old = 'http://gazette.example/feed'

test.each([
  { name: 'go along on the same server', to: 'http://gazette.example/feed/new', isKept: true },
  { name: 'go along to https on the same server', to: 'https://gazette.example/feed', isKept: true },
  { name: 'stay behind when the feed goes to another server', to: 'https://elsewhere.example/feed', isKept: false },
  { name: 'stay behind when the feed goes to another port', to: 'http://gazette.example:8080/feed', isKept: false },
])('credentials $name, by a proven move and by hand', ({ to, isKept }) => {
  using store = makeStore()
  const moved = addFeed(store.db, old)
  const kept = { credentials: Buffer.from('sealed'), proxy: 'direct', userAgent: null }
  saveAccess(store.db, moved, kept, someNoon)
  const poll = { url: old, checkedAt: someNoon, isSuccess: true, nextCheckAt: someNoon, failure: null, memory: {} }
  recordPolls(store.db, [{ ...poll, feedId: moved, isGone: false, adopt: { url: to, privateHost: null } }])
  expect(accessOf(store.db, moved)).toEqual({ ...kept, credentials: isKept ? kept.credentials : null })

  const changed = addFeed(store.db, 'http://gazette.example/other')
  saveAccess(store.db, changed, kept, someNoon)
  changeFeedUrl(store.db, { feedId: changed, url: `${to}?by=hand`, privateHost: null }, someNoon)
  expect(accessOf(store.db, changed)).toEqual({ ...kept, credentials: isKept ? kept.credentials : null })
})

test('credentials are sent to the host they were given for, and to no other that is asked with them', async () => {
  const [meant, other] = await Promise.all([0, 1].map(() => serve((_, response) => response.end('ok'))))
  const http = createHttp({ environment: {} })
  const asked = withCredentials(http, meant!.host, { userName: 'ada', password: 'ink' })
  for (const { base, host } of [meant!, other!]) await asked.get({ url: base, accept: '*/*', privateHost: host })
  const sent = [meant!, other!].map(({ seen }) => seen.map(({ headers }) => headers.authorization))
  expect(sent).toEqual([[`Basic ${Buffer.from('ada:ink').toString('base64')}`], [undefined]])
  await Promise.all([http.close(), meant!.close(), other!.close()])
})

test('an address typed with a password keeps the proxy and the name the feed has', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feedId = addFeed(engine.db, old)
  await client.setFeedAccess({ feedId, proxy: 'direct', userAgent: 'Ada/1.0' })

  await client.changeFeedUrl({ feedId, url: 'https://ada:secret@gazette.example/feed/new' })

  const access = { userName: 'ada', proxy: 'direct', hasProxyPassword: false, userAgent: 'Ada/1.0' }
  expect(await client.feedAccess({ feedId })).toEqual(access)
  expect(await client.sources({})).toMatchObject({ feeds: [{ url: 'https://gazette.example/feed/new' }] })
})
