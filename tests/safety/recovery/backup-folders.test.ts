/** A folder of the user's own for backups, and the one in the data folder. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMaintenanceTasks } from '../../../src-main/maintenance/tasks.ts'
import { ownBackupFolder } from '../../../src-main/safety/backups/backups.ts'
import { takeNext } from '../../../src-main/safety/data-files.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { storedCounts } from '../../../src-main/store/rescue/copy.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'
import { makeEngine } from '../../support/engine.ts'

const day = 24 * 60 * 60 * 1_000

/** Backups with 1, 2 and 3 articles: one from before a drive was named, one on it, one made while it was away. */
async function twoFolders() {
  const store = makeStore()
  const drive = join(store.dir, 'drive')
  const maintenance = createMaintenanceTasks({ dataDir: store.dir })
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const backUp = async (number: number, wanted: string | null) => {
    storeArticles(store.db, feedId, [makeArticle({ title: `Story ${number}` })], someNoon)
    const made = await maintenance.backUp({ wanted, at: someNoon + number * day, reason: 'daily' })
    return made.kind === 'made' ? made.backup.name : made.failure.reason
  }
  const before = await backUp(1, null)
  mkdirSync(drive)
  const onDrive = await backUp(2, drive)
  const away = await backUp(3, join(store.dir, 'not-connected'))
  return { store, maintenance, drive, before, onDrive, away }
}

test('with a folder of their own, the user still sees the backups in the data folder, and where they are', async () => {
  const { store, maintenance, drive, before, onDrive, away } = await twoFolders()
  using _ = store
  const { backups, folder, isFallback } = await maintenance.backups({ wanted: drive })
  expect({ folder, isFallback }).toEqual({ folder: drive, isFallback: false })
  expect(backups.map(({ name, articles, isElsewhere }) => [name, articles, isElsewhere])).toEqual([
    [away, 3, true],
    [onDrive, 2, undefined],
    [before, 1, true],
  ])
})

test('one in the data folder can be gone back to', async () => {
  const { store, maintenance, drive, before } = await twoFolders()
  using _ = store
  expect(await maintenance.restore({ wanted: drive, at: someNoon + 4 * day, name: before })).toMatchObject({
    kind: 'ready',
  })
  store.db.close()
  takeNext(store.dir, someNoon + 4 * day)
  expect(storedCounts(makeStore(store.dir).db).articles).toBe(1)
})

test('one that is in both is listed once, and with the drive away it is all as without', async () => {
  const { store, maintenance, drive, before, onDrive, away } = await twoFolders()
  using _ = store
  copyFileSync(join(drive, onDrive), join(ownBackupFolder(store.dir), onDrive))
  const names = async (wanted: string | null) => (await maintenance.backups({ wanted })).backups.map(({ name }) => name)
  expect(await names(drive)).toEqual([away, onDrive, before])
  rmSync(drive, { recursive: true })
  const { backups, isFallback } = await maintenance.backups({ wanted: drive })
  expect(isFallback).toBe(true)
  expect(backups.map(({ name, isElsewhere }) => [name, isElsewhere])).toEqual(
    [away, onDrive, before].map(name => [name, undefined]),
  )
})

test('a backup of today in the data folder does not keep the first one from a folder that was just named', async () => {
  let now = someNoon
  await using engine = makeEngine({ now: () => now })
  const client = engine.connect()
  await engine.makeDailyBackup()
  const drive = join(engine.dir, 'drive')
  mkdirSync(drive)
  await client.changeSettings({ backupFolder: drive })
  now += 60_000

  await engine.makeDailyBackup()
  await engine.makeDailyBackup()

  const { backups } = await client.backups({})
  expect(backups.map(({ reason, isElsewhere }) => [reason, isElsewhere])).toEqual([
    ['daily', undefined],
    ['daily', true],
  ])
})
