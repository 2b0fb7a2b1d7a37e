import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { ExportedArticle } from '../../src-main/archive/format.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import { deleteArticles } from '../../src-main/store/articles/tombstones.ts'
import { pinPictures } from '../../src-main/store/saved/pinned-pictures.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

async function exportOf(engine: TestEngine): Promise<string> {
  const { path } = await engine.connect().exportEverything({})
  return base64(bytesOf(await engine.resource(path)))
}

/** An archive with these files, as anybody could make one. */
const archiveOf = (files: Record<string, string>, level: 0 | 9 = 9) =>
  base64(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { level }))

const zeroes = new Uint8Array(300_000)

const exportedArticle = (part: Partial<ExportedArticle> = {}): ExportedArticle => ({
  feedUrl: 'https://gazette.example/feed',
  feedTitle: 'The Gazette',
  guid: 'tag:1',
  url: 'https://gazette.example/1',
  title: 'Harbour ferry runs again',
  author: 'Ada Quill',
  publishedAt: '2026-10-01T12:00:00.000Z',
  updatedAt: null,
  savedAt: '2026-10-02T12:00:00.000Z',
  isRead: false,
  summary: 'It does.',
  html: '<p>The ferry crossed the harbour at dawn.</p>',
  categories: [],
  enclosures: [],
  image: null,
  commentsUrl: null,
  commentsCount: null,
  ...part,
})

/** All that a reader would miss, without the numbers that each database gives by itself. */
async function library(client: EngineClient) {
  const { feeds, folders } = await client.sources({})
  const rows = (await client.headlines({ view: { kind: 'saved' }, limit: 1_000 })).rows
  const titleOf = new Map(folders.map(folder => [folder.id, folder.title]))
  const articles = await Promise.all(rows.map(row => client.article({ id: row.id })))
  return {
    folders: folders.map(({ title, parentId, reading }) => ({
      title,
      reading,
      parent: parentId && titleOf.get(parentId),
    })),
    feeds: feeds
      .map(({ url, title, folderId, paused, retention, reading }) => ({
        ...{ url, title, paused, retention, reading },
        folder: folderId && titleOf.get(folderId),
      }))
      .sort((a, b) => a.url.localeCompare(b.url)),
    saved: articles.map(article => {
      const { title, author, summary, url, html, publishedAt, updatedAt, categories, enclosures, isRead, feedTitle } =
        article!
      return { title, author, summary, url, html, publishedAt, updatedAt, categories, enclosures, isRead, feedTitle }
    }),
  }
}

async function filled(): Promise<TestEngine> {
  const engine = makeEngine()
  const { db } = engine
  const client = engine.connect()
  const { folderId } = await client.createFolder({ title: 'News' })
  const inner = await client.createFolder({ title: 'Harbours & ships', parentId: folderId })
  const gazette = addFeed(db, 'https://gazette.example/feed', { folderId: inner.folderId })
  const bugle = addFeed(db, 'https://bugle.example/feed', { title: 'The Bugle' })
  const gone = addFeed(db, 'https://gone.example/feed', { title: 'Gone' })
  await client.renameFeed({ feedId: bugle, title: 'My Bugle' })
  await client.setPaused({ feedIds: [bugle], isPaused: true })
  await client.setFeedRetention({ feedId: gazette, retention: { days: 9, perFeed: null, includesUnread: true } })
  await client.setReading({ of: { kind: 'feeds', feedIds: [bugle] }, reading: { openAs: 'page', pictures: 'ask' } })
  await client.setReading({ of: { kind: 'folder', folderId: inner.folderId }, reading: { direction: 'rtl' } })
  for (const feed of [gazette, bugle, gone]) {
    const document = Array.from({ length: 130 }, (_, n) =>
      makeArticle({
        title: `Article ${feed}-${n}`,
        guid: `tag:${feed}-${n}`,
        // A publisher whose items all link to the same page.
        ...(feed === bugle && { url: 'https://bugle.example/latest', canonicalUrl: 'bugle.example/latest' }),
        text: `Text ${feed}-${n} of some length & weight.`,
        html: `<p>Text ${feed}-${n} of some length &amp; weight.</p>`,
        summary: `What number ${n} is about, in a sentence.`,
        author: 'Ada Quill, Ben Ink',
        categories: ['Sea', 'Ships'],
        enclosures: [{ url: `https://gazette.example/${n}.mp3`, type: 'audio/mpeg', length: 17 }],
        publishedAt: someNoon - n * 3_600_000,
        updatedAt: n % 2 ? someNoon - n * 1_000_000 : null,
      }),
    )
    const { newIds } = storeArticles(db, feed, document, someNoon)
    setSaved(
      db,
      newIds.filter((_, n) => n % 5 > 0),
      true,
      someNoon,
    )
    setRead(
      db,
      newIds.filter((_, n) => n % 3 > 0),
      true,
    )
  }
  await client.unsubscribe({ feedIds: [gone] })
  await client.changeSettings({
    theme: 'sepia',
    retention: { days: 90, perFeed: null, includesUnread: false, megabytes: null },
  })
  return engine
}

