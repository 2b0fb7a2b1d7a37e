import { describe, expect, test } from 'vitest'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { defaultSettings } from '../../src-main/api/settings.ts'
import { settings } from '../../src-main/api/shapes.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

test('marking an article read tells every window what is read now and how many are not', async () => {
  await using engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  storeArticles(engine.db, feedId, [makeArticle({ title: 'a' }), makeArticle({ title: 'b' })], someNoon)
  const client = engine.connect()
  const otherWindow = engine.connect()
  const { rows } = await client.headlines({ view: { kind: 'unread' }, limit: 10 })

  const changed = nextEvent(otherWindow, 'articles-changed')
  const counts = nextEvent(otherWindow, 'counts-changed')
  const answer = await client.markRead({ articleIds: [rows[0]!.id], isRead: true })

  expect(answer.changed).toBe(1)
  expect(await changed).toEqual({ articleIds: [rows[0]!.id], isRead: true })
  expect((await counts).counts).toMatchObject({ all: 2, unread: 1, unreadByFeed: { [feedId]: 1 } })
})

describe('what a click did can be taken back:', () => {
  test('marking all read', async () => {
    await using engine = makeEngine()
    const feedId = addFeed(engine.db, 'https://gazette.example/feed')
    storeArticles(engine.db, feedId, [makeArticle({ title: 'a' }), makeArticle({ title: 'b' })], someNoon)
    const client = engine.connect()
    const { newestId, rows } = await client.headlines({ view: { kind: 'all' }, limit: 10 })
    await client.markRead({ articleIds: [rows[1]!.id], isRead: true })

    const { undoId } = await client.markViewRead({ view: { kind: 'all' }, newestId })
    expect((await client.counts({})).unread).toBe(0)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })

    expect((await client.counts({})).unread).toBe(1)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: false })
  })

  test('unsubscribing', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    const feedId = addFeed(engine.db, 'https://gazette.example/feed')
    storeArticles(engine.db, feedId, [makeArticle()], someNoon)

    const { undoId } = await client.unsubscribe({ feedIds: [feedId] })
    expect(await client.sources({})).toMatchObject({ feeds: [], counts: { all: 0 } })
    await client.undo({ undoId: undoId! })

    expect(await client.sources({})).toMatchObject({ feeds: [{ id: feedId }], counts: { all: 1 } })
  })

  test('removing a folder', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    const { folderId } = await client.createFolder({ title: 'World' })
    const inner = await client.createFolder({ title: 'Europe', parentId: folderId })
    const feedId = addFeed(engine.db, 'https://gazette.example/feed', { folderId })

    const { undoId } = await client.removeFolder({ folderId })
    expect(await client.sources({})).toMatchObject({
      folders: [{ id: inner.folderId, parentId: null }],
      feeds: [{ id: feedId, folderId: null }],
    })
    await client.undo({ undoId: undoId! })

    const { folders, feeds } = await client.sources({})
    expect(folders.find(folder => folder.id === inner.folderId)).toMatchObject({ parentId: folderId })
    expect(feeds).toMatchObject([{ id: feedId, folderId }])
  })

  test('an import, but not what was followed before', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    addFeed(engine.db, 'https://gazette.example/feed')

    const answer = await client.importOpml({ text: subscriptionList, fetchNow: false })
    expect(answer).toMatchObject({
      kind: 'imported',
      rows: [
        { url: 'https://gazette.example/feed', outcome: 'already-there' },
        { url: 'https://herald.example/feed', outcome: 'added' },
        { url: 'http://192.168.1.1/feed', outcome: 'failed', failure: { reason: 'private-address' } },
      ],
    })
    const { folders } = await client.sources({})
    expect(folders.map(folder => folder.title)).toEqual(['World', 'Europe'])
    if (answer.kind === 'imported') await client.undo({ undoId: answer.undoId! })

    expect(await client.sources({})).toMatchObject({ folders: [], feeds: [{ url: 'https://gazette.example/feed' }] })
  })
})

