/** A process of its own that opens a store with the built engine, as a host does, and says how long its first answers took. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** ms; and bytes resident: of Node alone, with the window's half of the program, with the engine, and when it has worked. */
export type Opening = {
  first: number
  articles: number
  bare: number
  before: number
  resident: number
  residentLater: number
}

const bare = process.memoryUsage.rss()
const { portOfNodePort } = await import('../../src-main/api/ports.ts')
const { connect } = await import('../../src-main/api/contract/rpc.ts')
const { startEngine } = await import('../../src-main/host/engine-host.ts')
const { searches } = await import('./lib-store-questions.ts')

const [file = ''] = process.argv.slice(2)
const built = join(import.meta.dirname, '../../out/main')
const files = {
  engine: 'engine.js',
  intake: 'intake.js',
  worker: 'worker.js',
  maintenance: 'maintenance.js',
  grouping: 'grouping.js',
}

const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
symlinkSync(file, join(dataDir, 'broadsheet.db'))
const before = process.memoryUsage.rss()
const started = performance.now()
// Not polling: the bench's feeds are nobody's, and no backup is to be made of them.
const start = await startEngine({
  dataDir,
  isPolling: false,
  files: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(built, file)])) as typeof files,
})
if (start.kind !== 'running') throw new Error(start.detail)
const client = connect(portOfNodePort(start.engine.connect()))
const [sources] = await Promise.all([client.sources({}), client.headlines({ view: { kind: 'all' }, limit: 200 })])
const first = performance.now() - started
const resident = process.memoryUsage.rss()
for (const query of Object.values(searches)) await client.headlines({ view: { kind: 'search', query }, limit: 200 })
for (let feedId = 1; feedId <= 200; feedId++) await client.headlines({ view: { kind: 'feed', feedId }, limit: 200 })
const opening: Opening = {
  first,
  articles: sources.counts.all,
  bare,
  before,
  resident,
  residentLater: process.memoryUsage.rss(),
}
console.log(JSON.stringify(opening))
client.close()
await start.engine.close()
rmSync(dataDir, { recursive: true, force: true })
