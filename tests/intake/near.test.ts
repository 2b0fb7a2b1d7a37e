/** Feeds in the reader's own network: another address asks as adding does, and what was followed before goes on. */
import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { createHttp } from '../../src-main/http/client.ts'
import { bringUpToDate } from '../../src-main/safety/recovery/bring-up-to-date.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { wired } from '../http/http-world.ts'
import { addFeed, makeStore } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { intakeWorld, sendFeed } from './intake-world.ts'

describe('another address for a feed', () => {
  const isPrivateHost = async (url: URL) => url.hostname.endsWith('turns-out.example')
  const near = 'http://turns-out.example/feed'
  const before = 'https://gazette.example/feed'
  const said = { kind: 'failed', failure: { reason: 'private-address', host: 'turns-out.example' } }

  async function started() {
    const engine = makeEngine({ isPrivateHost })
    const feedId = addFeed(engine.db, before)
    const stored = () =>
      engine.db.prepare('SELECT url, private_host AS privateHost FROM feeds WHERE id = ?').get(feedId)
    return { engine, feedId, client: engine.connect(), stored }
  }

  test('that turns out to be near is asked about first, and taken once the user has said yes', async () => {
    const { engine, feedId, client, stored } = await started()
    await using _ = engine
    expect(await client.changeFeedUrl({ feedId, url: near })).toEqual(said)
    expect(stored()).toEqual({ url: before, privateHost: null })
    const answer = await client.changeFeedUrl({ feedId, url: near, allowPrivate: true })
    expect(stored()).toEqual({ url: near, privateHost: 'turns-out.example:80' })
    if (answer.kind !== 'changed') throw new Error(answer.kind)
    await client.undo({ undoId: answer.undoId! })
    expect(stored()).toEqual({ url: before, privateHost: null })
  })

  test('on a host and port that the user has allowed is not asked about again; on another port it is', async () => {
    const { engine, feedId, client, stored } = await started()
    await using _ = engine
    await client.changeFeedUrl({ feedId, url: near, allowPrivate: true })
    expect(await client.changeFeedUrl({ feedId, url: `${near}/2` })).toMatchObject({ kind: 'changed' })
    expect(stored()).toEqual({ url: `${near}/2`, privateHost: 'turns-out.example:80' })
    expect(await client.changeFeedUrl({ feedId, url: 'http://turns-out.example:8080/feed' })).toEqual(said)
  })

  test('that says itself that it is near is taken, and a public one gets no permission by a yes', async () => {
    const { engine, feedId, client, stored } = await started()
    await using _ = engine
    await client.changeFeedUrl({ feedId, url: 'http://nas.local/feed' })
    expect(stored()).toEqual({ url: 'http://nas.local/feed', privateHost: 'nas.local:80' })
    await client.changeFeedUrl({ feedId, url: 'https://news.example/feed', allowPrivate: true })
    expect(stored()).toEqual({ url: 'https://news.example/feed', privateHost: null })
  })

  test('is looked up nowhere where a proxy asks for it', async () => {
    const asked: string[] = []
    await using engine = makeEngine({ isPrivateHost: async url => asked.push(url.hostname) > 0 })
    const feedId = addFeed(engine.db, before)
    engine.db.prepare('UPDATE feeds SET proxy = ? WHERE id = ?').run('http://proxy.example:3128', feedId)
    expect(await engine.connect().changeFeedUrl({ feedId, url: near })).toMatchObject({ kind: 'changed' })
    expect(asked).toEqual([])
  })
})

describe('a feed of the own network that was read through the proxy before there were permissions', () => {
  const world = intakeWorld({
    http: () =>
      createHttp({
        environment: world.environment,
        networks: () => wired,
        resolve: (_name, _options, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
      }),
  })
  let via: TestServer | undefined
  afterEach(() => via?.close())

  /** The proxy of an office, which knows its names. */
  async function behindProxy(leads: Record<string, string> = {}): Promise<void> {
    via = await serve((request, response) => {
      const to = leads[request.url ?? '']
      if (to) return response.writeHead(301, { location: to }).end()
      sendFeed(response, world.rss('One'))
    })
    world.environment.http_proxy = via.base
  }

  function followed(url: string, columns: { lastSuccessAt?: number | null; movedFrom?: string } = {}): number {
    const { lastSuccessAt = 1, movedFrom = null } = columns
    const feedId = addFeed(world.store.db, url)
    const sql = 'UPDATE feeds SET private_host = NULL, last_success_at = ?, moved_from = ? WHERE id = ?'
    world.store.db.prepare(sql).run(lastSuccessAt, movedFrom, feedId)
    // As a start does with a store of an earlier version, before anything is fetched.
    writeMeta(world.store.db, 'upgradedTo', 0)
    bringUpToDate(world.store.db)
    return feedId
  }

  const failureOf = (feedId: number) =>
    JSON.parse(world.store.db.prepare<[number], string>('SELECT failure FROM feeds WHERE id = ?').pluck().get(feedId)!)

  test.each(['http://wiki.corp/feed', 'http://intranet/feed', 'http://nas.local:8080/feed'])(
    'goes on without being asked about: %s',
    async url => {
      await behindProxy()
      const feedId = followed(url)
      await world.refresh([feedId])
      expect(world.titles()).toEqual(['One'])
      expect(failureOf(feedId)).toBeNull()
    },
  )

  test('may lead to no other host of that network', async () => {
    await behindProxy({ 'http://wiki.corp/feed': 'http://router/feed' })
    const feedId = followed('http://wiki.corp/feed')
    await world.refresh([feedId])
    expect(failureOf(feedId)).toMatchObject({ reason: 'private-address', host: 'router' })
    expect(via!.seen.map(one => one.path)).not.toContain('http://router/feed')
  })

  test.each([
    ['a list brought in and that never answered', 'http://router/feed', { lastSuccessAt: null }],
    ['a server led to', 'http://router/feed', { movedFrom: 'https://news.example/feed' }],
    ['has an address in place of a name', 'http://192.168.0.1/feed', {}],
  ])('is none that %s', async (_, url, columns) => {
    await behindProxy()
    const feedId = followed(url, columns)
    await world.refresh([feedId])
    expect(failureOf(feedId)).toMatchObject({ reason: 'private-address' })
    expect(via!.seen).toEqual([])
  })
})

test('what such a feed may ask outlives the database: the journal has it from the first start on', async () => {
  const store = makeStore()
  const feedId = addFeed(store.db, 'http://wiki.corp/feed')
  store.db.prepare('UPDATE feeds SET last_success_at = 1 WHERE id = ?').run(feedId)
  writeMeta(store.db, 'upgradedTo', 0)
  store.db.close()
  await startAndEnd(store.dir)
  for (const end of ['', '-wal', '-shm']) rmSync(`${store.file}${end}`, { force: true })
  await startAndEnd(store.dir)
  const { db } = makeStore(store.dir)
  const rows = db.prepare('SELECT url, private_host AS privateHost, last_success_at AS readAt FROM feeds').all()
  expect(rows).toEqual([{ url: 'http://wiki.corp/feed', privateHost: 'wiki.corp:80', readAt: null }])
  db.close()
  rmSync(store.dir, { recursive: true })
}, 60_000)

/** As soon as a window could be answered. Nothing is fetched by then. */
async function startAndEnd(dataDir: string): Promise<void> {
  const started = await startEngine({ dataDir })
  if (started.kind !== 'running') throw new Error(started.detail)
  await started.engine.close()
}
