/** A database from elsewhere may bring more than rows: nothing of that is run. */
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listBackups, makeBackup, ownBackupFolder } from '../../../src-main/safety/backups/backups.ts'
import { restoreAlone } from '../../../src-main/safety/backups/restore.ts'
import { markClosed } from '../../../src-main/safety/data-files.ts'
import { openStore } from '../../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../../src-main/store/articles/read-state.ts'
import { readMeta } from '../../../src-main/store/db/meta.ts'
import { migrations } from '../../../src-main/store/db/migrations.ts'
import { openDatabase } from '../../../src-main/store/db/open.ts'
import { digestOfVersion, newestSchema } from '../../../src-main/store/db/schema-check.ts'
import { storedCounts } from '../../../src-main/store/rescue/copy.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'

type Raw = InstanceType<typeof Database>

const endless = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT'

/** What somebody may put into a database before handing it on. */
const plants: [name: string, plant: (db: Raw) => void][] = [
  [
    'a trigger that deletes every article when one is marked read',
    db =>
      db.exec(
        'CREATE TRIGGER t AFTER UPDATE OF is_read ON articles BEGIN DELETE FROM contents; DELETE FROM articles; END',
      ),
  ],
  [
    'a trigger of ours that does something else',
    db =>
      db.exec(`DROP TRIGGER count_deleted_article;
        CREATE TRIGGER count_deleted_article AFTER DELETE ON articles BEGIN DELETE FROM feeds; END`),
  ],
  ['a view', db => db.exec('CREATE VIEW v AS SELECT 1')],
  [
    'a view without end in the place of a table',
    db =>
      db.exec(`ALTER TABLE facts RENAME TO facts_before; CREATE VIEW facts AS ${endless} i AS name, i AS value FROM n`),
  ],
  ['a table', db => db.exec('CREATE TABLE extra (id INTEGER PRIMARY KEY)')],
  ['a virtual table', db => db.exec('CREATE VIRTUAL TABLE extra USING fts5(a)')],
  [
    'a shard of the index that reads another table',
    db => db.exec(`CREATE VIRTUAL TABLE article_index_77 USING fts5(title, content='articles', content_rowid='id')`),
  ],
  ['an index on an expression', db => db.exec('CREATE INDEX i ON articles (abs(id - 1))')],
  ['a unique index', db => db.exec('CREATE UNIQUE INDEX i ON settings (value)')],
  ['a column that computes', db => db.exec('ALTER TABLE articles ADD COLUMN g TEXT AS (hex(zeroblob(1000)))')],
  ['a column of its own', db => db.exec('ALTER TABLE feeds ADD COLUMN extra TEXT')],
  [
    'a check within a statement of ours, after what looks like a comment',
    db => rewrite(db, 'feeds', sql => sql.replace(`'by-user'`, `'by-user/*', length(url) / 0, '*/'`)),
  ],
  ['a table on the page of another', db => samePage(db)],
  ['an index told twice, the second time on a page of something else', db => tellTwice(db)],
  ['the mark of another program', db => db.pragma('application_id = 1196444487')],
]

function rewrite(db: Raw, table: string, change: (sql: string) => string): void {
  db.unsafeMode(true)
  db.pragma('writable_schema = ON')
  const sql = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table)!
  expect(change(sql)).not.toBe(sql)
  db.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(change(sql), table)
  db.pragma('writable_schema = RESET')
}

function samePage(db: Raw): void {
  db.unsafeMode(true)
  db.pragma('writable_schema = ON')
  db.exec(
    `UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'articles') WHERE name = 'undos'`,
  )
  db.pragma('writable_schema = RESET')
}

/** Of two entries for one index SQLite goes by the last, and reads whatever is on its page. */
function tellTwice(db: Raw): void {
  db.unsafeMode(true)
  db.pragma('writable_schema = ON')
  const roots = db.prepare<[], number>('SELECT rootpage FROM sqlite_schema').pluck().all()
  const pages = db.pragma('page_count', { simple: true }) as number
  const page = Array.from({ length: pages - 1 }, (_, at) => at + 2).find(number => !roots.includes(number))
  if (page === undefined) throw new Error('no page but those that a table begins with')
  db.prepare(
    `INSERT INTO sqlite_schema SELECT type, name, tbl_name, ?, sql FROM sqlite_schema WHERE name = 'sqlite_autoindex_feeds_1'`,
  ).run(page)
  db.pragma('writable_schema = RESET')
}

