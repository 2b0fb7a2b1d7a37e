/** How an engine's thread begins and ends: what was started is ended, also where the start fails on its way. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { EngineStart } from '../../src-main/api/engine-thread.ts'
import type { Surroundings } from '../../src-main/engine/engine.ts'
import { startAll } from '../../src-main/engine/start.ts'
import { threadFile } from '../../src-main/host/file-server.ts'
import { takeClosedMark } from '../../src-main/safety/data-files.ts'
import { acquireFolderLock } from '../../src-main/store/db/folder-lock.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase, openForReading } from '../../src-main/store/db/open.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const surroundings: Surroundings = {
  restart: () => expect.fail('nothing asks for it'),
  isEnding: () => false,
  onDamage: code => expect.fail(code),
  onUpgrade: () => {},
  log: line => expect.fail(line),
}

function startOn(kind: 'window' | 'refresh' | 'command line'): EngineStart {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-start-'))
  folders.push(dataDir)
  return {
    dataDir,
    isAgain: false,
    isPolling: kind === 'window',
    isRefreshing: kind === 'refresh',
    intakeFile: threadFile('intake').toString(),
    workerFile: threadFile('worker').toString(),
    maintenanceFile: threadFile('maintenance').toString(),
    groupingFile: threadFile('grouping').toString(),
  }
}

/** Whether another program could have the folder now. */
function isFree(dataDir: string): boolean {
  const lock = acquireFolderLock(dataDir)
  lock?.release()
  return lock !== null
}

/** How many starts in a row came to no good end. */
const crashes = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'starts.json'), 'utf8')).crashes

test.each(['window', 'refresh', 'command line'] as const)(
  'a %s has the folder till its end, and leaves a whole database',
  async kind => {
    const start = startOn(kind)
    const running = await startAll(start, surroundings)
    expect(isFree(start.dataDir)).toBe(kind === 'command line')
    await running.end()
    expect(isFree(start.dataDir)).toBe(true)
    expect(existsSync(join(start.dataDir, 'broadsheet.db-wal'))).toBe(false)
    expect(existsSync(join(start.dataDir, 'starts.json'))).toBe(false)
    expect(takeClosedMark(start.dataDir)).toBe(true)
  },
)

test.each(['window', 'refresh', 'command line'] as const)(
  'a %s that finds a database of a later Broadsheet lets the folder go',
  async kind => {
    const start = startOn(kind)
    const db = openDatabase(join(start.dataDir, 'broadsheet.db'))
    db.pragma('user_version = 999')
    db.close()
    await expect(startAll(start, surroundings)).rejects.toMatchObject({ code: 'storage-newer' })
    expect(isFree(start.dataDir)).toBe(true)
    // A window would wait for ten minutes for who says that they refresh.
    expect(existsSync(join(start.dataDir, 'refreshing'))).toBe(false)
    expect(takeClosedMark(start.dataDir)).toBe(false)
    if (kind === 'window') expect(crashes(start.dataDir)).toBe(1)
  },
)

test.each([
  { kind: 'window', what: 'removes what an earlier run exported before it can be asked for an export', isLeft: false },
  { kind: 'command line', what: 'leaves the exports of a window beside it', isLeft: true },
] as const)('a $kind $what', async ({ kind, isLeft }) => {
  const start = startOn(kind)
  const old = join(start.dataDir, 'exports', 'everything.zip')
  mkdirSync(join(start.dataDir, 'exports'))
  writeFileSync(old, 'old')
  const running = await startAll(start, surroundings)
  expect(existsSync(old)).toBe(isLeft)
  await running.end()
})

test('a start that is ended while it brings an earlier store into today’s form counts as no crash', async () => {
  const start = startOn('window')
  const earlier = readFileSync(join(import.meta.dirname, '../fixtures/schemas/schema-1.db.gz'))
  writeFileSync(join(start.dataDir, 'broadsheet.db'), gunzipSync(earlier))
  const isCounted: boolean[] = []
  const onUpgrade = () => void isCounted.push(existsSync(join(start.dataDir, 'starts.json')))
  const running = await startAll(start, { ...surroundings, onUpgrade, log: () => {} })
  await running.end()
  expect(isCounted.length).toBeGreaterThan(0)
  expect(isCounted).not.toContain(true)
})

test('a start that fails after the database was opened closes it, and notes no good end', async () => {
  const start = { ...startOn('refresh'), intakeFile: 'no address of a file' }
  await expect(startAll(start, surroundings)).rejects.toMatchObject({ code: 'ERR_WORKER_PATH' })
  expect(isFree(start.dataDir)).toBe(true)
  expect(existsSync(join(start.dataDir, 'broadsheet.db-wal'))).toBe(false)
  expect(existsSync(join(start.dataDir, 'refreshing'))).toBe(false)
  expect(takeClosedMark(start.dataDir)).toBe(false)
})

test('after an engine that died the journal begins anew, once the database has been checked', async () => {
  const start = startOn('window')
  const running = await startAll({ ...start, isAgain: true }, surroundings)
  running.answered()
  const db = openForReading(join(start.dataDir, 'broadsheet.db'))
  // The maintenance thread writes the base, and the engine notes it once it has heard of that: ended between the two, the next
  // start would begin the journal anew.
  await expect.poll(() => readMeta(db, 'isJournalBehind'), { timeout: 60_000 }).toBe(null)
  db.close()
  await running.end()
  expect(takeClosedMark(start.dataDir)).toBe(true)
  expect(existsSync(join(start.dataDir, 'journal', '000001.base.jsonl'))).toBe(true)
})