test('what was exported and taken in elsewhere is the same library; taken in again, it adds nothing', async () => {
  await using engine = await filled()
  await using elsewhere = makeEngine()
  const archive = await exportOf(engine)
  const client = elsewhere.connect()

  expect(await client.importEverything({ archive })).toEqual({
    kind: 'imported',
    feeds: 2,
    folders: 2,
    saved: 312,
    alreadyThere: 0,
    refused: 0,
    unreadable: 0,
  })
  const before = await library(engine.connect())
  expect(before.saved.length).toBe(312)
  expect(await library(client)).toEqual(before)
  expect(await client.settings({})).toMatchObject({ theme: 'sepia', retention: { days: 90 } })
  expect(searchArticles(elsewhere.db, 'weight').length).toBeGreaterThan(0)

  const again = await client.importEverything({ archive })
  expect(again).toMatchObject({ feeds: 0, folders: 0, saved: 0, alreadyThere: 312 })
  expect(await library(client)).toEqual(before)

  // And its own feed's next poll doubles nothing either.
  const feedId = (await client.sources({})).feeds.find(feed => feed.url.includes('gazette'))!.id
  const known = makeArticle({ title: 'Article 1-1', guid: 'tag:1-1', text: 'Text 1-1 of some length & weight.' })
  expect(storeArticles(elsewhere.db, feedId, [known], someNoon).newIds).toEqual([])
})

test('what is there stays as it is: read marks, folders, and how long articles are kept', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feed = addFeed(engine.db, 'https://gazette.example/feed')
  const [id] = storeArticles(
    engine.db,
    feed,
    [makeArticle({ guid: 'tag:1', url: 'https://gazette.example/1', title: 'Mine' })],
    someNoon,
  ).newIds
  setRead(engine.db, [id!], true)
  const archive = archiveOf({
    'saved.json': JSON.stringify([exportedArticle()]),
    'settings.json': JSON.stringify({
      folders: [{ path: ['News'], reading: { pictures: 'never' } }],
      settings: {
        loadImages: false,
        retention: { days: 1, perFeed: 1, megabytes: 50, includesUnread: true },
        textSize: 20,
        density: 'huge',
      },
    }),
  })
  expect(await client.importEverything({ archive })).toMatchObject({ saved: 1, alreadyThere: 0 })
  const article = await client.article({ id: id! })
  expect(article).toMatchObject({ title: 'Mine', isRead: true, isSaved: true })
  expect(await client.settings({})).toMatchObject({ textSize: 20, density: 'normal', retention: { days: null } })
  // An earlier version knew of no more than this.
  expect((await client.settings({})).pictures).toBe('never')
})

test('a saved article that retention had deleted before it was imported comes back', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feed = addFeed(engine.db, 'https://gazette.example/feed')
  const article = makeArticle({ guid: 'tag:1' })
  const { newIds } = storeArticles(engine.db, feed, [article], someNoon)
  setRead(engine.db, newIds, true)
  expect(deleteArticles(engine.db, newIds, true, someNoon)).toBe(1)
  const archive = archiveOf({ 'saved.json': JSON.stringify([exportedArticle()]) })
  expect(await client.importEverything({ archive })).toMatchObject({ saved: 1 })
  expect((await client.headlines({ view: { kind: 'saved' }, limit: 5 })).rows.length).toBe(1)
  expect(storeArticles(engine.db, feed, [article], someNoon).newIds).toEqual([])
  expect(engine.db.prepare('SELECT COUNT(*) FROM tombstones').pluck().get()).toBe(0)
})