/** Two feeds' worth of reading, closed as it should be. */
function library() {
  const store = makeStore()
  const feed = addFeed(store.db, 'https://gazette.example/feed', { title: 'Gazette' })
  const { newIds } = storeArticles(
    store.db,
    feed,
    Array.from({ length: 20 }, (_, n) => makeArticle({ title: `Story ${n}`, guid: `tag:${n}`, text: 'A ferry.' })),
    someNoon,
  )
  setSaved(store.db, newIds.slice(0, 3), true, someNoon)
  return Object.assign(store, { newIds })
}

function plantIn(file: string, plant: (db: Raw) => void): void {
  const db = new Database(file)
  try {
    plant(db)
    db.pragma('journal_mode = DELETE')
  } finally {
    db.close()
  }
}

async function open(dir: string) {
  return (await openStore({ dataDir: dir, now: someNoon, log: () => {}, isAlone: true })).db
}

test('what is written down of the newest schema is what the migrations make', () => {
  expect(newestSchema).toEqual({ version: migrations.length, digest: digestOfVersion(migrations.length) })
})

test.each(plants)('a backup with %s is not gone back to, and changes nothing', async (_name, plant) => {
  using store = library()
  const made = await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon, reason: 'by-user' })
  if (made.kind !== 'made') throw new Error(made.failure.detail)
  store.db.close()
  const file = join(made.folder, made.backup.name)
  plantIn(file, plant)
  const answer = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon + 1_000 })
  expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'foreign' } })
  expect(readdirSync(store.dir).filter(name => /next|part/.test(name))).toEqual([])
  expect(listBackups(ownBackupFolder(store.dir))).toEqual([])
})

test.each(plants)('of a database with %s only the rows are taken, into a new one', async (_name, plant) => {
  using store = library()
  store.db.close()
  plantIn(store.file, plant)
  // As if we had closed it ourselves: whoever puts it there can write that, too.
  markClosed(store.dir)
  const db = await open(store.dir)
  expect(readMeta(db, 'recovery')).toMatchObject({ cause: 'foreign', articles: 20, saved: 3 })
  setRead(db, store.newIds.slice(0, 1), true)
  expect(storedCounts(db)).toMatchObject({ feeds: 1, articles: 20, saved: 3 })
  expect(searchArticles(db, 'ferry').length).toBe(20)
  db.close()
  expect(existsSync(join(store.dir, 'set-aside'))).toBe(true)
  const again = await open(store.dir)
  expect(storedCounts(again)).toMatchObject({ articles: 20, saved: 3 })
  again.close()
})

test('a database that says it is new, and has a table, is none of ours', () => {
  using store = makeStore()
  store.db.close()
  rmSync(store.file)
  const raw = new Database(store.file)
  raw.exec('CREATE TABLE t (a); CREATE VIEW v AS SELECT 1')
  raw.close()
  expect(() => openDatabase(store.file)).toThrow(expect.objectContaining({ code: 'storage-foreign' }))
})

test('shards of the index that an earlier program was making anew or taking away are our own', () => {
  using store = library()
  const sql = store.db.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'article_index_0'").pluck().get()
  store.db.exec(sql!.replace('article_index_0', 'article_next_0'))
  store.db.exec('ALTER TABLE article_index_0 RENAME TO article_old_0')
  const copy = `${store.file}.copy`
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  copyFileSync(store.file, copy)
  openDatabase(copy).close()
})

test('a database whose statistics somebody gathered with another tool is opened as it is', async () => {
  using store = library()
  store.db.close()
  plantIn(store.file, db => db.exec('ANALYZE'))
  const db = await open(store.dir)
  expect(readMeta(db, 'recovery')).toBe(null)
  expect(storedCounts(db)).toMatchObject({ articles: 20, saved: 3 })
  db.close()
})
