/**
 * A power cut: of a file there is then what was put on the disk, and nothing of what was only written. The system's own calls
 * are watched as they go through, from before anything takes hold of them.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** How much of each file is on the disk, and the names in each folder that is; by inode. */
const onDisk = { bytes: new Map<number, number>(), names: new Map<number, string[]>() }
const paths = new Map<number, string>()

const { openSync, fsyncSync, fsync } = fs
fs.openSync = (path, ...rest) => {
  const handle = openSync(path, ...rest)
  paths.set(handle, String(path))
  return handle
}
fs.fsyncSync = handle => {
  const then = look(handle)
  fsyncSync(handle)
  then()
}
fs.fsync = Object.assign(
  (handle: number, done: (error: NodeJS.ErrnoException | null) => void) => {
    const then = look(handle)
    fsync(handle, error => {
      if (!error) then()
      done(error)
    })
  },
  { __promisify__: fsync.__promisify__ },
)
syncBuiltinESMExports()

/** What the call puts on the disk is what is there when it begins. */
function look(handle: number): () => void {
  const { ino, size } = fs.fstatSync(handle)
  const isFolder = fs.fstatSync(handle).isDirectory()
  const names = isFolder ? fs.readdirSync(paths.get(handle) ?? '') : []
  return () => (isFolder ? onDisk.names.set(ino, names) : onDisk.bytes.set(ino, size))
}

/** The folder as it is after a power cut now. */
function cutPower(folder: string): void {
  const names = new Set(onDisk.names.get(fs.statSync(folder).ino))
  for (const name of fs.readdirSync(folder)) {
    const file = join(folder, name)
    if (names.has(name)) fs.truncateSync(file, onDisk.bytes.get(fs.statSync(file).ino) ?? 0)
    else fs.rmSync(file)
  }
}

const { makeLibrary } = await import('../../support/commands-table.ts')
const { makeStore, savedIds, someNoon } = await import('../../support/articles.ts')
const { journalFolder } = await import('../../../src-main/safety/journal/file.ts')
const { replayJournal } = await import('../../../src-main/safety/journal/replay.ts')
const { listBackups, makeBackup, ownBackupFolder } = await import('../../../src-main/safety/backups/backups.ts')
const { listFolders } = await import('../../../src-main/store/feeds/folders.ts')
const { readSettings } = await import('../../../src-main/store/settings.ts')

test('what was answered is in the journal after a power cut, from the first click on', async () => {
  const { engine, client, articles } = makeLibrary()
  await using _ = engine

  await client.setSaved({ articleIds: articles.slice(0, 2), isSaved: true })
  await expectAfterCut(engine.dir, { saved: 2, theme: 'system', folders: [] })
  await client.changeSettings({ theme: 'sepia' })
  await expectAfterCut(engine.dir, { saved: 2, theme: 'sepia', folders: [] })
  await client.createFolder({ title: 'Home' })
  await expectAfterCut(engine.dir, { saved: 2, theme: 'sepia', folders: ['World', 'Sea', 'Coast', 'Home'] })
})

test('a backup that was made is there after a power cut, whole', async () => {
  using store = makeStore()
  const made = await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon, reason: 'daily' })
  const folder = ownBackupFolder(store.dir)
  cutPower(folder)
  expect(listBackups(folder)).toEqual([made.kind === 'made' && made.backup])
})

async function expectAfterCut(dir: string, expected: { saved: number; theme: string; folders: string[] }) {
  using other = makeStore()
  cutPower(journalFolder(dir))
  await replayJournal(other.db, journalFolder(dir), { now: someNoon, log: line => expect.fail(line) })
  expect({
    saved: savedIds(other.db).length,
    theme: readSettings(other.db).theme,
    folders: listFolders(other.db).map(folder => folder.title),
  }).toEqual(expected)
}
