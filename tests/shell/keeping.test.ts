/** The engine in its thread, as a host has it, through what makes it begin anew. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { type EngineOptions, type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { startFeedServer } from '../support/feed-server.ts'

// Each start is three threads that load their sources: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const running: RunningEngine[] = []
const folders: string[] = []

afterEach(async () => {
  for (const engine of running.splice(0).reverse()) await engine.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-keeping-'))
  folders.push(folder)
  return folder
}

type Window = { client: EngineClient; port: MessagePort }

async function start(dataDir: string, options: Partial<EngineOptions> = {}): Promise<() => Window> {
  const started = await startEngine({ dataDir, ...options })
  if (started.kind === 'unusable') throw new Error(started.detail)
  running.push(started.engine)
  return () => {
    const port = started.engine.connect()
    return { client: connect(portOfNodePort(port)), port }
  }
}

/** As a window does it: until one is there that answers. */
async function connectAgain(openWindow: () => Window): Promise<EngineClient> {
  for (;;) {
    const { client } = openWindow()
    const isThere = await client.counts({}).then(
      () => true,
      () => false,
    )
    if (isThere) return client
  }
}

test('going back to a backup in the window: it connects anew and sees what was then; what is given up is a backup, too', async () => {
  const openWindow = await start(makeFolder())
  const { client, port } = openWindow()
  await client.createFolder({ title: 'Then' })
  const made = await client.backUpNow({})
  await client.createFolder({ title: 'Later' })
  const closed = once(port, 'close')
  const name = made.kind === 'made' ? made.backup.name : ''
  expect(await client.restoreBackup({ name })).toEqual({ kind: 'restoring' })
  await closed

  const again = await connectAgain(openWindow)
  expect((await again.sources({})).folders.map(folder => folder.title)).toEqual(['Then'])
  expect((await again.backups({})).backups.map(backup => backup.reason)).toEqual(['before-restore', 'by-user'])
})

test('a name that is no backup changes nothing, wherever it leads', async () => {
  const openWindow = await start(makeFolder())
  const { client } = openWindow()
  for (const name of ['../broadsheet.db', 'broadsheet-2026-01-01T00-00-00-daily.db', '..']) {
    expect(await client.restoreBackup({ name })).toMatchObject({ kind: 'failed', failure: { reason: 'not-a-backup' } })
  }
})

test('after three starts that crashed the fourth polls nothing, until it is told to', async () => {
  await using server = disposable(await startFeedServer())
  const dataDir = makeFolder()
  const openFirst = await start(dataDir)
  expect(await openFirst().client.addFeed({ url: `${server.it.url}/rss.xml` })).toMatchObject({ kind: 'added' })
  await running.pop()?.close()
  writeFileSync(join(dataDir, 'starts.json'), '{"crashes":3}')

  const openWindow = await start(dataDir)
  const { client, port } = openWindow()
  expect((await client.health({})).isSafeMode).toBe(true)
  expect((await client.exportOpml({})).text).toContain('/rss.xml')
  const closed = once(port, 'close')
  await client.leaveSafeMode({})
  await closed
  expect((await (await connectAgain(openWindow)).health({})).isSafeMode).toBe(false)
})

test('a command line beside a window lets the window refresh, and no feed is asked twice', async () => {
  await using server = disposable(await startFeedServer())
  const dataDir = makeFolder()
  const openWindow = await start(dataDir)
  const { client } = openWindow()
  await client.addFeed({ url: `${server.it.url}/rss.xml` })
  const asked = () => server.it.requests.filter(request => request.path === '/rss.xml').length
  const before = asked()
  const finished = new Promise(resolve => client.on('refresh-finished', resolve))

  const openCommandLine = await start(dataDir, { isPolling: false, isRefreshing: true })
  expect(await openCommandLine().client.refresh({ isForced: true })).toMatchObject({ total: 0, isElsewhere: true })
  expect(await finished).toMatchObject({ feeds: 1 })
  expect(asked()).toBe(before + 1)
})

test('a window hears of what another program wrote into its database', async () => {
  const dataDir = makeFolder()
  const { client } = (await start(dataDir))()
  expect((await client.sources({})).folders).toEqual([])
  const told = new Promise(resolve => client.on('sources-changed', resolve))

  // A program that is ended leaves a note: by SQLite's version alone its change may be taken for one of this program's own threads.
  const other = await start(dataDir, { isPolling: false })
  await other().client.createFolder({ title: 'World' })
  await running.pop()?.close()

  await told
  expect((await client.sources({})).folders).toMatchObject([{ title: 'World' }])
})

test('a command line notes at its end that it wrote, for windows whose own feeds come in just then', async () => {
  const dataDir = makeFolder()
  const readNote = () => {
    const db = openDatabase(join(dataDir, 'broadsheet.db'))
    const note = readMeta(db, 'writtenBeside')
    db.close()
    return note
  }
  // Alone: what a window writes of its own beside it can't be told from what it wrote.
  const reading = await start(dataDir, { isPolling: false })
  await reading().client.sources({})
  await running.pop()?.close()
  expect(readNote()).toBeNull()

  await start(dataDir)
  const writing = await start(dataDir, { isPolling: false })
  await writing().client.createFolder({ title: 'World' })
  await running.pop()?.close()
  expect(readNote()).toEqual(expect.any(String))
})

test('a command line that refreshes keeps windows waiting until it is done', async () => {
  const dataDir = makeFolder()
  await start(dataDir, { isPolling: false, isRefreshing: true })
  const opening = start(dataDir)
  expect(await Promise.race([opening.then(() => 'open'), turn()])).toBe('waiting')
  await running[0]?.close()
  expect(await (await opening)().client.counts({})).toMatchObject({ all: 0 })
})

/** Long enough for a start to fail where it does not wait: the other one answers a call meanwhile. */
async function turn(): Promise<string> {
  const other = await start(makeFolder())
  await other().client.counts({})
  return 'waiting'
}

function disposable<It extends { close(): Promise<void> }>(it: It) {
  return { it, [Symbol.asyncDispose]: () => it.close() }
}
