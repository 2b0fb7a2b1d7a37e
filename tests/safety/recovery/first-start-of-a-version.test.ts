import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import project from '../../../package.json' with { type: 'json' }
import { listBackups, ownBackupFolder } from '../../../src-main/safety/backups/backups.ts'
import { openStore } from '../../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { readMeta, writeMeta } from '../../../src-main/store/db/meta.ts'
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
  { name: 'a version that did not note itself', version: null },
])('what $name left is copied before this one uses it, although its tables are the same', async ({ version }) => {
  using store = storeOf(version)
  const { backups, version: noted } = await start(store)
  expect(backups).toMatchObject([{ reason: 'before-update', articles: 1 }])
  expect(noted).toBe(project.version)
  expect((await start(store)).backups).toHaveLength(1)
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
