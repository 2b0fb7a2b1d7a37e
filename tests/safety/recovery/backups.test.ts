import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Backup, BackupReason } from '../../../src-main/api/storage-model.ts'
import { listBackups, makeBackup, ownBackupFolder } from '../../../src-main/safety/backups/backups.ts'
import { restoreAlone } from '../../../src-main/safety/backups/restore.ts'
import { expiredBackups } from '../../../src-main/safety/backups/rotation.ts'
import { openStore } from '../../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { acquireFolderLock } from '../../../src-main/store/db/folder-lock.ts'
import { openDatabase } from '../../../src-main/store/db/open.ts'
import { storedCounts } from '../../../src-main/store/rescue/copy.ts'
import { addFeed, makeArticle, makeStore, someNoon, type TestStore } from '../../support/articles.ts'
import { makeEngine } from '../../support/engine.ts'

const day = 24 * 60 * 60 * 1_000

function fill(store: TestStore, count: number, from = 0) {
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const articles = Array.from({ length: count }, (_, index) => makeArticle({ title: `Story ${from + index}` }))
  storeArticles(store.db, feedId, articles, someNoon)
}

function backUp({ dir, file }: TestStore, at: number, reason: BackupReason = 'daily', wanted: string | null = null) {
  return makeBackup({ dataDir: dir, file, wanted, at, reason })
}

async function openAlone({ dir }: TestStore) {
  const { db } = await openStore({ dataDir: dir, now: someNoon + day, log: () => {}, isAlone: true })
  return db
}

test('a backup says what is in it, and is complete while articles come in', async () => {
  using store = makeStore()
  fill(store, 300)
  const made = backUp(store, someNoon)
  fill(store, 50, 300)
  expect(await made).toMatchObject({ kind: 'made', backup: { at: someNoon, reason: 'daily', feeds: 1, articles: 300 } })
  expect(listBackups(ownBackupFolder(store.dir))).toMatchObject([{ articles: 300, reason: 'daily', at: someNoon }])
})

test('after 30 days of daily backups each that was kept can be restored', { timeout: 120_000 }, async () => {
  using store = makeStore()
  for (let today = 0; today < 30; today++) {
    fill(store, 1, today)
    await backUp(store, someNoon + today * day)
  }
  const kept = listBackups(ownBackupFolder(store.dir))
  expect(kept.length).toBeGreaterThanOrEqual(10)
  expect(kept.length).toBeLessThanOrEqual(11)
  store.db.close()

  for (const backup of kept) {
    const file = join(ownBackupFolder(store.dir), backup.name)
    const restored = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon + 300 * day })
    expect(restored.kind).toBe('ready')
    const db = await openAlone(store)
    expect(storedCounts(db).articles).toBe(backup.articles)
    db.close()
  }
})

test('after months of daily backups there are those of 7 days, 4 weeks and 3 months', () => {
  let kept: Backup[] = []
  for (let today = 0; today < 400; today++) {
    const counts = { feeds: 1, articles: 1, saved: 1 }
    kept.push({ name: `${today}`, at: someNoon + today * day, bytes: 1, reason: 'daily', ...counts })
    const gone = expiredBackups(kept, 1_000)
    kept = kept.filter(backup => !gone.includes(backup))
  }
  const ages = kept.map(backup => 399 - Number(backup.name)).toSorted((a, b) => a - b)
  expect(ages.slice(0, 7)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(ages).toHaveLength(14)
  for (const age of ages.slice(7, 11)) expect(age).toBeLessThanOrEqual(7 + 4 * 7)
  expect(ages[13]).toBeGreaterThan(60)
})

test('large backups are let go sooner, but never the two newest', () => {
  const backups = Array.from({ length: 7 }, (_, index): Backup => {
    const counts = { feeds: 1, articles: 1, saved: 1 }
    return { name: `${index}`, at: someNoon - index * day, bytes: 1_000, reason: 'daily', ...counts }
  })
  const left = (most: number) =>
    backups.filter(backup => !expiredBackups(backups, most).includes(backup)).map(b => b.name)
  expect(left(100_000)).toHaveLength(7)
  expect(left(3_500)).toEqual(['0', '1', '2'])
  expect(left(10)).toEqual(['0', '1'])
})

test('the user is asked for nothing where a folder of their own is not there: the backup is made in the data folder', async () => {
  using store = makeStore()
  const drive = join(store.dir, 'drive')
  mkdirSync(drive)
  expect(await backUp(store, someNoon, 'daily', drive)).toMatchObject({
    kind: 'made',
    folder: drive,
    isFallback: false,
  })
  rmSync(drive, { recursive: true })
  expect(await backUp(store, someNoon + day, 'daily', drive)).toMatchObject({
    kind: 'made',
    folder: ownBackupFolder(store.dir),
    isFallback: true,
  })
})

test('a backup that can not be made says why, and leaves no half of one', async () => {
  using store = makeStore()
  writeFileSync(ownBackupFolder(store.dir), 'a file where the folder should be')
  const failed = await backUp(store, someNoon)
  expect(failed).toMatchObject({ kind: 'failed', failure: { detail: expect.stringContaining('backups') } })
})

test('a copy that is damaged does not count as a backup, and none of it stays', async () => {
  using store = makeStore()
  fill(store, 10)
  await backUp(store, someNoon - day)
  const before = readdirSync(ownBackupFolder(store.dir))
  spoil(store, store.file)

  expect(await backUp(store, someNoon)).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } })

  expect(readdirSync(ownBackupFolder(store.dir))).toEqual(before)
})

