/** A store of an earlier program is rewritten once, when it is opened, and is whole whenever that is interrupted. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { connect } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { threadHome } from '../../src-main/host/engine-home.ts'
import { beginEngine } from '../../src-main/host/engine-host.ts'
import { listBackups, makeBackup, ownBackupFolder } from '../../src-main/safety/backups/backups.ts'
import { restoreAlone } from '../../src-main/safety/backups/restore.ts'
import { openStore } from '../../src-main/safety/recovery/open-store.ts'
import { articleById } from '../../src-main/store/articles/article.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { migrations } from '../../src-main/store/db/migrations.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { listShards, shardSize } from '../../src-main/store/search/index.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { makeStore, someNoon } from '../support/articles.ts'
import { type EarlierStore, earlierStore, openUpgraded } from '../support/earlier-store.ts'
import { makeEngine } from '../support/engine.ts'
import { undoIdOf } from '../support/undos.ts'

/** What a store says in all its forms: texts by article, and what searches find. */
type Library = { texts: Record<number, string>; found: Record<string, number[]> }

const searches: [query: string, sql: string][] = [
  ['羽ペン', "titles LIKE '%羽ペン%'"],
  ['title:ferry', "articles.title LIKE '%ferry%'"],
  ['has:image', 'image IS NOT NULL'],
  ['feed:gazette', "feeds.url LIKE '%gazette%' OR COALESCE(custom_title, feeds.title) LIKE '%gazette%'"],
  ['is:saved', 'is_saved = 1'],
]

/** What the program of schema 1 stored, read without any of our functions. */
function asStored(file: string): Library {
  const raw = new Database(file)
  const texts = raw.prepare<[], { id: number; html: Uint8Array }>('SELECT article_id AS id, html FROM contents').all()
  const found = searches.map(([query, sql]) => {
    const ids = raw
      .prepare<[], number>(
        `SELECT articles.id, articles.title || ' ' || COALESCE(custom_title, feeds.title) AS titles
         FROM articles JOIN feeds ON feeds.id = feed_id
         WHERE (${sql}) AND (is_hidden = 0 OR is_saved = 1) ORDER BY articles.id`,
      )
      .pluck()
      .all()
    return [query, ids]
  })
  raw.close()
  return {
    texts: Object.fromEntries(texts.map(({ id, html }) => [id, inflateRawSync(html).toString()])),
    found: Object.fromEntries(found),
  }
}

function asShown(db: WriteDb): Library {
  const ids = db.prepare<[], number>('SELECT id FROM articles').pluck().all()
  const found = searches.map(([query]) => [
    query,
    searchArticles(db, query)
      .map(hit => hit.id)
      .sort((a, b) => a - b),
  ])
  return {
    texts: Object.fromEntries(ids.map(id => [id, articleById(db, id)?.html ?? ''])),
    found: Object.fromEntries(found),
  }
}

