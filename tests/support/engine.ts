/** The real engine over a real database, in this thread; its windows speak JSON, as over any port. The intake is a stub that fetches nothing: tests of it use intake-world.ts. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { noResource, type Resource } from '../../src-main/api/engine-thread.ts'
import type { Port } from '../../src-main/api/ports.ts'
import { createSigner } from '../../src-main/engine/context/signing.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import type { Notices } from '../../src-main/engine/notices/notices.ts'
import type { IntakeClient } from '../../src-main/intake/client.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { createMaintenanceTasks, type MaintenanceTasks } from '../../src-main/maintenance/tasks.ts'
import { journalFolder } from '../../src-main/safety/journal/file.ts'
import { Journal } from '../../src-main/safety/journal/journal.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { tasks } from '../../src-main/workers/tasks.ts'
import { makeStore, someNoon, type TestStore } from './articles.ts'

export type TestEngine = {
  db: WriteDb
  dir: string
  makeDailyBackup(): Promise<void>
  notices: Notices
  makeDueDigest(): Promise<boolean>
  writeDigestFile(): Promise<void>
  sendDigest(): Promise<void>
  connect(): EngineClient
  resource(path: string): Promise<Resource>
  /** Closes the engine, but not the store. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

type Options = {
  now?: () => number
  store?: TestStore
  isSafeMode?: boolean
  intake?: Partial<IntakeClient>
  /** In this thread where none is given. */
  maintenance?: MaintenanceTasks
  isPrivateHost?: (url: URL) => Promise<boolean>
}

/** `store`: an existing one, as after a restart; `intake`: methods in place of the stub's. */
export function makeEngine(options: Options = {}): TestEngine {
  const { now = () => someNoon, store = makeStore(), isSafeMode = false, intake = {} } = options
  const { isPrivateHost = async () => false, maintenance = createMaintenanceTasks({ dataDir: store.dir }) } = options
  const engine = createEngine({
    db: store.db,
    dataDir: store.dir,
    isSafeMode,
    restart: () => {},
    onDamage: () => {},
    intake: { ...asleep, ...intake },
    journal: new Journal({ db: store.db, folder: journalFolder(store.dir), now, log: () => {} }),
    maintenance,
    retentionChanged: () => {},
    savedChanged: () => {},
    storiesDecided: () => {},
    signer: createSigner(randomBytes(32)),
    secrets: createSecrets(join(store.dir, 'secret.key')),
    now,
    isPrivateHost,
    pool: { run: (name, input) => tasks[name](input as never) as never },
    log: () => {},
  })
  return {
    db: store.db,
    dir: store.dir,
    makeDailyBackup: engine.makeDailyBackup,
    notices: engine.notices,
    makeDueDigest: engine.makeDueDigest,
    writeDigestFile: engine.writeDigestFile,
    sendDigest: engine.digestMail.send,
    connect() {
      const [window, inside] = jsonPorts()
      engine.serve(inside)
      return connect(window)
    },
    async resource(path) {
      const found = await engine.resource({ path, range: null })
      if ('streamId' in found) throw new Error('nobody asked for a range')
      return found
    },
    close: () => engine.close(),
    async [Symbol.asyncDispose]() {
      await engine.close()
      store[Symbol.dispose]()
    },
  }
}

/** Fetches nothing. */
const asleep: IntakeClient = {
  discover: async () => ({ kind: 'failed', failure: { reason: 'offline' } }),
  addFeed: async () => ({ kind: 'failed', failure: { reason: 'offline' } }),
  refresh: async () => ({ total: 0, recent: null, waiting: null, underWay: 0 }),
  cancelRefresh: async () => {},
  scheduleChanged: async () => {},
  setPower: async () => {},
  fetchFullText: async () => ({ kind: 'failed', failure: { reason: 'offline' }, bytes: 0 }),
  media: async () => noResource(404),
  openRecording: async () => noResource(404),
  readRecording: async () => ({ kind: 'end' }),
  closeRecording: async () => {},
  chapters: async () => [],
  redrawIcon: async () => noResource(404),
  savePage: async () => ({ kind: 'failed', failure: { reason: 'offline' } }),
  keepPictures: async () => {},
  testMailbox: async () => ({ kind: 'works', folders: [] }),
  sendMail: async () => ({ kind: 'sent' }),
  tellSender: async () => ({ kind: 'told' }),
  mailChanged: async () => {},
  importMail: async () => ({ kind: 'failed', failure: { reason: 'malformed', detail: '', line: null } }),
  keepSaved: async () => {},
  sweepPictures: async () => {},
  begin: () => {},
  on: () => {},
  close: async () => {},
}

/** Two ends of a connection that carries what JSON can say and nothing more. */
function jsonPorts(): [Port, Port] {
  const makeEnd = () => ({ messages: new Set<(message: unknown) => void>(), closes: new Set<() => void>() })
  const ends = [makeEnd(), makeEnd()] as const
  const close = () => {
    for (const end of ends) {
      for (const listener of end.closes) listener()
      end.closes.clear()
    }
  }
  const port = (own: (typeof ends)[number], other: (typeof ends)[number]): Port => ({
    send(message) {
      const text = JSON.stringify(message)
      queueMicrotask(() => {
        for (const listener of other.messages) listener(JSON.parse(text))
      })
    },
    onMessage: listener => void own.messages.add(listener),
    onClose: listener => void own.closes.add(listener),
    close,
  })
  return [port(ends[0], ends[1]), port(ends[1], ends[0])]
}
