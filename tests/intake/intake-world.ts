/** The intake over a store, a server and a clock of a test's own. */
import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach } from 'vitest'
import type { Credentials, RefreshSummary } from '../../src-main/api/model.ts'
import { createHttp } from '../../src-main/http/client.ts'
import { isPrivateHost } from '../../src-main/http/private-address.ts'
import type { Http } from '../../src-main/http/types.ts'
import { createIntake, type RunningIntake } from '../../src-main/intake/intake.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { createPool, type Pool } from '../../src-main/workers/pool.ts'
import { serve, type TestServer } from '../http/http-server.ts'
import { wired } from '../http/http-world.ts'
import { createTestTime, type TestTime } from '../polling/poller-time.ts'
import { makeStore, someNoon, type TestStore } from '../support/articles.ts'

export const hour = 3_600_000

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** Everything around one intake. Each test has a new one, but the same pool of workers. */
export type IntakeWorld = {
  pool: Pool
  store: TestStore
  time: TestTime
  intake: RunningIntake
  server: TestServer
  events: { event: string; payload: object }[]
  /** Where the client reads which proxy the system has. */
  environment: Record<string, string | undefined>
  /** What the server answers; 404 until a test says otherwise. */
  answer: Answer
  discover(address: string, credentials?: Credentials | null): ReturnType<RunningIntake['discover']>
  add(path?: string, title?: string | null): ReturnType<RunningIntake['addFeed']>
  /** An RSS feed of these titles, newest first. */
  rss(...titles: string[]): string
  /** The titles stored, oldest first. */
  titles(): string[]
  /** The requests for a path so far. */
  asked(path: string): TestServer['seen']
  /** Nothing is under way any more. */
  settled(): Promise<void>
  /** Lets so many ms of the test's clock go by. */
  pass(ms: number): Promise<void>
  refresh(feedIds: number[], isForced?: boolean): Promise<RefreshSummary>
}

const workerFile = fileURLToPath(new URL('../../src-main/workers/worker.ts', import.meta.url))

/** What of a world is another than usual: names that lead somewhere. */
type Otherwise = { http?: () => Http; isPrivateHost?: (url: URL) => Promise<boolean> }

/** Call once at the top of a test file: the world is made before each of its tests, and goes after it. */
export function intakeWorld({ http: makeHttp, isPrivateHost: isPrivate = isPrivateHere }: Otherwise = {}): IntakeWorld {
  const pool = createPool({ workerFile, size: 1, deadlineMs: 20_000, memoryMb: 384 })
  const world = { pool, ...deedsIn(() => world) } as IntakeWorld
  let http: Http

  beforeEach(async () => {
    // Fields of its own, so that a test may name a proxy.
    world.environment = {}
    http = makeHttp?.() ?? createHttp({ environment: world.environment, networks: () => wired })
    world.store = makeStore()
    world.time = createTestTime(someNoon)
    world.events = []
    world.answer = (_, response) => response.writeHead(404).end()
    world.server = await serve((request, response) => world.answer(request, response))
    world.intake = startIntake(world, http, isPrivate)
  })
  afterEach(async () => {
    await world.intake.close()
    await http.close()
    await world.server.close()
    world.store[Symbol.dispose]()
    await rm(world.store.dir, { recursive: true, force: true })
  })
  afterAll(() => pool.close())
  return world
}

const isPrivateHere = (url: URL) => isPrivateHost(url, (_name, _options, callback) => callback(null, []))

function startIntake(
  { store, pool, time, events }: IntakeWorld,
  http: Http,
  isPrivate: (url: URL) => Promise<boolean>,
): RunningIntake {
  return createIntake({
    db: store.db,
    http,
    pool,
    drawingPool: pool,
    clock: time.clock,
    random: () => 0,
    isPrivateHost: isPrivate,
    dataDir: store.dir,
    secrets: createSecrets(join(store.dir, 'secret.key')),
    emit: (event, payload) => events.push({ event, payload }),
    log: line => {
      throw new Error(line)
    },
  })
}

function deedsIn(world: () => IntakeWorld) {
  const settled = async (): Promise<void> => {
    do await new Promise(resolve => setImmediate(resolve))
    while (world().intake.isBusy())
  }
  const pass = (ms: number) => world().time.pass(ms, settled)
  return {
    settled,
    pass,
    discover: (address: string, credentials: Credentials | null = null) =>
      world().intake.discover({ address, credentials }),
    add: (path = '/feed', title: string | null = null) =>
      world().intake.addFeed({ url: world().server.base + path, title, folderId: null, credentials: null }),
    rss(...titles: string[]): string {
      const items = titles.map(title => `<item><title>${title}</title><guid isPermaLink="false">${title}</guid></item>`)
      return `<rss version="2.0"><channel><title>Gazette</title><link>${world().server.base}/</link><description>d</description>${items.join('')}</channel></rss>`
    },
    titles: () => world().store.db.prepare<[], string>('SELECT title FROM articles ORDER BY id').pluck().all(),
    asked: (path: string) => world().server.seen.filter(one => one.path === path),
    async refresh(feedIds: number[], isForced = true): Promise<RefreshSummary> {
      const before = world().events.length
      await world().intake.refresh({ feedIds, isForced })
      const finished = () =>
        world()
          .events.slice(before)
          .find(one => one.event === 'refresh-finished')
      while (!finished()) await pass(100)
      return finished()?.payload as RefreshSummary
    },
  }
}

export function sendFeed(response: ServerResponse, body: string, headers = {}): void {
  response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers }).end(body)
}
