/** A farm of feeds on loopback: the one beside the project where it is there, otherwise our own; the same feeds every time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export type FarmStats = { requests: number; ok200: number; n304: number; feedsTouched: number }

export type Farm = {
  /** Whose feeds they are, for the report. */
  name: string
  urls(): Promise<string>
  opml(): Promise<string>
  /** Median time to an answer in ms (lognormal); 0 answers at once. */
  setLatency(median: number): Promise<void>
  /** Puts every feed back to its first state. */
  rewind(): Promise<void>
  /** A tenth of the feeds gets three new articles. */
  addArticles(): Promise<void>
  resetStats(): Promise<void>
  stats(): Promise<FarmStats>
  stop(): void
}

const shared = fileURLToPath(new URL('../../../shared/bench/farm.mjs', import.meta.url))
const own = fileURLToPath(new URL('lib-refresh-feeds.ts', import.meta.url))

export async function startFarm(feeds: number): Promise<Farm> {
  const isShared = existsSync(shared)
  const port = await freePort()
  const args = isShared ? [shared, '--mix', 'xml'] : [own]
  const child = spawn(process.execPath, [...args, '--port', `${port}`, '--n', `${feeds}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await ready(child)
  const control = async (command: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/control/${command}`)
    return await answer.text()
  }
  return {
    name: isShared ? `${feeds} feeds of the farm beside the project` : `${feeds} feeds of the bench's own`,
    urls: () => control('urls'),
    opml: () => control('opml'),
    setLatency: async median => void (await control(`latency?median=${median}&sigma=0.8`)),
    rewind: async () => void (await control('rewind')),
    addArticles: async () => void (await control('add?k=3&share=0.1')),
    resetStats: async () => void (await control('reset-stats')),
    stats: async () => JSON.parse(await control('stats')) as FarmStats,
    stop: () => void child.kill(),
  }
}

async function ready(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('the farm did not start')
  })
  const said = new Promise<void>(resolve => {
    child.stdout?.on('data', (part: Buffer) => part.includes('ready') && resolve())
  })
  await Promise.race([said, ended])
  ended.catch(() => {})
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
