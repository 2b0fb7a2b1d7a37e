/** An engine and an intake that read a real mailbox, as one program. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { MailSender } from '../../src-main/api/mail/model.ts'
import { createHttp } from '../../src-main/http/client.ts'
import { createIntake, type RunningIntake } from '../../src-main/intake/intake.ts'
import type { IntakeEvents } from '../../src-main/intake/protocol.ts'
import type { Clock } from '../../src-main/lib/clock.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { createPool } from '../../src-main/workers/pool.ts'
import { makeStore } from '../support/articles.ts'
import { password } from '../support/dovecot.ts'
import { makeEngine } from '../support/engine.ts'

const workerFile = fileURLToPath(new URL('../../src-main/workers/worker.ts', import.meta.url))

/** A minute of waiting is over in 3 ms. What the clock says is true. */
const hurried: Clock = {
  now: Date.now,
  setTimer(ms, run) {
    const timer = setTimeout(run, ms / 20_000)
    return () => clearTimeout(timer)
  },
}

export type MailWorld = {
  client: EngineClient
  intake: RunningIntake
  /** Adds the mailbox of a user at this port, and answers its id. */
  addMailbox(user: string, port: number, more?: { folders?: string[]; days?: number }): Promise<number>
  /** Keeps all newsletters that are undecided. */
  keepAll(): Promise<void>
  /** Answers once this many senders have written; they are sorted by name. */
  senders(count: number): Promise<MailSender[]>
  /** Answers once exactly these titles are listed, in any order. */
  titles(expected: string[]): Promise<void>
  /** Looks at all mailboxes now. */
  lookNow(): Promise<void>
  /** Answers once nothing is waiting of those that are kept. */
  allRead(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export function startMailWorld(): MailWorld {
  const store = makeStore()
  const http = createHttp({ environment: {} })
  const pool = createPool({ workerFile, size: 2, deadlineMs: 20_000, memoryMb: 384 })
  const listeners = new Map<string, Set<(payload: never) => void>>()
  const intake = createIntake({
    db: store.db,
    http,
    pool,
    drawingPool: pool,
    clock: hurried,
    random: () => 0,
    isPrivateHost: async () => true,
    dataDir: store.dir,
    secrets: createSecrets(join(store.dir, 'secret.key')),
    emit(event, payload) {
      for (const listener of listeners.get(event) ?? []) listener(payload as never)
    },
    log: line => expect.fail(line),
  })
  const on = <E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void) => {
    listeners.set(event, (listeners.get(event) ?? new Set()).add(listener))
  }
  const engine = makeEngine({ store, intake: { ...intake, on } })
  intake.start()
  const client = engine.connect()
  const listed = async () => (await client.headlines({ view: { kind: 'all' }, limit: 1_000 })).rows
  return {
    client,
    intake,
    async addMailbox(userName, port, { folders = ['INBOX'], days = 30 } = {}) {
      const server = { host: '127.0.0.1', port, security: 'none', userName } as const
      const added = await client.addMailbox({ ...server, password, address: `${userName}@test.example`, folders, days })
      return added.mailboxId
    },
    async keepAll() {
      const { senders } = await client.mailSenders({})
      const senderIds = senders.filter(one => one.isNewsletter && one.decision === null).map(({ id }) => id)
      await client.decideSenders({ senderIds, decision: 'kept' })
    },
    async senders(count) {
      await expect.poll(async () => (await client.mailSenders({})).senders.length, polling).toBe(count)
      const { senders } = await client.mailSenders({})
      return senders.toSorted((a, b) => (a.name < b.name ? -1 : 1))
    },
    async titles(expected) {
      const sorted = expected.toSorted()
      await expect.poll(async () => (await listed()).map(({ title }) => title).toSorted(), polling).toEqual(sorted)
    },
    lookNow: () => intake.mailChanged({ reconnectId: null }),
    async allRead() {
      const waiting = async () => {
        const { senders } = await client.mailSenders({})
        return senders.filter(one => one.decision === 'kept').reduce((sum, one) => sum + one.waiting, 0)
      }
      await expect.poll(waiting, polling).toBe(0)
    },
    async [Symbol.asyncDispose]() {
      await engine.close()
      await intake.close()
      await Promise.all([http.close(), pool.close()])
      store[Symbol.dispose]()
      await rm(store.dir, { recursive: true, force: true })
    },
  }
}

const polling = { timeout: 20_000, interval: 20 }
