/** What the reader is told of, over what befalls an engine: lists and archives that are taken in, a kill, a change of the clock. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { hour, intakeWorld, sendFeed } from '../intake/intake-world.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const world = intakeWorld()

async function told(engine: TestEngine): Promise<string[]> {
  engine.notices.decide()
  const { notices } = await engine.connect().takeNotices({})
  return notices.map(one => (one.kind === 'article' ? one.title : `${one.articles} in ${one.feeds}`))
}

test('of an imported list and its first fetches nothing is told, then what is new', async () => {
  const engine = makeEngine({ store: world.store, now: () => world.time.clock.now() })
  const client = engine.connect()
  await client.changeSettings({ notify: 'yes' })
  engine.notices.begin()
  const names = ['a', 'b', 'c']
  const outlines = names.map(name => `<outline type="rss" text="${name}" xmlUrl="${world.server.base}/${name}"/>`)
  const text = `<opml version="2.0"><body>${outlines.join('')}</body></opml>`
  world.answer = (request, response) => sendFeed(response, world.rss(`Old of ${request.url}`))
  await client.importOpml({ text, allowPrivate: true, fetchNow: false })
  const feedIds = (await client.sources({})).feeds.map(({ id }) => id)
  await world.refresh(feedIds)
  expect(world.titles()).toHaveLength(3)
  expect(await told(engine)).toEqual([])

  await world.pass(hour)
  world.answer = (request, response) => sendFeed(response, world.rss(`New of ${request.url}`, `Old of ${request.url}`))
  await world.refresh(feedIds.slice(0, 1))
  expect(await told(engine)).toEqual(['New of /a'])
  await engine.close()
})

test('of an archive that is taken into a feed that is there nothing is told', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  await client.setReading({ of: { kind: 'feeds', feedIds: [feedId] }, reading: { notify: 'yes' } })
  storeArticles(engine.db, feedId, [makeArticle({ title: 'It was there' })], someNoon - hour)
  engine.notices.decide()
  const saved = {
    feedUrl: 'https://gazette.example/feed',
    feedTitle: 'The Gazette',
    guid: 'tag:1',
    url: 'https://gazette.example/1',
    title: 'Harbour opens',
    author: '',
    publishedAt: new Date(someNoon).toISOString(),
    updatedAt: null,
    savedAt: new Date(someNoon).toISOString(),
    isRead: false,
    summary: 'It does.',
    html: '<p>It does.</p>',
    categories: [],
    enclosures: [],
    image: null,
    commentsUrl: null,
    commentsCount: null,
  }
  const archive = Buffer.from(zipSync({ 'saved.json': strToU8(JSON.stringify([saved])) })).toString('base64')
  expect(await client.importEverything({ archive })).toMatchObject({ saved: 1 })
  expect(await told(engine)).toEqual([])
  storeArticles(engine.db, feedId, [makeArticle({ title: 'News', publishedAt: someNoon })], someNoon)
  expect(await told(engine)).toEqual(['News'])
})

test('killed between deciding and showing, it is told by the next engine, once', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  const program = join(import.meta.dirname, '../support/deciding.ts')
  const child = spawn(process.execPath, [program, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  await using engine = makeEngine({ store: makeStore(dir) })
  expect(await told(engine)).toEqual(['Harbour opens'])
  expect(await told(engine)).toEqual([])
})

test.each([
  ['22:00', '07:00', '2026-03-29T04:59Z', '2026-03-29T05:00Z', 'the night the clock goes forward'],
  ['22:00', '07:00', '2026-03-30T04:59Z', '2026-03-30T05:00Z', 'the night after'],
  ['22:00', '07:00', '2026-10-25T05:59Z', '2026-10-25T06:00Z', 'the night the clock goes back'],
  ['02:30', '03:30', '2026-03-29T01:29Z', '2026-03-29T00:59Z', 'a time that begins in the hour that is left out'],
  ['02:30', '03:00', '2026-10-25T01:59Z', '2026-10-25T02:00Z', 'a time in the hour that comes twice'],
])('quiet from %s to %s at %s and not at %s: %s', (from, to, quiet, loud) => {
  const module = JSON.stringify(join(import.meta.dirname, '../../src-main/notices/quiet-hours.ts'))
  const times = JSON.stringify([quiet, loud].map(at => Date.parse(at)))
  const code = `import { isQuietAt } from ${module}
    console.log(JSON.stringify(${times}.map(at => isQuietAt(at, ${JSON.stringify({ from, to })}))))`
  const env = { ...process.env, TZ: 'Europe/Berlin', NODE_OPTIONS: '' }
  const answer = execFileSync(process.execPath, ['--input-type=module', '-e', code], { env, encoding: 'utf8' })
  expect(JSON.parse(answer)).toEqual([true, false])
})
