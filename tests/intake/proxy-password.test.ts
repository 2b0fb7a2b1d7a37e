/** The password in a feed's proxy address: the proxy is told it, and nobody else, nor any file. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { intakeWorld, sendFeed } from './intake-world.ts'

/** As it stands in an address: ink:well/9 */
const written = 'ink%3Awell%2F9'
const header = `Basic ${Buffer.from('ada:ink:well/9').toString('base64')}`
const withPassword = (base: string) => base.replace('http://', `http://ada:${written}@`)

describe('a proxy that asks for a password', () => {
  const world = intakeWorld()
  let via: TestServer
  let engine: TestEngine
  let feedId: number

  beforeEach(async () => {
    via = await serve((request, response) => {
      if (request.headers['proxy-authorization'] !== header) return response.writeHead(407).end()
      const feed = world.rss('One').replace(`${world.server.base}/`, 'http://news.example/')
      if (request.url === 'http://news.example/feed') return sendFeed(response, feed)
      response.writeHead(404).end()
    })
    engine = makeEngine({ store: world.store, intake: { media: request => world.intake.media(request) } })
    feedId = addFeed(world.store.db, 'http://news.example/feed')
  })
  afterEach(() => Promise.all([via.close(), engine.close()]))

  const failure = () =>
    world.store.db.prepare<[number], string | null>('SELECT failure FROM feeds WHERE id = ?').pluck().get(feedId)

  test('is told it for the feed and its icon', async () => {
    await engine.connect().setFeedAccess({ feedId, proxy: withPassword(via.base) })
    await world.refresh([feedId])
    expect(world.titles()).toEqual(['One'])
    while (via.seen.length < 2) await world.settled()
    expect(via.seen.map(one => one.headers['proxy-authorization'])).toEqual(via.seen.map(() => header))
  })

  test('is told it for the pictures of its articles', async () => {
    const client = engine.connect()
    const picture = 'http://news.example/a.png'
    const html = `<p>One</p><img src="${picture}">`
    const { newIds } = storeArticles(world.store.db, feedId, [makeArticle({ html, media: [picture] })], someNoon)
    await client.setFeedAccess({ feedId, proxy: withPassword(via.base) })
    const article = await client.article({ id: newIds[0]! })
    await engine.resource(article?.media[picture] ?? '')
    expect(via.seen.map(one => [one.path, one.headers['proxy-authorization']])).toEqual([[picture, header]])
  })

  test.each([
    ['no password', (base: string) => base],
    ['another password', (base: string) => base.replace('http://', 'http://ada:blotting-paper@')],
    ['what can’t be decoded', (base: string) => base.replace('http://', 'http://a%zz:blotting-paper%zz@')],
  ])('refuses %s, and the failure says so without it', async (_, address) => {
    await engine.connect().setFeedAccess({ feedId, proxy: address(via.base) })
    await world.refresh([feedId])
    expect(JSON.parse(failure() ?? '')).toEqual({ reason: 'http', status: 407 })
  })

  test('that is not there leaves a failure without it', async () => {
    await engine.connect().setFeedAccess({ feedId, proxy: withPassword(via.base) })
    await via.close()
    await world.refresh([feedId])
    expect(failure()).toContain('refused')
    expect(failure()).not.toMatch(/ada|ink/)
  })
})