test('nobody goes back to a backup that is damaged', async () => {
  using store = makeStore()
  fill(store, 10)
  const made = await backUp(store, someNoon)
  const file = join(ownBackupFolder(store.dir), made.kind === 'made' ? made.backup.name : '')
  spoil(store, file)
  store.db.close()
  const before = readFileSync(store.file)

  const restored = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon + day })

  expect(restored).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } })
  expect(readFileSync(store.file).equals(before)).toBe(true)
})

/** Damages a page that nothing reads as long as nothing is taken back. */
function spoil({ db }: TestStore, file: string): void {
  const page = db.prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'undos'`).pluck().get()!
  const pageSize = db.pragma('page_size', { simple: true }) as number
  db.pragma('wal_checkpoint(TRUNCATE)')
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize)
  closeSync(handle)
}

test('going back keeps what is there, and what came after does not come back by the journal', async () => {
  using store = makeStore()
  const engine = makeEngine({ store })
  const client = engine.connect()
  fill(store, 10)
  await client.setSaved({ articleIds: [1], isSaved: true })
  const made = await backUp(store, someNoon, 'by-user')
  await client.setSaved({ articleIds: [2, 3], isSaved: true })
  await engine.close()
  store.db.close()

  const name = made.kind === 'made' ? made.backup.name : ''
  const file = join(ownBackupFolder(store.dir), name)
  const restored = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon + 1_000 })
  expect(restored).toMatchObject({ kind: 'ready', previous: { reason: 'before-restore', saved: 3 } })
  for (let starts = 0; starts < 2; starts++) {
    const db = await openAlone(store)
    expect(storedCounts(db)).toMatchObject({ articles: 10, saved: 1 })
    db.close()
  }
})

test.each([
  ['a picture', (file: string) => writeFileSync(file, Buffer.alloc(9_000, 0x89)), 'not-a-backup'],
  ['nothing', (file: string) => rmSync(file), 'not-a-backup'],
  ['a database of something else', (file: string) => renameSync(foreignDatabase(file), file), 'not-a-backup'],
])('from %s nothing is restored, and nothing changes', async (_, spoil, reason) => {
  using store = makeStore()
  fill(store, 5)
  const made = await backUp(store, someNoon)
  const file = join(ownBackupFolder(store.dir), made.kind === 'made' ? made.backup.name : '')
  spoil(file)
  store.db.close()
  const restored = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon })
  expect(restored).toMatchObject({ kind: 'failed', failure: { reason } })
  const db = await openAlone(store)
  expect(storedCounts(db).articles).toBe(5)
  db.close()
})

function foreignDatabase(file: string): string {
  const other = `${file}.other`
  const db = openDatabase(other)
  db.exec('ALTER TABLE articles RENAME TO recipes')
  db.pragma('journal_mode = DELETE')
  db.close()
  return other
}

test('while a window has the folder nothing is restored', async () => {
  using store = makeStore()
  const made = await backUp(store, someNoon)
  const window = acquireFolderLock(store.dir)
  const file = join(ownBackupFolder(store.dir), made.kind === 'made' ? made.backup.name : '')
  expect(await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon })).toMatchObject({
    failure: { reason: 'in-use' },
  })
  window?.release()
})

test('an update is preceded by a backup of the database as it was', async () => {
  using store = makeStore()
  store.db.close()
  const earlier = join(import.meta.dirname, '../../fixtures/schemas/schema-3.db.gz')
  writeFileSync(store.file, gunzipSync(readFileSync(earlier)))
  const db = await openAlone(store).catch(() => null)
  const backups = readdirSync(ownBackupFolder(store.dir))
  expect(backups).toEqual([expect.stringContaining('before-update')])
  expect(existsSync(store.file)).toBe(true)
  db?.close()
})

test('a backup is made once a day, windows are told, and the journal begins with what is so', async () => {
  let now = someNoon
  using store = makeStore()
  await using engine = makeEngine({ store, now: () => now })
  const client = engine.connect()
  fill(store, 5)
  await client.setSaved({ articleIds: [1], isSaved: true })
  const told: number[] = []
  client.on('backups-changed', ({ backups }) => told.push(backups.backups.length))
  for (const hours of [0, 1, 22, 2, 1]) {
    now += hours * 3_600_000
    await engine.makeDailyBackup()
  }
  expect((await client.backups({})).backups.map(backup => backup.at)).toEqual([someNoon + 25 * 3_600_000, someNoon])
  expect(told.at(-1)).toBe(2)
  expect(readdirSync(join(store.dir, 'journal')).filter(name => name.includes('base'))).toHaveLength(1)
})

test('when no backup could be made for days, the window says so, until one is made', async () => {
  using store = makeStore()
  await using engine = makeEngine({ store })
  const client = engine.connect()
  writeFileSync(ownBackupFolder(store.dir), 'a file where the folder should be')
  await engine.makeDailyBackup()
  expect((await client.health({})).backupFailure).toMatchObject({ reason: 'failed' })
  rmSync(ownBackupFolder(store.dir))
  await engine.makeDailyBackup()
  expect((await client.health({})).backupFailure).toBeNull()
})