test('an imported list, exported and imported elsewhere, is the same list', async () => {
  await using engine = makeEngine()
  await using elsewhere = makeEngine()
  const client = engine.connect()
  const other = elsewhere.connect()
  await client.importOpml({ text: subscriptionList, fetchNow: false, allowPrivate: true })

  const { text } = await client.exportOpml({})
  await other.importOpml({ text, fetchNow: false, allowPrivate: true })

  expect(await namesOf(other)).toEqual(await namesOf(client))
  expect(await namesOf(client)).toContain('World / Europe / https://herald.example/feed')
})

describe('the engine refuses', () => {
  test.each([
    { name: 'an id that is none', ask: (client: EngineClient) => client.article({ id: -1 }), code: 'invalid-input' },
    {
      name: 'more than was asked for',
      ask: (client: EngineClient) => client.counts({ extra: 1 } as object as Record<string, never>),
      code: 'invalid-input',
    },
    {
      name: 'a feed that is not there',
      ask: (client: EngineClient) => client.renameFeed({ feedId: 9, title: 'x' }),
      code: 'not-found',
    },
    {
      name: 'a question it does not know',
      ask: (client: EngineClient) =>
        (client as unknown as { constructor2(input: object): Promise<void> }).constructor2({}),
      code: 'unknown-name',
    },
  ])('$name', async ({ ask, code }) => {
    await using engine = makeEngine()
    await expect(ask(engine.connect())).rejects.toMatchObject({ code })
  })
})

test('at first all settings are as a window has them before it is answered, and such as it may choose', async () => {
  await using engine = makeEngine()
  const first = await engine.connect().settings({})
  expect(first).toEqual(defaultSettings)
  expect(settings().parse(first)).toEqual(first)
})

test('settings are kept, and told to every window', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const told = nextEvent(engine.connect(), 'settings-changed')

  await client.changeSettings({ theme: 'sepia', sourcesWidth: 300 })

  expect((await told).settings).toMatchObject({ theme: 'sepia', sourcesWidth: 300, density: 'normal' })
  expect(await client.settings({})).toMatchObject({ theme: 'sepia', sourcesWidth: 300 })
})

test('with images off no address of a picture leaves the engine', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const picture = 'https://gazette.example/ferry.jpg'
  const article = makeArticle({ html: `<img src="${picture}">`, image: picture, media: [picture] })
  const { newIds } = storeArticles(engine.db, feedId, [article], someNoon)
  const shown = await client.article({ id: newIds[0]! })
  expect(shown?.media[picture]).toMatch(/^\/media\?/)

  await client.changeSettings({ pictures: 'never' })

  expect(await client.article({ id: newIds[0]! })).toMatchObject({ media: {}, imageUrl: null })
})

test('a picture is given only under an address that the engine signed', async () => {
  await using engine = makeEngine()
  addFeed(engine.db, 'https://gazette.example/feed')
  const forged = await engine.resource('/media?f=1&u=http%3A%2F%2F169.254.169.254%2F&k=AAAA')
  expect(forged.status).toBe(403)
})

const subscriptionList = `<?xml version="1.0"?><opml version="2.0"><body>
  <outline text="The Gazette" type="rss" xmlUrl="https://gazette.example/feed"/>
  <outline text="World"><outline text="Europe">
    <outline text="The Herald" type="rss" xmlUrl="https://herald.example/feed"/>
  </outline></outline>
  <outline text="Router" type="rss" xmlUrl="http://192.168.1.1/feed"/>
</body></opml>`

function nextEvent<E extends EventName>(client: EngineClient, event: E): Promise<Events[E]> {
  return new Promise(resolve => {
    client.on(event, resolve)
  })
}

async function namesOf(client: EngineClient): Promise<string[]> {
  const { feeds, folders } = await client.sources({})
  const path = (id: number | null): string => {
    const folder = folders.find(candidate => candidate.id === id)
    return folder ? `${path(folder.parentId)}${folder.title} / ` : ''
  }
  return feeds.map(feed => `${path(feed.folderId)}${feed.url}`).sort()
}