describe('the password of a proxy', () => {
  const proxy = withPassword('http://proxy.example:8080')
  const shown = { userName: null, proxy: 'http://ada@proxy.example:8080', hasProxyPassword: true, userAgent: null }

  test('never comes back to a window, and goes with the address that holds it', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    const feedId = addFeed(engine.db, 'http://news.example/feed')
    await client.setFeedAccess({ feedId, proxy })
    expect(await client.feedAccess({ feedId })).toEqual(shown)
    await client.setFeedAccess({ feedId, userAgent: 'Ada/1.0' })
    expect(await client.feedAccess({ feedId })).toEqual({ ...shown, userAgent: 'Ada/1.0' })
    const { undoId } = await client.setFeedAccess({ feedId, proxy: 'http://proxy.example:8080', userAgent: null })
    expect(await client.feedAccess({ feedId })).toMatchObject({ hasProxyPassword: false })
    await client.undo({ undoId: undoId! })
    expect(await client.feedAccess({ feedId })).toMatchObject({ hasProxyPassword: true })
  })

  test('is good for that proxy only, whatever a database from elsewhere makes of the address', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    const feedId = addFeed(engine.db, 'http://news.example/feed')
    await client.setFeedAccess({ feedId, proxy })
    engine.db.exec("UPDATE feeds SET proxy = replace(proxy, 'proxy.example', 'elsewhere.example')")
    expect(await client.feedAccess({ feedId })).toMatchObject({
      proxy: 'http://elsewhere.example:8080',
      hasProxyPassword: false,
    })
  })

  test('is in no file that is kept, copied or given away', async () => {
    const { dir, feedId } = libraryOf()
    const { client, end } = await started(dir)
    await client.setFeedAccess({ feedId, proxy })
    await client.setFeedAccess({ feedId, userAgent: 'Ada/1.0' })
    await client.backUpNow({})
    await client.exportEverything({})
    const given = unzipSync(readFileSync(join(dir, 'exports', readdirSync(join(dir, 'exports'))[0]!)))
    expect(Object.values(given).map(bytes => Buffer.from(bytes).toString())).toHaveLength(5)
    for (const bytes of Object.values(given)) expect(Buffer.from(bytes).toString()).not.toMatch(secret)
    expect((await client.exportOpml({})).text).not.toMatch(secret)
    expect(filesWithIt(dir)).toEqual([])
    await end()
    expect(filesWithIt(dir)).toEqual([])
    rmSync(dir, { recursive: true })
  }, 60_000)

  test('that an earlier version kept as it was typed is sealed at the first start, in what can be taken back as well', async () => {
    const { dir, feedId, undoId } = await libraryOfBefore()
    expect(filesWithIt(dir)).toEqual(['broadsheet.db'])
    const { client, end } = await started(dir)
    expect(await client.feedAccess({ feedId })).toEqual({ ...shown, userAgent: 'Ada/1.0' })
    await expect.poll(() => keptProxy(dir), { timeout: 20_000 }).not.toMatch(secret)
    expect(await client.undo({ undoId })).toMatchObject({ isUndone: true })
    expect(await client.feedAccess({ feedId })).toEqual(shown)
    await end()
    expect(filesWithIt(dir)).toEqual([])
    rmSync(dir, { recursive: true })
  }, 60_000)

  /** Written in either way. */
  const secret = /ink(?::|%3A)well/i

  function libraryOf(): { dir: string; feedId: number } {
    const store = makeStore()
    const feedId = addFeed(store.db, 'http://news.example/feed')
    store.db.close()
    return { dir: store.dir, feedId }
  }

  /** The feed has had the proxy, and then another name; in the database both are as they were kept before. */
  async function libraryOfBefore(): Promise<{ dir: string; feedId: number; undoId: number }> {
    const store = makeStore()
    const engine = makeEngine({ store })
    const client = engine.connect()
    const feedId = addFeed(store.db, 'http://news.example/feed')
    await client.setFeedAccess({ feedId, proxy })
    const { undoId } = await client.setFeedAccess({ feedId, userAgent: 'Ada/1.0' })
    const sealed = store.db.prepare<[], string>('SELECT proxy FROM feeds').pluck().get()!
    store.db.prepare('UPDATE undos SET payload = replace(payload, ?, ?)').run(sealed, proxy)
    store.db.prepare('UPDATE feeds SET proxy = ?').run(proxy)
    await engine.close()
    store.db.close()
    // It begins anew with each daily backup.
    rmSync(join(store.dir, 'journal'), { recursive: true })
    return { dir: store.dir, feedId, undoId: undoId! }
  }

  async function started(dataDir: string): Promise<{ client: EngineClient; end(): Promise<void> }> {
    const start = await startEngine({ dataDir })
    if (start.kind !== 'running') throw new Error(start.detail)
    const client = connect(portOfNodePort(start.engine.connect()))
    return { client, end: () => start.engine.close() }
  }

  function filesWithIt(dir: string): string[] {
    return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter(name => {
      const file = join(dir, name)
      return statSync(file).isFile() && secret.test(readFileSync(file, 'latin1'))
    })
  }

  function keptProxy(dir: string): string {
    const db = new Database(join(dir, 'broadsheet.db'), { readonly: true })
    const kept = db.prepare<[], string>('SELECT proxy FROM feeds').pluck().get()
    db.close()
    return kept ?? ''
  }
})
