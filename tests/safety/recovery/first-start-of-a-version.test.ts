import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import project from '../../../package.json' with { type: 'json' }
import { listBackups, makeBackup, ownBackupFolder } from '../../../src-main/safety/backups/backups.ts'
import { restoreAlone } from '../../../src-main/safety/backups/restore.ts'
import { openStore } from '../../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { readMeta, writeMeta } from '../../../src-main/store/db/meta.ts'
import { openDatabase } from '../../../src-main/store/db/open.ts'
import { storedCounts } from '../../../src-main/store/rescue/copy.ts'
import { addFeed, makeArticle, makeStore, someNoon, type TestStore } from '../../support/articles.ts'

/** A database with an article, as `version` left it. */
function storeOf(version: string | null): TestStore {
  const store = makeStore()
  storeArticles(
    store.db,
    addFeed(store.db, 'https://gazette.example/feed'),
    [makeArticle({ title: 'Harbour' })],
    someNoon,
  )
  writeMeta(store.db, 'lastVersion', version)
  store.db.close()
  return store
}

async function start({ dir }: TestStore, log: (line: string) => void = () => undefined) {
  const { db } = await openStore({ dataDir: dir, now: someNoon, log, isAlone: true })
  const version = readMeta(db, 'lastVersion')
  db.close()
  return { version, backups: listBackups(ownBackupFolder(dir)) }
}

test.each([
  { name: 'an earlier version', version: '0.0.9' },
  { name: 'a later version, to which the reader does not want to go on', version: '9.0.0' },
])('what $name left is copied before this one uses it, although its tables are the same', async ({ version }) => {
  using store = storeOf(version)
  const { backups, version: noted } = await start(store)
  expect(backups).toMatchObject([{ reason: 'before-update', articles: 1 }])
  expect(noted).toBe(project.version)
  expect((await start(store)).backups).toHaveLength(1)
})

test('what was made before versions were noted is not copied, and has this one noted', async () => {
  using store = storeOf(null)
  expect(await start(store)).toEqual({ version: project.version, backups: [] })
})

test('a new database, and one that this version has used, are not copied', async () => {
  using store = storeOf(project.version)
  expect((await start(store)).backups).toEqual([])
  rmSync(store.file)
  expect(await start(store)).toEqual({ version: project.version, backups: [] })
})

test('where no copy can be made the program starts all the same, and tries again at the next start', async () => {
  using store = storeOf('0.0.9')
  const folder = ownBackupFolder(store.dir)
  writeFileSync(folder, 'not a folder')
  const lines: string[] = []
  expect((await start(store, line => lines.push(line))).version).toBe('0.0.9')
  expect(lines.join('\n')).toContain('no backup could be made')
  rmSync(folder)
  expect((await start(store)).backups).toMatchObject([{ reason: 'before-update' }])
  expect(existsSync(folder)).toBe(true)
})

/** As a later version with other tables leaves it, which made a backup first; then the reader installed this one again. */
async function storeOfLaterVersion(): Promise<TestStore> {
  const store = storeOf(project.version)
  const { dir, file } = store
  await makeBackup({ dataDir: dir, file, wanted: null, at: someNoon, reason: 'before-update' })
  const db = openDatabase(file)
  db.pragma('user_version = 99')
  db.close()
  await expect(start(store)).rejects.toMatchObject({ code: 'storage-newer' })
  return store
}

async function articlesIn({ dir }: TestStore): Promise<number> {
  const { db } = await openStore({ dataDir: dir, now: someNoon, log: () => undefined, isAlone: true })
  const { articles } = storedCounts(db)
  db.close()
  return articles
}

test('from a later version one goes back to the backup before it, and what it had is set aside', async () => {
  using store = await storeOfLaterVersion()
  const [backup] = listBackups(ownBackupFolder(store.dir))
  const file = join(ownBackupFolder(store.dir), backup?.name ?? '')
  const restored = await restoreAlone({ dataDir: store.dir, file, wanted: null, at: someNoon + 1 })
  expect(restored).toEqual({ kind: 'ready', previous: null })
  expect(await articlesIn(store)).toBe(1)
  const aside = readdirSync(join(store.dir, 'set-aside'), { recursive: true })
  expect(aside.filter(name => String(name).endsWith('broadsheet.db'))).toHaveLength(1)
})

test('the same by moving the database of the later version away', async () => {
  using store = await storeOfLaterVersion()
  renameSync(store.file, join(store.dir, 'later.db'))
  expect(await articlesIn(store)).toBe(1)
})
