/** What an imported list becomes, at its first refresh and when it is taken back. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { atOnce } from '../../src-main/polling/poll-queue.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { setRemoved } from '../../src-main/store/feeds/feeds.ts'
import { isSameName } from '../../src-main/store/feeds/names.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { intakeWorld, sendFeed } from '../intake/intake-world.ts'
import { makeStore, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'

const world = intakeWorld()
let engine: TestEngine
let client: EngineClient
beforeEach(() => {
  engine = makeEngine({ store: world.store })
  client = engine.connect()
})
afterEach(() => engine.close())

const list = (body: string) => `<opml version="2.0"><body>${body}</body></opml>`
const outline = (path: string, names: string) => `<outline type="rss" ${names} xmlUrl="${world.server.base}${path}"/>`

async function take(text: string): Promise<Extract<Output<'importOpml'>, { kind: 'imported' }>> {
  const answer = await client.importOpml({ text, allowPrivate: true, fetchNow: false })
  if (answer.kind === 'failed') throw new Error(answer.failure.reason)
  return answer
}

async function feeds() {
  return (await client.sources({})).feeds
}

async function refreshAll(): Promise<void> {
  await world.refresh((await feeds()).map(feed => feed.id))
}

describe('a name in a list', () => {
  beforeEach(() => {
    world.answer = (_, response) => sendFeed(response, world.rss('a'))
  })

  test.each([
    ['another than the feed’s own', 'text="My name" title="My name"', 'My name', 'Gazette'],
    ['beside the publisher’s', 'text="My name" title="Gazette"', 'My name', 'Gazette'],
    ['the feed’s own', 'text="Gazette"', 'Gazette', 'Gazette'],
    ['the feed’s own, differently written', 'text=" GAZETTE&amp;nbsp;"', 'Gazette', 'Gazette'],
    ['the address', 'text="__URL__"', 'Gazette', 'Gazette'],
    ['none', 'text="Untitled"', 'Gazette', 'Gazette'],
  ])('that is %s', async (_name, names, title, originalTitle) => {
    await take(list(outline('/feed', names.replace('__URL__', `${world.server.base}/feed`))))
    await refreshAll()
    expect(await feeds()).toMatchObject([{ title, originalTitle }])
  })

  test('that is the feed’s own gives way when the publisher changes it; the reader’s own stays', async () => {
    await take(list(outline('/a', 'text="Gazette"') + outline('/b', 'text="Mine"')))
    await refreshAll()
    world.answer = (_, response) => sendFeed(response, world.rss('a').replaceAll('Gazette', 'Herald'))
    await refreshAll()
    const titles = (await feeds()).map(feed => feed.title)
    expect(titles).toEqual(['Herald', 'Mine'])
  })

  test('stays where the feed can’t be read, and can be given up later', async () => {
    world.answer = (_, response) => response.writeHead(500).end()
    await take(list(outline('/feed', 'text="Mine"')))
    await refreshAll()
    const [feed] = await feeds()
    expect(feed).toMatchObject({ title: 'Mine' })
    world.answer = (_, response) => sendFeed(response, world.rss('a'))
    await refreshAll()
    await client.renameFeed({ feedId: feed!.id, title: null })
    expect(await feeds()).toMatchObject([{ title: 'Gazette' }])
  })

  test('comes back as it was by our own export', async () => {
    await take(list(outline('/a', 'text="Mine"') + outline('/b', 'text="Gazette"')))
    await refreshAll()
    const { text } = await client.exportOpml({})
    expect(text).toContain('text="Mine" title="Gazette"')
    await using other = makeEngine({ store: makeStore() })
    await other.connect().importOpml({ text, allowPrivate: true, fetchNow: false })
    const sources = await other.connect().sources({})
    expect(sources.feeds).toMatchObject([
      { title: 'Mine', originalTitle: 'Gazette', siteUrl: `${world.server.base}/` },
      { title: 'Gazette', originalTitle: 'Gazette' },
    ])
  })
})

test.each([
  ['BBC News – World', 'bbc news - world', true],
  ['It’s  on', "It's on", true],
  ['A very long name of a fe…', 'A very long name of a feed', true],
  ['A…', 'About', false],
  ['News', 'News of the day', false],
])('"%s" and "%s" are the same name: %s', (one, other, isSame) => {
  expect(isSameName(one, other)).toBe(isSame)
})

test('folders without feeds come along, unless some feeds were chosen only', async () => {
  const text = list(`<outline text="E" title="E"/>${outline('/a', 'text="A"')}${outline('/b', 'text="B"')}`)
  await client.importOpml({ text, rows: [0], allowPrivate: true, fetchNow: false })
  expect((await client.sources({})).folders).toEqual([])
  await take(text)
  expect((await client.sources({})).folders).toMatchObject([{ title: 'E' }])
})

test('a list with nothing in it is named, and a list that is cut off says so', async () => {
  expect(await client.importOpml({ text: list('') })).toMatchObject({ failure: { found: 'no-feeds' } })
  expect(await client.previewOpml({ text: list('') })).toMatchObject({ failure: { found: 'no-feeds' } })
  const cut = `<opml><body>${outline('/a', 'text="A"')}<outline tex`
  expect(await client.previewOpml({ file: Buffer.from(cut).toString('base64') })).toMatchObject({ isCutOff: true })
  expect(await take(cut)).toMatchObject({ isCutOff: true, rows: [{ outcome: 'added' }] })
})

describe('an import that is taken back', () => {
  beforeEach(async () => {
    world.answer = (request, response) => sendFeed(response, world.rss(`${request.url} one`, `${request.url} two`))
    await take(list(`<outline text="Old">${outline('/old', 'text="Old feed"')}</outline>`))
    await take(list(`<outline text="Left">${outline('/left', 'text="Left feed"')}</outline>`))
    await refreshAll()
    const left = (await feeds()).find(feed => feed.url.endsWith('/left'))
    setRemoved(world.store.db, [left!.id], someNoon)
  })

  const body = () =>
    list(`<outline text="New"><outline text="Inner">${outline('/new', 'text="New feed"')}</outline></outline>
      <outline text="Empty" title="Empty"/><outline text="Old">${outline('/more', 'text="More"')}</outline>
      <outline text="Elsewhere">${outline('/left', 'text="Called otherwise"')}</outline>${outline('/old', 'text="x"')}`)

  test.each([
    ['before anything was fetched', false],
    ['after articles came', true],
  ])('%s leaves nothing behind', async (_name, isFetched) => {
    const before = everything()
    const { undoId } = await take(body())
    expect(await feeds()).toHaveLength(4)
    if (isFetched) await refreshAll()
    if (isFetched) expect(searchArticles(world.store.db, '"new one"')).toHaveLength(1)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })
    expect(everything()).toEqual(before)
    expect(searchArticles(world.store.db, '"new one"')).toEqual([])
  })

  test('keeps what was saved meanwhile, and nothing else of its feed', async () => {
    const { undoId } = await take(body())
    await refreshAll()
    const id = world.store.db.prepare<[], number>("SELECT id FROM articles WHERE title = '/new one'").pluck().get()!
    setSaved(world.store.db, [id], true, someNoon)
    await client.undo({ undoId: undoId! })
    const saved = await client.headlines({ view: { kind: 'saved' }, limit: 10 })
    expect(saved.rows).toMatchObject([{ id, title: '/new one', feedTitle: 'New feed', feedId: null }])
    expect(world.titles().filter(title => title.startsWith('/new') || title.startsWith('/more'))).toEqual(['/new one'])
    // Followed again, it brings the other one anew and this one not twice.
    await take(body())
    await refreshAll()
    expect(
      world
        .titles()
        .filter(title => title.startsWith('/new'))
        .toSorted(),
    ).toEqual(['/new one', '/new two'])
  })

  test('is not brought back by what was being fetched, nor given to the feed that comes next', async () => {
    const before = everything()
    const { undoId } = await take(body())
    const held = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    world.answer = async (request, response) => {
      asked.resolve()
      await held.promise
      sendFeed(response, world.rss(`${request.url} one`))
    }
    const ids = (await feeds()).filter(feed => /new|more/.test(feed.url)).map(feed => feed.id)
    await world.intake.refresh({ feedIds: ids, isForced: true })
    await asked.promise
    await client.undo({ undoId: undoId! })
    const next = await take(list(outline('/next', 'text="Next"')))
    held.resolve()
    while (!world.intake.isIdle()) await world.pass(100)
    const [row] = next.rows
    expect(ids).not.toContain(row?.feedId)
    expect(world.titles().filter(title => title.startsWith('/new') || title.startsWith('/more'))).toEqual([])
    await client.undo({ undoId: next.undoId! })
    expect(everything()).toEqual(before)
  })

  test('brings what was being fetched of a feed with something saved only when it is followed again', async () => {
    const { undoId } = await take(body())
    await refreshAll()
    const id = world.store.db.prepare<[], number>("SELECT id FROM articles WHERE title = '/new one'").pluck().get()!
    setSaved(world.store.db, [id], true, someNoon)
    const held = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    world.answer = async (request, response) => {
      asked.resolve()
      await held.promise
      sendFeed(response, world.rss(`${request.url} three`, `${request.url} one`))
    }
    const feed = (await feeds()).find(one => one.url.endsWith('/new'))!
    await world.intake.refresh({ feedIds: [feed.id], isForced: true })
    await asked.promise
    await client.undo({ undoId: undoId! })
    held.resolve()
    while (!world.intake.isIdle()) await world.pass(100)
    expect(world.titles().filter(title => title.startsWith('/new'))).toEqual(['/new one'])
    await take(body())
    await refreshAll()
    expect(world.titles().filter(title => title.startsWith('/new'))).toEqual(['/new one', '/new three'])
  })

  test('does not have fetched what waited to be', async () => {
    const { undoId } = await take(
      list(Array.from({ length: 3 * atOnce }, (_, index) => outline(`/n${index}`, 'text="N"')).join('')),
    )
    const held = Promise.withResolvers<void>()
    const asked = new Set<string>()
    world.answer = async (request, response) => {
      asked.add(request.url ?? '')
      await held.promise
      sendFeed(response, world.rss('a'))
    }
    const ids = (await feeds()).filter(feed => feed.url.includes('/n')).map(feed => feed.id)
    await world.intake.refresh({ feedIds: ids, isForced: true })
    while (asked.size === 0) await new Promise(resolve => setImmediate(resolve))
    await client.undo({ undoId: undoId! })
    await world.intake.scheduleChanged()
    held.resolve()
    while (!world.intake.isIdle()) await world.pass(100)
    expect(asked.size).toBeLessThan(3 * atOnce)
    expect(world.events.findLast(({ event }) => event === 'refresh-progress')?.payload).toMatchObject({
      isRunning: false,
    })
  })

  test('leaves folders in which somebody has put something since', async () => {
    const { undoId } = await take(body())
    const { folders, feeds } = await client.sources({})
    const inner = folders.find(folder => folder.title === 'Inner')!
    await client.moveFeeds({ feedIds: [feeds.find(feed => feed.url.endsWith('/old'))!.id], folderId: inner.id })
    await client.undo({ undoId: undoId! })
    expect((await client.sources({})).folders.map(folder => folder.title).toSorted()).toEqual([
      'Inner',
      'Left',
      'New',
      'Old',
    ])
  })
})

/** All rows of all tables. Numbers that only grow, and what FTS5 keeps behind its index, are no traces of a feed. */
function everything(): Record<string, unknown[]> {
  const { db } = world.store
  const names = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name <> 'sqlite_sequence'
         AND (name NOT LIKE 'article_index%' OR name LIKE '%docsize')`,
    )
    .pluck()
    .all()
  return Object.fromEntries(
    names.map(name => {
      const rows = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${name}`).all()
      // The icons of the feeds that were there before are looked for meanwhile.
      const told = rows.filter(
        row =>
          !['lastGoneFeed', 'lastGoneFolder'].includes(String(row.name)) &&
          (name !== 'icons' || Number(row.feed_id) > 2),
      )
      return [name, told.map(row => withoutTimes(name, row))]
    }),
  )
}

/** When a feed was left, and that it was to be asked at once, is said anew. */
function withoutTimes(table: string, row: Record<string, unknown>): Record<string, unknown> {
  if (table !== 'feeds') return row
  const { next_check_at: _, last_checked_at: __, last_success_at: ___, poll_memory: ____, ...rest } = row
  return rest
}
