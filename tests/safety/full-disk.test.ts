/** A disk that is full, and then not: windows are told by what comes through first, an import as much as a click. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { threadFile } from '../../src-main/host/file-server.ts'
import { createMaintenance } from '../../src-main/maintenance/client.ts'
import { makeBackup } from '../../src-main/safety/backups/backups.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'
import { fill, mountSmallDisk } from '../torture/disk-faults.ts'

const disk = process.platform === 'win32' ? null : mountSmallDisk()
afterAll(() => disk?.unmount())

type Import = (client: EngineClient, archive: string) => Promise<unknown>
const list = '<opml version="2.0"><body><outline text="A" xmlUrl="https://new.example/feed"/></body></opml>'
const imports: [string, Import][] = [
  ['a list', client => client.importOpml({ text: list, fetchNow: false })],
  ['an archive of everything', (client, archive) => client.importEverything({ archive })],
]

test.skipIf(!disk).each(imports)(
  'an import of %s on a disk that has room again tells windows so',
  async (_, takeIn) => {
    const store = makeStore(mkdtempSync(join(disk!.folder, 'data-')))
    addFeed(store.db, 'https://gazette.example/feed')
    await using engine = makeEngine({ store })
    const client = engine.connect()
    const archive = await exported(engine, client)
    const told: string[] = []
    client.on('health-changed', ({ health }) => told.push(health.storage))

    const filler = fill(disk!.folder)
    await clickTillFull(client)
    expect(told).toEqual(['full'])
    rmSync(filler)

    expect(await takeIn(client, archive)).toMatchObject({ kind: 'imported' })
    expect(told).toEqual(['full', 'ok'])
  },
)

test.skipIf(!disk)('no backup is begun on a disk that would be full by it', async () => {
  using store = makeStore()
  const wanted = mkdtempSync(join(disk!.folder, 'backups-'))
  const { bavail, bsize } = statfsSync(wanted)
  const others = join(disk!.folder, 'somebody-elses')
  writeFileSync(others, Buffer.alloc(Math.max(0, bavail * bsize - 60_000_000), 1))
  const made = await makeBackup({ dataDir: store.dir, file: store.file, wanted, at: someNoon, reason: 'daily' })
  expect(made).toMatchObject({ kind: 'failed', failure: { reason: 'no-space' } })
  expect(readdirSync(wanted)).toEqual([])
  rmSync(others)
})

test.skipIf(!disk)(
  'an export that finds no room says that the disk is full, and leaves nothing half written',
  async () => {
    const store = makeStore(mkdtempSync(join(disk!.folder, 'data-')))
    const feed = addFeed(store.db, 'https://gazette.example/feed')
    const articles = [makeArticle({ title: 'Ferry', html: `<p>${randomBytes(500_000).toString('base64')}</p>` })]
    const { newIds } = storeArticles(store.db, feed, articles, someNoon)
    setSaved(store.db, newIds, true, someNoon)
    const maintenance = createMaintenance({ maintenanceFile: threadFile('maintenance'), dataDir: store.dir })
    await using engine = makeEngine({ store, maintenance })
    const client = engine.connect()
    const filler = fill(disk!.folder)

    await expect(client.exportEverything({})).rejects.toMatchObject({ code: 'storage-full' })

    expect((await client.health({})).storage).toBe('full')
    expect(readdirSync(join(store.dir, 'exports'))).toEqual([])
    rmSync(filler)
    expect((await client.exportEverything({})).bytes).toBeGreaterThan(500_000)
    expect((await client.health({})).storage).toBe('ok')
    await maintenance.close()
  },
)

async function exported(engine: TestEngine, client: EngineClient): Promise<string> {
  const { path } = await client.exportEverything({})
  return Buffer.from(bytesOf(await engine.resource(path))).toString('base64')
}

/** The first that finds no room is done in what was held back. */
async function clickTillFull(client: EngineClient): Promise<void> {
  for (let clicks = 0; clicks < 400; clicks++) {
    try {
      await client.createFolder({ title: `Folder ${clicks}` })
    } catch (error) {
      expect(error).toMatchObject({ code: 'storage-full' })
      return
    }
  }
  throw new Error('the disk is not full')
}
