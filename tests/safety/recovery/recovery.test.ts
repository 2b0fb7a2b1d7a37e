import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeBackup } from '../../../src-main/safety/backups/backups.ts'
import { databaseFile } from '../../../src-main/safety/data-files.ts'
import { openStore } from '../../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../../src-main/store/articles/read-state.ts'
import { openDatabase } from '../../../src-main/store/db/open.ts'
import { listFeeds } from '../../../src-main/store/feeds/feeds.ts'
import { storedCounts } from '../../../src-main/store/rescue/copy.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon } from '../../support/articles.ts'
import { makeEngine } from '../../support/engine.ts'

const day = 24 * 60 * 60 * 1_000

/** A library with a backup of yesterday, and what was read and saved since; the program has ended without a goodbye. */
async function aLibrary({ hasBackup = true } = {}) {
  const store = makeStore()
  const engine = makeEngine({ store })
  const client = engine.connect()
  const gazette = addFeed(store.db, 'https://gazette.example/feed')
  const stories = (from: number, count: number) => Array.from({ length: count }, (_, index) => story(from + index))
  storeArticles(store.db, gazette, stories(0, 300), someNoon - day)
  await client.setSaved({ articleIds: [10, 20], isSaved: true })
  await client.renameFeed({ feedId: gazette, title: 'My Gazette' })
  if (hasBackup) {
    await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon - day, reason: 'daily' })
  }
  storeArticles(store.db, gazette, stories(300, 100), someNoon)
  await client.setSaved({ articleIds: [310], isSaved: true })
  await client.markRead({ articleIds: [1, 2, 3], isRead: true })
  const read = store.db.prepare<[], string>('SELECT title FROM articles WHERE is_read = 1 ORDER BY id').pluck().all()
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  await engine.close()
  store.db.close()
  return Object.assign(store, { read })
}

function story(number: number) {
  return makeArticle({ title: `Story ${number}`, text: `Ferry number ${number}. ${'Long words. '.repeat(50)}` })
}

function rootOf({ file }: Library, table: string): number {
  const db = openDatabase(file)
  const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table) ?? 0
  db.close()
  return root
}

type Library = Awaited<ReturnType<typeof aLibrary>>

async function open({ dir }: Library) {
  const lines: string[] = []
  const { db } = await openStore({ dataDir: dir, now: someNoon, log: line => lines.push(line), isAlone: true })
  return { db, lines }
}

/** The folder as a crash at this moment leaves it. */
function copyOf({ dir }: Library): string {
  const copy = mkdtempSync(join(tmpdir(), 'broadsheet-crashed-'))
  cpSync(dir, copy, { recursive: true, filter: name => !name.endsWith('-shm') })
  return copy
}

function damage({ file }: Library, at: number, bytes: Uint8Array) {
  const content = readFileSync(file)
  content.set(bytes, at)
  writeFileSync(file, content)
}

test('a note of which database it is that was cut short does not cost it its log', async () => {
  const library = await aLibrary()
  const { db } = await open(library)
  setSaved(db, [30], true, someNoon)
  const crashed = copyOf(library)
  writeFileSync(join(crashed, 'broadsheet.id'), '')
  const again = await open({ ...library, dir: crashed })
  expect(again.lines).toEqual([])
  expect(savedIds(again.db)).toContain(30)
  expect(readFileSync(join(crashed, 'broadsheet.id'), 'utf8')).toHaveLength(32)
  db.close()
  again.db.close()
})

test('where the journal could not be followed, it is at the next start', async () => {
  const library = await aLibrary()
  const stuck = join(library.dir, 'journal', '999999.jsonl')
  mkdirSync(stuck)
  const opening = { dataDir: library.dir, now: someNoon, log: () => {}, isAlone: true }
  const first = await openStore(opening)
  expect(first.isBehindJournal).toBe(true)
  first.db.close()
  rmSync(stuck, { recursive: true })
  const second = await openStore(opening)
  expect(second.isBehindJournal).toBe(false)
  second.db.close()
})

test('articles whose rows are lost come again, each once, and are not taken for one another', async () => {
  const library = await aLibrary()
  const root = rootOf(library, 'articles')
  damage(library, (root - 1) * 8_192, new Uint8Array(8_192))
  const { db } = await open(library)
  expect(savedIds(db)).toHaveLength(3)
  const lost = Array.from({ length: 100 }, (_, index) => story(300 + index))
  // One of the hundred was saved, which the journal knew.
  expect(storeArticles(db, 1, lost, someNoon).newIds).toHaveLength(99)
  expect(storedCounts(db)).toEqual({ feeds: 1, articles: 400, saved: 3 })
  const read = db.prepare<[], string>('SELECT title FROM articles WHERE is_read = 1 ORDER BY id').pluck().all()
  expect(read).toEqual(library.read)
  db.close()
})

