/**
 * The first look at a mailbox of 10,000 messages on Dovecot, in the built program with a browser's window (`broadsheet serve`):
 * how long it takes, what the window waits meanwhile, and the most memory that the program's process has held; then one message
 * of 30 MB.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { type Dovecot, hasDovecot, password, startDovecot } from '../support/dovecot.ts'
import { letter, withFile } from '../support/letters.ts'
import { startProgram } from '../torture/program.ts'
import { createRandom } from '../torture/random.ts'
import { numberOf } from './lib-measure.ts'
import { residentMb } from './lib-refresh-measure.ts'

const root = join(import.meta.dirname, '../..')
const lists = 50
const every = 50

/** `--messages N` (10,000). Prints Markdown. */
export async function run(args: string[] = []): Promise<void> {
  if (!hasDovecot) return console.log('Dovecot is not installed.')
  const { ensureBuilt, oneHeap } = await import(join(root, 'scripts', 'lib', 'ensure.mjs'))
  await ensureBuilt()
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-mail-'))
  const server = await startDovecot()
  const messages = numberOf(args, '--messages', 10_000)
  for (let id = 0; id < messages; id++) server.deliver('ann', anIssue(id))
  const { engine, proc, output } = await startProgram(dataDir, oneHeap)
  try {
    await measure(engine, proc.pid ?? 0, server, messages)
  } finally {
    const ended = once(proc, 'exit')
    proc.kill('SIGTERM')
    await ended
    process.stderr.write(output())
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function measure(engine: EngineClient, program: number, server: Dovecot, messages: number): Promise<void> {
  const waits: number[] = []
  // Made before anything is measured: it takes this process 100 ms, in which it would not hear an answer.
  const largeMessage = Buffer.from(withFile(anIssue(messages), 30_000_000))
  const before = residentMb(program)
  let isDone = false
  const asking = (async () => {
    while (!isDone) {
      const start = performance.now()
      await engine.headlines({ view: { kind: 'all' }, limit: 100 })
      waits.push(performance.now() - start)
      await wait(every)
    }
  })()
  const start = performance.now()
  const at = { host: '127.0.0.1', port: server.port, security: 'none', userName: 'ann', password } as const
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
  const memory = residentMb(program, 'most')
  server.deliver('ann', largeMessage)
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
    `| ${seconds(heads)} | ${seconds(all)} | ${ms(0.5)} | ${ms(0.99)} | ${ms(1)} | ${megabytes(before)} | ${megabytes(memory)} | ${seconds(large)} | ${megabytes(residentMb(program, 'most'))} |`,
  )
}

/** Each of other words: of texts that are alike, stories would be sought. */
function anIssue(id: number, size = 8_000): string {
  const list = `list${id % lists}.harbour.example`
  const sentence = () => Array.from({ length: 14 }, word).join(' ')
  const paragraph = () => `<p>${sentence()}; <a href="https://harbour.example/${id}">${word()}</a>.</p>\n`
  const html = `<h1>${sentence()}</h1>${Array.from({ length: size / 150 }, paragraph).join('')}`
  return letter({ id, list, from: `news@${list}`, name: `Paper ${id % lists}`, subject: sentence(), html })
}

const syllables = [
  'ta',
  'ri',
  'mo',
  'len',
  'ko',
  'su',
  'fer',
  'da',
  'ni',
  'bar',
  'to',
  'wes',
  'gil',
  'pu',
  'ra',
  'chen',
]
const random = createRandom(7)

/** One of 4,096 words, the same at each run. */
function word(): string {
  return Array.from({ length: 3 }, () => random.pick(syllables)).join('')
}

async function until(check: () => Promise<boolean>): Promise<void> {
  while (!(await check())) await wait(200)
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
const megabytes = (amount: number) => `${Math.round(amount)} MB`
