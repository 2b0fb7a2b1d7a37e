import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Settings } from '../../../src-main/api/settings.ts'
import {
  beginFile,
  type JournalLine,
  journalFolder,
  readLines,
  writeBase,
} from '../../../src-main/safety/journal/file.ts'
import { Journal, linesOf } from '../../../src-main/safety/journal/journal.ts'
import { replayJournal } from '../../../src-main/safety/journal/replay.ts'
import { articleById } from '../../../src-main/store/articles/article.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { readMeta } from '../../../src-main/store/db/meta.ts'
import { listFeeds } from '../../../src-main/store/feeds/feeds.ts'
import { listFolders } from '../../../src-main/store/feeds/folders.ts'
import { subscriptions } from '../../../src-main/store/feeds/subscriptions.ts'
import { readLastPlace } from '../../../src-main/store/last-place.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'
import { readSettings } from '../../../src-main/store/settings.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon } from '../../support/articles.ts'
import { makeEngine, type TestEngine } from '../../support/engine.ts'

const ferry = makeArticle({ title: 'Ferry runs again', html: '<p>The <b>ferry</b> crossed.</p>', categories: ['Sea'] })

/** What somebody did on an afternoon. */
async function anAfternoon(engine: TestEngine) {
  const client = engine.connect()
  const gazette = addFeed(engine.db, 'https://gazette.example/feed')
  const quill = addFeed(engine.db, 'https://quill.example/feed', { title: 'Quill' })
  storeArticles(engine.db, gazette, [ferry, makeArticle({ title: 'Bridge closed' })], someNoon)
  storeArticles(engine.db, quill, [makeArticle({ title: 'Ink', url: 'https://quill.example/ink' })], someNoon)
  const { rows } = await client.headlines({ view: { kind: 'all' }, limit: 10 })
  const idOf = (title: string) => rows.find(row => row.title === title)!.id

  const { folderId } = await client.createFolder({ title: 'News' })
  await client.moveFeeds({ feedIds: [gazette], folderId })
  await client.renameFeed({ feedId: gazette, title: 'My Gazette' })
  await client.setSaved({ articleIds: [idOf('Ferry runs again'), idOf('Ink'), idOf('Bridge closed')], isSaved: true })
  await client.setSaved({ articleIds: [idOf('Bridge closed')], isSaved: false })
  await client.unsubscribe({ feedIds: [quill] })
  await client.changeSettings({ theme: 'sepia' })
  await client.keepPlace({ view: { kind: 'saved' } })
  return { client, idOf }
}

async function replayInto(store: ReturnType<typeof makeStore>, dir: string) {
  await replayJournal(store.db, journalFolder(dir), { now: someNoon + 1, log: line => expect.fail(line) })
}

test('with the database lost, saved articles, subscriptions and settings come back from the journal', async () => {
  await using engine = makeEngine()
  await anAfternoon(engine)
  using other = makeStore()
  await replayInto(other, engine.dir)

  expect(listFeeds(other.db).map(feed => [feed.title, feed.url])).toEqual([
    ['My Gazette', 'https://gazette.example/feed'],
  ])
  expect(listFolders(other.db).map(folder => folder.title)).toEqual(['News'])
  const saved = savedIds(other.db).map(id => articleById(other.db, id)!)
  expect(saved.map(article => article.title)).toEqual(['Ferry runs again', 'Ink'])
  expect(saved[0]).toMatchObject({ html: ferry.html, categories: ['Sea'], url: ferry.url, author: ferry.author })
  expect(searchArticles(other.db, 'runs')).toHaveLength(1)
  expect(readSettings(other.db)).toMatchObject({ theme: 'sepia' })
  expect(readLastPlace(other.db).view).toEqual({ kind: 'all' })
})

test('what came back is recognised when its feed tells it again', async () => {
  await using engine = makeEngine()
  await anAfternoon(engine)
  using other = makeStore()
  await replayInto(other, engine.dir)
  const [gazette] = listFeeds(other.db)
  expect(storeArticles(other.db, gazette!.id, [ferry], someNoon + 2)).toEqual({ newIds: [], editedIds: [] })
})