test('nothing in an archive can run, or reach into the network at home', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const html =
    '<p onclick="x()">Hi<script>alert(1)</script><img src="javascript:x"><img src="http://192.168.1.1/a.png"></p>'
  const archive = archiveOf({
    'saved.json': JSON.stringify([exportedArticle({ html, title: '<b>bold</b>', url: 'javascript:alert(1)' })]),
    'subscriptions.opml':
      '<opml version="2.0"><body><outline type="rss" text="router" xmlUrl="http://192.168.1.1/feed"/></body></opml>',
  })
  expect(await client.importEverything({ archive })).toMatchObject({ kind: 'imported', feeds: 0, refused: 1, saved: 1 })
  const [row] = (await client.headlines({ view: { kind: 'saved' }, limit: 5 })).rows
  const article = await client.article({ id: row!.id })
  expect(article!.html).not.toMatch(/script|onclick|192\.168/)
  expect(article).toMatchObject({ title: '<b>bold</b>', url: null, feedId: null })
})

test('a feed on a private network that is followed is no refused one, in whatever folder the file has it', async () => {
  await using engine = makeEngine()
  addFeed(engine.db, 'http://192.168.1.7/feed')
  const archive = archiveOf({
    'saved.json': '[]',
    'subscriptions.opml': `<opml version="2.0"><body><outline text="Home">
      <outline type="rss" text="Printer" xmlUrl="http://192.168.1.7/feed"/>
      <outline type="rss" text="Heating" xmlUrl="http://192.168.1.8/feed"/></outline></body></opml>`,
  })
  const client = engine.connect()

  expect(await client.importEverything({ archive })).toMatchObject({ feeds: 0, refused: 1 })
  expect(await client.importEverything({ archive, allowPrivate: true })).toMatchObject({ feeds: 1, refused: 0 })
  expect(await client.importEverything({ archive })).toMatchObject({ feeds: 0, folders: 0, refused: 0 })
})

test('elements that are no articles are counted, and the others come in', async () => {
  await using engine = makeEngine()
  const archive = archiveOf({
    'saved.json': JSON.stringify([
      exportedArticle(),
      { title: 'no feed', html: '' },
      exportedArticle({ feedUrl: 'file:///etc/passwd' }),
      [[]],
      exportedArticle({ guid: 'tag:2', url: 'https://gazette.example/2', html: '<p>Another, with "]}" in it \\</p>' }),
    ]),
  })
  expect(await engine.connect().importEverything({ archive })).toMatchObject({ saved: 2, unreadable: 3 })
})

test('a line of an export that is damaged costs that article alone', async () => {
  await using engine = makeEngine()
  const line = (number: number) =>
    JSON.stringify(
      exportedArticle({ guid: `tag:${number}`, url: `https://gazette.example/${number}`, title: `${number}` }),
    )
  const archive = archiveOf({ 'saved.json': `[\n${line(1)},\n${line(2).slice(0, 60)},\n${line(3)}\n]\n` })
  expect(await engine.connect().importEverything({ archive })).toMatchObject({ saved: 2, unreadable: 1 })
})

const zeros = (megabytes: number) => 'x'.repeat(megabytes * 1_000_000)

test.each([
  { name: 'text', archive: () => base64(strToU8('hello')), reason: 'not-an-export' },
  { name: 'no base64', archive: () => '%%%', reason: 'not-an-export' },
  { name: 'a ZIP of something else', archive: () => archiveOf({ 'holiday.txt': 'x' }), reason: 'not-an-export' },
  {
    name: 'a saved.json that is no array',
    archive: () => archiveOf({ 'saved.json': '{"a":1}' }),
    reason: 'not-an-export',
  },
  {
    name: 'a saved.json that ends early',
    archive: () => archiveOf({ 'saved.json': '[{"a":"b' }),
    reason: 'not-an-export',
  },
  {
    name: 'a saved.json of ours that ends early',
    archive: () => archiveOf({ 'saved.json': `[\n${JSON.stringify(exportedArticle())},\n{"a":"b` }),
    reason: 'not-an-export',
  },
  {
    name: 'broken settings',
    archive: () => archiveOf({ 'saved.json': '[]', 'settings.json': '{' }),
    reason: 'not-an-export',
  },
  {
    name: 'a name that leaves its folder',
    archive: () => archiveOf({ 'saved.json': '[]', '../../.bashrc': 'x' }),
    reason: 'unsafe',
  },
  {
    name: 'an absolute name',
    archive: () => archiveOf({ 'saved.json': '[]', 'C:\\Windows\\x.dll': 'x' }),
    reason: 'unsafe',
  },
  {
    name: 'a bomb',
    archive: () => archiveOf({ 'saved.json': '[]', 'subscriptions.opml': zeros(30) }),
    reason: 'unsafe',
  },
  {
    name: 'a list that is no list',
    archive: () => archiveOf({ 'saved.json': '[]', 'subscriptions.opml': 'x' }),
    reason: 'not-an-export',
  },
])('$name is refused in words, and changes nothing', async ({ archive, reason }) => {
  await using engine = makeEngine()
  const client = engine.connect()
  const answer = await client.importEverything({ archive: archive() })
  expect(answer).toMatchObject({ kind: 'failed', failure: { reason } })
  expect(await client.counts({})).toMatchObject({ all: 0, saved: 0 })
})