test('a database without damage opens as it was, and nothing is set aside', async () => {
  const library = await aLibrary()
  const before = readFileSync(library.file)
  const { db, lines } = await open(library)
  expect(lines).toEqual([])
  expect(storedCounts(db)).toEqual({ feeds: 1, articles: 400, saved: 3 })
  expect(existsSync(join(library.dir, 'set-aside'))).toBe(false)
  expect(before.length).toBe(statSync(library.file).size)
  db.close()
})

test('where a page of texts is spoilt, all else is read, and the file is kept as it was', async () => {
  const library = await aLibrary()
  const pages = statSync(library.file).size / 8192
  // Of many pages some hold texts; whichever is hit, nothing that was saved may be lost.
  for (const page of [Math.floor(pages / 3), Math.floor(pages / 2), Math.floor(pages * 0.8)]) {
    damage(library, page * 8192, new Uint8Array(8192).fill(0x5a))
  }
  const spoilt = readFileSync(library.file)
  const { db } = await open(library)
  expect(savedIds(db)).toEqual([10, 20, 310])
  expect(listFeeds(db).map(feed => feed.title)).toEqual(['My Gazette'])
  expect(storedCounts(db).articles).toBeGreaterThan(300)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  const [stamp] = readdirSync(join(library.dir, 'set-aside'))
  expect(readFileSync(join(library.dir, 'set-aside', stamp!, 'broadsheet.db')).equals(spoilt)).toBe(true)
  db.close()
})

test.each([
  ['its first page is empty', (library: Library) => damage(library, 0, new Uint8Array(8192))],
  ['it is another kind of file', (library: Library) => writeFileSync(library.file, 'Dear diary,\n'.repeat(900))],
  ['it is empty', (library: Library) => truncateSync(library.file, 0)],
  ['its second half is cut off', (library: Library) => truncateSync(library.file, statSync(library.file).size / 2)],
  ['it is gone', (library: Library) => rmSync(library.file)],
])('where %s, the backup, the file and the journal bring back what was kept', async (_, spoil) => {
  const library = await aLibrary()
  spoil(library)
  const { db } = await open(library)
  expect(listFeeds(db).map(feed => feed.title)).toEqual(['My Gazette'])
  const { saved, articles } = storedCounts(db)
  expect(saved).toBe(3)
  expect(articles).toBeGreaterThanOrEqual(301)
  // Of those that came after the backup; a document tells its newest first.
  expect(searchArticles(db, '390')).toHaveLength(1)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()

  // What was recovered once is as good as any other: the second start finds nothing to do.
  const again = await open(library)
  expect(again.lines).toEqual([])
  again.db.close()
})

test('without any backup the journal brings back subscriptions and saved articles', async () => {
  const library = await aLibrary({ hasBackup: false })
  writeFileSync(library.file, 'nothing of use')
  const { db } = await open(library)
  expect(storedCounts(db)).toEqual({ feeds: 1, articles: 3, saved: 3 })
  db.close()
})

test('a spoilt backup is passed over for the one before it', async () => {
  const library = await aLibrary()
  const folder = join(library.dir, 'backups')
  const [name] = readdirSync(folder)
  copyFileSync(join(folder, name!), join(folder, 'broadsheet-2026-11-02T13-00-00-daily.db'))
  const newest = join(folder, 'broadsheet-2026-11-02T13-00-00-daily.db')
  const content = readFileSync(newest)
  content.fill(0x33, 8192 * 3)
  writeFileSync(newest, content)
  rmSync(library.file)
  const { db } = await open(library)
  expect(storedCounts(db)).toMatchObject({ feeds: 1, saved: 3, articles: 301 })
  db.close()
})

test('the user is told what was recovered until it is read', async () => {
  const library = await aLibrary()
  rmSync(library.file)
  const { db } = await open(library)
  const store = { ...library, db, file: databaseFile(library.dir) }
  const client = makeEngine({ store: { ...store, [Symbol.dispose]: () => db.close() } }).connect()
  const { recovery } = await client.health({})
  expect(recovery).toMatchObject({ cause: 'missing', backupAt: someNoon - day, feeds: 1, saved: 3, fromJournal: 1 })
  await client.dismissRecovery({})
  expect(await client.health({})).toMatchObject({ recovery: null, storage: 'ok' })
})

test('a database of a newer Broadsheet is left alone, whatever backups there are', async () => {
  const library = await aLibrary()
  damage(library, 60, new Uint8Array([0, 0, 3, 231]))
  const before = readFileSync(library.file)
  await expect(open(library)).rejects.toMatchObject({ code: 'storage-newer' })
  expect(readFileSync(library.file).equals(before)).toBe(true)
})