test('run over the database it comes from, the journal changes nothing', async () => {
  await using engine = makeEngine()
  const { client } = await anAfternoon(engine)
  const everything = async () => [await client.sources({}), await client.headlines({ view: { kind: 'all' }, limit: 9 })]
  const before = await everything()
  await replayJournal(engine.db, journalFolder(engine.dir), { now: someNoon, log: line => expect.fail(line) })
  expect(await everything()).toEqual(before)
})

test('what was taken back stays so', async () => {
  await using engine = makeEngine()
  const { client, idOf } = await anAfternoon(engine)
  const { undoId } = await client.setSaved({ articleIds: [idOf('Bridge closed')], isSaved: true })
  await client.undo({ undoId: undoId! })
  using other = makeStore()
  await replayInto(other, engine.dir)
  expect(savedIds(other.db)).toHaveLength(2)
})

test('a line that was cut off or spoilt costs that line alone', async () => {
  await using engine = makeEngine()
  await anAfternoon(engine)
  const folder = journalFolder(engine.dir)
  const file = join(folder, readdirSync(folder)[0]!)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('"do":"follow"', '"do":"fol\u0000ow'))
  appendFileSync(file, '{"at":1,"do":"unfollow","url":"https://gazette.exa')
  // The next click begins a line of its own.
  await engine.connect().changeSettings({ theme: 'dark' })
  using other = makeStore()
  await replayInto(other, engine.dir)
  expect(listFeeds(other.db)).toHaveLength(1)
  expect(savedIds(other.db)).toHaveLength(2)
  expect(readSettings(other.db).theme).toBe('dark')
})

test('begun anew from the database, the journal says the same in one file and what came after', async () => {
  await using engine = makeEngine()
  const { client, idOf } = await anAfternoon(engine)
  const folder = journalFolder(engine.dir)
  const number = beginFile(folder)
  await client.setSaved({ articleIds: [idOf('Bridge closed')], isSaved: true })
  writeBase(folder, number, linesOf(engine.db, readSettings(engine.db), someNoon))
  expect(readdirSync(folder).toSorted()).toEqual(['000002.base.jsonl', '000002.jsonl'])

  truncateSync(join(folder, '000002.jsonl'))
  await client.renameFeed({ feedId: 1, title: 'Her Gazette' })
  using other = makeStore()
  await replayInto(other, engine.dir)
  expect(listFeeds(other.db).map(feed => feed.title)).toEqual(['Her Gazette'])
  expect(savedIds(other.db)).toHaveLength(3)
})

test('saving a thousand articles writes them all down', async () => {
  await using engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const articles = Array.from({ length: 1_000 }, (_, index) => makeArticle({ title: `Story ${index}` }))
  const { newIds } = storeArticles(engine.db, feedId, articles, someNoon)
  await engine.connect().setSaved({ articleIds: newIds, isSaved: true })
  using other = makeStore()
  await replayInto(other, engine.dir)
  expect(savedIds(other.db)).toHaveLength(1_000)
})

test('a click is answered although the journal cannot be written', async () => {
  await using engine = makeEngine()
  writeFileSync(journalFolder(engine.dir), 'a file where the folder should be')
  expect(await engine.connect().changeSettings({ theme: 'dark' })).toMatchObject({ settings: { theme: 'dark' } })
})

test.each([
  { what: 'url', sql: "url = 'https://other.example/feed'" },
  { what: 'title', sql: "title = 'Other'" },
  { what: 'customTitle', sql: "custom_title = 'Mine'" },
  { what: 'siteUrl', sql: "site_url = 'https://other.example/'" },
  { what: 'position', sql: 'position = 7' },
  { what: 'paused', sql: "paused = 'by-user'" },
  { what: 'retention', sql: `retention = '{"days":30,"articles":null,"unreadToo":false}'` },
  { what: 'privateHost', sql: "private_host = '10.0.0.1:80'" },
  { what: 'credentials', sql: "credentials = x'0102'" },
  { what: 'proxy', sql: "proxy = 'http://proxy.example:8080'" },
  { what: 'userAgent', sql: "user_agent = 'Other'" },
  { what: 'folder', sql: 'folder_id = 2' },
])("a feed's $what is written down when it changes, and no other feed", async ({ what, sql }) => {
  using store = makeStore()
  store.db.exec("INSERT INTO folders (id, title) VALUES (1, 'World'), (2, 'Sea')")
  const changed = addFeed(store.db, 'https://gazette.example/feed', { folderId: 1 })
  addFeed(store.db, 'https://quill.example/feed', { folderId: 1 })
  const folder = journalFolder(store.dir)
  const journal = new Journal({ db: store.db, folder, now: () => someNoon, log: line => expect.fail(line) })
  journal.sourcesMayChange()

  store.db.exec(`UPDATE feeds SET ${sql} WHERE id = ${changed}`)
  await journal.sourcesChanged()
  await journal.sourcesChanged()

  const lines: JournalLine[] = []
  for await (const line of readLines(folder)) lines.push(line)
  const now = subscriptions(store.db).get(changed)!
  expect(lines.map(line => line.do)).toEqual(what === 'url' ? ['move-feed', 'follow'] : ['follow'])
  expect(lines.at(-1)).toEqual({ at: someNoon, do: 'follow', feed: now })
})

