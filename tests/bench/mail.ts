/**
 * The first look at a mailbox of 10,000 messages on Dovecot, in the built program: how long it takes, what a window waits
 * meanwhile, and what memory the process holds; then one message of 30 MB.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, type EngineClient } from '../../src-main/api/contract/rpc.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { startEngine } from '../../src-main/host/engine-host.ts'
import { hasDovecot, password } from '../support/dovecot.ts'
import { type MailServer, startMailServer, user } from './lib-mail-server.ts'
import { numberOf } from './lib-measure.ts'

const root = join(import.meta.dirname, '../..')
const every = 50

/** `--messages N` (10,000). Prints Markdown. */
export async function run(args: string[] = []): Promise<void> {
  if (!hasDovecot) return console.log('Dovecot is not installed.')
  const { ensureBuilt } = await import(join(root, 'scripts', 'lib', 'ensure.mjs'))
  await ensureBuilt()
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-mail-'))
  const messages = numberOf(args, '--messages', 10_000)
  const server = await startMailServer(messages)
  const file = (name: string) => join(root, 'out', 'main', `${name}.js`)
  const files = {
    engine: file('engine'),
    intake: file('intake'),
    worker: file('worker'),
    maintenance: file('maintenance'),
    grouping: file('grouping'),
  }
  const started = await startEngine({ dataDir, isPolling: true, files })
  if (started.kind === 'unusable') throw new Error(`the engine did not start: ${started.detail}`)
  const engine = connect(portOfNodePort(started.engine.connect()))
  try {
    await engine.sources({})
    await measure(engine, server, messages)
  } finally {
    engine.close()
    await started.engine.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(engine: EngineClient, server: MailServer, messages: number): Promise<void> {
  const waits: number[] = []
  const before = process.memoryUsage().rss
  let memory = before
  let isDone = false
  const asking = (async () => {
    while (!isDone) {
      const start = performance.now()
      await engine.headlines({ view: { kind: 'all' }, limit: 100 })
      waits.push(performance.now() - start)
      memory = Math.max(memory, process.memoryUsage().rss)
      await wait(every)
    }
  })()
  const start = performance.now()
  const at = { host: '127.0.0.1', port: server.port, security: 'none', userName: user, password } as const
  await engine.addMailbox({ ...at, address: 'ann@test.example', folders: ['INBOX'], days: 30 })
  await until(async () => {
    const { senders } = await engine.mailSenders({})
    return senders.reduce((sum, { waiting }) => sum + waiting, 0) === messages
  })
  const heads = performance.now() - start
  const { senders } = await engine.mailSenders({})
  await engine.decideSenders({ senderIds: senders.map(({ id }) => id), decision: 'kept' })
  await until(async () => (await engine.counts({})).all === messages)
  const all = performance.now() - start
  const rest = memory
  await server.deliverLarge(30_000_000)
  await until(async () => (await engine.counts({})).all === messages + 1)
  const large = performance.now() - start - all
  isDone = true
  await asking
  const sorted = waits.toSorted((a, b) => a - b)
  const ms = (share: number) => `${sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(0)} ms`
  console.log(
    `| heads of ${messages} | texts, too | a window waits p50 | p99 | at most | memory before | memory | 30 MB message | memory then |`,
  )
  console.log('|---|---|---|---|---|---|---|---|---|')
  console.log(
    `| ${seconds(heads)} | ${seconds(all)} | ${ms(0.5)} | ${ms(0.99)} | ${ms(1)} | ${megabytes(before)} | ${megabytes(rest)} | ${seconds(large)} | ${megabytes(memory)} |`,
  )
}

async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await wait(200)
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
const megabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`