/** The store of schema 1 with its articles three times over, each time in a shard of its own. */
function storeOfThreeShards(): EarlierStore {
  const store = earlierStore('schemas/schema-1')
  const raw = new Database(store.file)
  const sqlOfIndex = raw.prepare("SELECT sql FROM sqlite_schema WHERE name = 'article_index_0'").pluck().get() as string
  for (const shard of [1, 2]) {
    for (const [table, key] of [
      ['articles', 'id'],
      ['contents', 'article_id'],
    ] as const) {
      const columns = (raw.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
      const others = columns.filter(name => name !== key).join(', ')
      raw.exec(`INSERT INTO ${table} (${key}, ${others})
        SELECT ${key} + ${shard * shardSize}, ${others} FROM ${table} WHERE ${key} < ${shardSize}`)
    }
    raw.exec(sqlOfIndex.replace('article_index_0', `article_index_${shard}`))
  }
  raw.exec("UPDATE articles SET image = 'https://gazette.example/a.png' WHERE id % 5 = 0")
  raw.close()
  return store
}

function start({ dir }: Pick<EarlierStore, 'dir'>, parts: { lines?: string[]; shares?: number[] } = {}) {
  const { lines = [], shares = [] } = parts
  return openStore({
    dataDir: dir,
    now: someNoon,
    log: line => void lines.push(line),
    isAlone: true,
    onUpgrade: share => void shares.push(share),
  })
}

test('a store of several shards opens with every text and every search, and tells its progress', async () => {
  using store = storeOfThreeShards()
  const before = asStored(store.file)
  for (const [query] of searches) expect(before.found[query], query).not.toEqual([])
  const shares: number[] = []
  const { db } = await start(store, { shares })
  expect(asShown(db)).toEqual(before)
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect([shares[0], shares.at(-1)]).toEqual([0, 1])
  expect(shares.length).toBeGreaterThan(5)
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  for (const { table } of listShards(db)) db.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`)
  db.close()

  const lines: string[] = []
  const again = await start(store, { lines })
  expect(lines).toEqual([])
  again.db.close()
})

test.each([
  { name: 'before anything is rewritten', share: 0, left: 0 },
  { name: 'in the middle of the second shard', share: (shardSize + 0.5) / (3 * shardSize), left: 1 / 3 },
  { name: 'when only the undo records are left', share: 1, left: 1 },
])(
  'a program that is killed $name leaves a store that opens whole, and goes on from there',
  async ({ share, left }) => {
    using store = storeOfThreeShards()
    const before = asStored(store.file)
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../support/upgrading.ts'), store.file, `${share}`],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const gone = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), gone])
    child.kill('SIGKILL')
    expect(await gone).toEqual([null, 'SIGKILL'])

    const shares: number[] = []
    const { db } = await start(store, { shares })
    expect(shares[0]).toBeCloseTo(left)
    expect(asShown(db)).toEqual(before)
    expect(readMeta(db, 'upgradedTo')).toBeNull()
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  },
)

test('what an earlier program recorded can still be taken back', async () => {
  using store = earlierStore('schemas/schema-1')
  const raw = new Database(store.file)
  const feedId = raw.prepare("SELECT id FROM feeds WHERE removed_at IS NULL AND url LIKE '%gazette%'").pluck().get()
  const ids = raw
    .prepare<[], number>('SELECT id FROM articles WHERE is_read = 0 AND is_hidden = 0 LIMIT 5')
    .pluck()
    .all()
  raw.prepare('UPDATE articles SET is_read = 1 WHERE id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids))
  const record = raw.prepare('INSERT INTO undos (at, kind, payload) VALUES (0, ?, ?)')
  const rows = [
    { kind: 'read', articleIds: ids, isRead: false },
    { kind: 'move', places: [{ feedId, folderId: null, position: 7 }] },
    { kind: 'import', feedIds: [feedId], folderIds: [] },
  ].map(undo => Number(record.run(undo.kind, JSON.stringify(undo)).lastInsertRowid))
  raw.close()

  const { db } = await start(store)
  db.close()
  using reopened = makeStore(store.dir)
  await using engine = makeEngine({ store: reopened })
  const client = engine.connect()
  const unread = () => reopened.db.prepare('SELECT COUNT(*) FROM articles WHERE is_read = 0').pluck().get() as number
  const unreadBefore = unread()
  const answers: unknown[] = []
  for (const row of rows) answers.push(await client.undo({ undoId: undoIdOf(reopened.db, row) }))
  expect(answers).toEqual(rows.map(() => ({ isUndone: true })))
  expect(unread()).toBe(unreadBefore + ids.length)
  const place = reopened.db.prepare('SELECT folder_id AS folder, position FROM feeds WHERE id = ?').get(feedId)
  expect(place).toEqual({ folder: null, position: 7 })
  expect(listFeeds(reopened.db).map(({ id }) => id)).not.toContain(feedId)
})

test('a shard that an earlier program was making anew, or taking away, when it ended is no loss', async () => {
  using store = earlierStore('schemas/schema-1')
  const before = asStored(store.file)
  const raw = new Database(store.file)
  const sqlOfIndex = raw.prepare("SELECT sql FROM sqlite_schema WHERE name = 'article_index_0'").pluck().get() as string
  raw.exec(sqlOfIndex.replace('article_index_0', 'article_next_0'))
  raw.exec(sqlOfIndex.replace('article_index_0', 'article_old_1'))
  raw.close()
  const { db } = await start(store)
  expect(asShown(db)).toEqual(before)
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'article_[no]*'").all()).toEqual([])
  db.close()
})

test('articles that an earlier program had still to index after a recovery are found', () => {
  using whole = earlierStore('schemas/schema-7')
  using store = earlierStore('schemas/schema-7')
  const raw = new Database(store.file)
  raw.exec(
    "DELETE FROM article_index_0 WHERE rowid < 30; INSERT INTO facts (name, value) VALUES ('reindexBelow', '30')",
  )
  raw.close()
  const [expected, db] = [openUpgraded(whole.file), openUpgraded(store.file)]
  expect(searchArticles(db, '羽ペン').length).toBeGreaterThan(15)
  expect(asShown(db)).toEqual(asShown(expected))
  expected.close()
  db.close()
})

test('a text that is damaged stays so, and costs nothing else', async () => {
  using store = earlierStore('schemas/schema-1')
  const before = asStored(store.file)
  const raw = new Database(store.file)
  raw.exec("UPDATE contents SET html = x'ff00ff' WHERE article_id = 26")
  raw.close()
  const { db } = await start(store)
  expect(articleById(db, 26)).toMatchObject({ title: '羽ペン 14', isDamaged: true })
  const { found } = asShown(db)
  expect(found).toEqual(before.found)
  db.close()
})

test.each(['a backup', 'the file itself'])(
  'what is recovered from %s of an earlier program is as any other',
  async from => {
    using store = earlierStore('schemas/schema-1')
    const before = asStored(store.file)
    if (from === 'a backup') {
      await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon, reason: 'daily' })
      rmSync(store.file)
    } else {
      // An index of the articles is spoilt; all rows can be read.
      const raw = new Database(store.file)
      const root = raw
        .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'articles_by_feed'")
        .pluck()
        .get() as number
      const size = raw.pragma('page_size', { simple: true }) as number
      raw.close()
      const bytes = readFileSync(store.file)
      bytes.fill(0, (root - 1) * size, root * size)
      writeFileSync(store.file, bytes)
    }
    const lines: string[] = []
    const { db } = await start(store, { lines })
    expect(lines.join('\n')).toContain('recovering')
    expect(asShown(db)).toEqual(before)
    expect(readMeta(db, 'upgradedTo')).toBeNull()
    db.close()
  },
)

test('a backup of an earlier program that is gone back to is rewritten at the next start', async () => {
  using store = earlierStore('schemas/schema-1')
  const before = asStored(store.file)
  await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon, reason: 'by-user' })
  const [backup] = listBackups(ownBackupFolder(store.dir))
  const kept = join(store.dir, 'kept.db')
  writeFileSync(kept, readFileSync(join(ownBackupFolder(store.dir), backup!.name)))
  const first = await start(store)
  first.db.close()
  expect(await restoreAlone({ dataDir: store.dir, file: kept, wanted: null, at: someNoon + 1 })).toMatchObject({
    kind: 'ready',
  })
  const { db } = await start(store)
  expect(asShown(db)).toEqual(before)
  db.close()
})

test('a store of the program before this one has nothing to rewrite but is looked through', async () => {
  using store = earlierStore(`schemas/schema-${migrations.length - 1}`)
  const raw = new Database(store.file)
  const bytes = () => raw.prepare('SELECT article_id, html FROM contents').all()
  const before = bytes()
  const shards = raw.prepare("SELECT name, rootpage FROM sqlite_schema WHERE name LIKE 'article_index%'").all()
  openUpgraded(store.file).close()
  expect(bytes()).toEqual(before)
  expect(raw.prepare("SELECT name, rootpage FROM sqlite_schema WHERE name LIKE 'article_index%'").all()).toEqual(shards)
  raw.close()
})

test('a window that waits hears how far it is, and is answered then', async () => {
  using store = storeOfThreeShards()
  const { engine, started } = beginEngine(threadHome, { dataDir: store.dir })
  const client = connect(portOfNodePort(engine.connect()))
  const shares: number[] = []
  client.on('upgrade-progress', ({ share }) => shares.push(share))
  const { rows } = await client.headlines({ view: { kind: 'search', query: '羽ペン' }, limit: 10 })
  expect(rows).toHaveLength(10)
  expect(shares.length).toBeGreaterThan(2)
  expect(shares.at(-1)).toBe(1)
  expect((await started).kind).toBe('running')
  await engine.close()
  expect(existsSync(store.file)).toBe(true)
}, 60_000)