test('the name of a folder is written down with each feed in it and in the folders below', async () => {
  using store = makeStore()
  store.db.exec(
    "INSERT INTO folders (id, parent_id, title) VALUES (1, NULL, 'World'), (2, 1, 'Sea'), (3, NULL, 'Home')",
  )
  for (const folderId of [1, 2, 3]) addFeed(store.db, `https://gazette${folderId}.example/feed`, { folderId })
  const folder = journalFolder(store.dir)
  const journal = new Journal({ db: store.db, folder, now: () => someNoon, log: line => expect.fail(line) })
  journal.sourcesMayChange()

  store.db.exec("UPDATE folders SET title = 'Abroad' WHERE id = 1")
  await journal.sourcesChanged()

  const paths: string[][] = []
  for await (const line of readLines(folder)) if (line.do === 'follow') paths.push(line.feed.folder)
  expect(paths).toEqual([['Abroad'], ['Abroad', 'Sea']])
})

test('lines stand in the order in which they were told, also where nobody waited for the disk in between', async () => {
  using store = makeStore()
  const folder = journalFolder(store.dir)
  const journal = new Journal({ db: store.db, folder, now: () => someNoon, log: line => expect.fail(line) })

  const sizes = [14, 15, 16, 17, 18, 19, 20]
  await Promise.all(sizes.map(size => journal.settingsChanged({ textSize: size } as Partial<Settings>)))

  const told: unknown[] = []
  for await (const line of readLines(folder)) if (line.do === 'set') told.push(line.settings)
  expect(told).toEqual(sizes.map(textSize => ({ textSize })))
})

test('where a line cannot be written the click is answered, and the journal is to begin anew', async () => {
  using store = makeStore()
  const folder = journalFolder(store.dir)
  writeFileSync(folder, 'a file in its place')
  const logged: string[] = []
  const journal = new Journal({ db: store.db, folder, now: () => someNoon, log: line => logged.push(line) })
  journal.sourcesMayChange()

  addFeed(store.db, 'https://gazette.example/feed')
  await journal.sourcesChanged()

  expect(readMeta(store.db, 'isJournalBehind')).toBe(true)
  expect(logged.join('\n')).toContain('writing the journal failed')
})

test('how feeds are is read before the first command that may change them, and not at the start', async () => {
  using store = makeStore()
  addFeed(store.db, 'https://gazette.example/feed')
  const folder = journalFolder(store.dir)
  const journal = new Journal({ db: store.db, folder, now: () => someNoon, log: line => expect.fail(line) })
  journal.sourcesMayChange()
  addFeed(store.db, 'https://quill.example/feed')
  journal.sourcesMayChange()
  await journal.sourcesChanged()
  expect(await linesIn(folder)).toMatchObject([{ do: 'follow', feed: { url: 'https://quill.example/feed' } }])
  expect(readMeta(store.db, 'isJournalBehind')).toBeNull()
})

test('a change of feeds that nobody foretold makes the journal begin anew', async () => {
  using store = makeStore()
  const parts = { db: store.db, folder: journalFolder(store.dir), now: () => someNoon, log: () => {} }
  const journal = new Journal(parts)
  await journal.sourcesChanged()
  expect(readMeta(store.db, 'isJournalBehind')).toBe(true)
})

async function linesIn(folder: string) {
  const lines = []
  for await (const line of readLines(folder)) lines.push(line)
  return lines
}
