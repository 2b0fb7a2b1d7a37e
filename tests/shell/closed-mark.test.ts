/** What the next start need not look through: the database as a command line, or an engine that died, left it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { connect } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { takeClosedMark } from '../../src-main/safety/data-files.ts'
import { journalFolder } from '../../src-main/safety/journal/file.ts'
import { Journal } from '../../src-main/safety/journal/journal.ts'
import { openStore } from '../../src-main/safety/recovery/open-store.ts'
import { changeSettings, readSettings } from '../../src-main/store/settings.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-closed-'))
  folders.push(folder)
  return folder
}

async function start(dataDir: string, isPolling: boolean): Promise<RunningEngine> {
  const started = await startEngine({ dataDir, isPolling })
  if (started.kind === 'unusable') throw new Error(started.detail)
  return started.engine
}

async function change(engine: RunningEngine, title: string): Promise<void> {
  const client = connect(portOfNodePort(engine.connect()))
  await client.createFolder({ title })
  client.close()
}

test('a command line leaves a database that is known to be whole, also where it changed it', async () => {
  const dataDir = makeFolder()
  for (const title of ['One', 'Two']) {
    const engine = await start(dataDir, false)
    await change(engine, title)
    await engine.close()
  }
  expect(takeClosedMark(dataDir)).toBe(true)
})

test('a command line says nothing of a database that a window had meanwhile', async () => {
  const dataDir = makeFolder()
  const commandLine = await start(dataDir, false)
  const window = await start(dataDir, true)
  await commandLine.close()
  expect(takeClosedMark(dataDir)).toBe(false)
  await window.close()
  expect(takeClosedMark(dataDir)).toBe(true)
})

test('an end without a goodbye is looked into at once; after an engine that died in this process, later', async () => {
  const dataDir = makeFolder()
  const opening = { dataDir, now: 0, log: () => {}, isAlone: true }
  const open = async (isAgain: boolean) => {
    const { db, isUnchecked } = await openStore({ ...opening, isAgain })
    db.close()
    return isUnchecked
  }
  expect(await open(false)).toBe(false)
  expect(await open(false)).toBe(false)
  expect(await open(true)).toBe(true)
})

test('what an engine had committed as it died, and windows have shown since, no later crash takes back', async () => {
  const dataDir = makeFolder()
  const open = async (isAgain: boolean) =>
    (await openStore({ dataDir, now: 0, log: () => {}, isAlone: true, isAgain })).db
  const dying = await open(false)
  changeSettings(dying, { textSize: 20 })
  const journal = new Journal({ db: dying, folder: journalFolder(dataDir), now: () => 0, log: () => {} })
  await journal.settingsChanged({ textSize: 20 })
  // Here it dies, before this is journaled.
  changeSettings(dying, { textSize: 21 })
  dying.close()
  const next = await open(true)
  expect(readSettings(next).textSize).toBe(21)
  next.close()
  const last = await open(false)
  expect(readSettings(last).textSize).toBe(21)
  last.close()
})