test('an archive that lies about its sizes is damaged, and no more', async () => {
  await using engine = makeEngine()
  const bytes = Buffer.from(archiveOf({ 'saved.json': `[${zeros(1)}]` }), 'base64')
  // The directory's size of the file unpacked (APPNOTE 4.3.12).
  const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  bytes.writeUInt32LE(10, directory + 24)
  expect(await engine.connect().importEverything({ archive: base64(bytes) })).toMatchObject({ kind: 'failed' })
})

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'a file named %s, which each object knows from the start, is as little unpacked as any other that is not ours',
  async name => {
    await using engine = makeEngine()
    const part = zipSync({
      'saved.json': strToU8(JSON.stringify([exportedArticle()])),
      ['x'.repeat(name.length)]: zeroes,
    })
    const archive = Buffer.from(part)
    // Both places where the name stands (APPNOTE 4.3.7, 4.3.12).
    const placeholder = Buffer.from('x'.repeat(name.length))
    for (let at = archive.indexOf(placeholder); at >= 0; at = archive.indexOf(placeholder)) archive.write(name, at)
    // What is unpacked is found to be broken: nothing else tells that it was.
    const start = archive.indexOf(Buffer.from(name)) + name.length
    archive.fill(0xff, start, start + 20)
    expect(await engine.connect().importEverything({ archive: base64(archive) })).toMatchObject({
      kind: 'imported',
      saved: 1,
    })
  },
)

const aPicture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)])

test('pictures that are kept for saved articles go along, and come back; nothing but pictures does', async () => {
  await using engine = makeEngine()
  const { db, dir } = engine
  const { newIds } = storeArticles(db, addFeed(db, 'https://gazette.example/feed'), [makeArticle()], someNoon)
  setSaved(db, newIds, true, someNoon)
  const keys = ['a', 'b'].map(letter => letter.repeat(64))
  pinPictures(
    db,
    newIds[0]!,
    keys.map(key => ({ key, bytes: 108 })),
    { tries: 1, nextTryAt: null },
  )
  mkdirSync(join(dir, 'pictures'))
  writeFileSync(join(dir, 'pictures', keys[0]!), aPicture)
  writeFileSync(join(dir, 'pictures', keys[1]!), '<svg data-drawn="1"></svg>')
  const archive = await exportOf(engine)

  await using other = makeEngine()
  expect(await other.connect().importEverything({ archive })).toMatchObject({ kind: 'imported', saved: 1 })
  expect(readdirSync(join(other.dir, 'pictures'))).toEqual([keys[0]])
  expect(readFileSync(join(other.dir, 'pictures', keys[0]!))).toEqual(aPicture)
})

test('what an archive calls a picture is none by its name: only its bytes and a key of ours make it one', async () => {
  await using engine = makeEngine()
  const archive = archiveOf({
    'saved.json': '[]',
    [`pictures/${'c'.repeat(64)}.png`]: '<html><script>alert(1)</script></html>',
    'pictures/holiday.png': '\x89PNG\r\n\x1a\n and so on',
  })
  expect(await engine.connect().importEverything({ archive })).toMatchObject({ kind: 'imported' })
  expect(existsSync(join(engine.dir, 'pictures'))).toBe(false)
})

test('a page that was saved by its address comes back as one', async () => {
  await using engine = makeEngine()
  const page = exportedArticle({ feedUrl: 'broadsheet:pages', feedTitle: 'Something else', title: 'Dawn ferry' })
  await engine.connect().importEverything({ archive: archiveOf({ 'saved.json': JSON.stringify([page]) }) })
  const client = engine.connect()
  const { rows } = await client.headlines({ view: { kind: 'pages' }, limit: 10 })
  expect(rows.map(row => [row.title, row.feedTitle, row.isSaved])).toEqual([['Dawn ferry', 'Pages', true]])
  expect((await client.sources({})).feeds).toEqual([])
})
