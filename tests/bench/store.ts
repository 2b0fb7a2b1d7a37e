/**
 * How fast the store answers at size: makes, once, stores of up to the given size with believable text, and measures what
 * a window asks of the largest, through the engine. Opening is measured with the built program.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, statSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { openDatabase, type ReadDb } from '../../src-main/store/db/open.ts'
import { makeEngine } from '../support/engine.ts'
import { measure, numberOf, shares, type Times } from './lib-measure.ts'
import { lastDay } from './lib-store-data.ts'
import { makeStores, storeFile, tidy } from './lib-store-make.ts'
import type { Opening } from './lib-store-open.ts'
import { insertFifty, type Question, questions } from './lib-store-questions.ts'

const execute = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** `--articles N` (1,000,000), `--calls N` (100), `--rounds N` (1): of each question the quietest is told. Prints Markdown. */
export async function run(args: string[] = []): Promise<void> {
  const articles = numberOf(args, '--articles', 1_000_000)
  const calls = numberOf(args, '--calls', 100)
  const rounds = numberOf(args, '--rounds', 1)
  await execute(process.execPath, [join(root, 'scripts/build.mjs')])
  makeStores(articles)
  const file = storeFile(articles, articles)

  console.log(`${articles.toLocaleString('en')} articles; load ${loadavg()[0]?.toFixed(1)} when it began\n`)
  await reportOpening(file)
  const db = openDatabase(file)
  tidy(db)
  reportSizes(db, statSync(file).size / articles)
  await using engine = makeEngine({
    now: () => lastDay,
    store: { db, file, dir: mkdtempSync(join(tmpdir(), 'broadsheet-bench-')), [Symbol.dispose]: () => db.close() },
  })
  const client = engine.connect()
  console.log('| question | rows | p50 ms | p99 ms | CPU ms | CPU p99 |\n|---|--:|--:|--:|--:|--:|')
  for (const [name, times] of await quietest(rounds, calls, questions(db, client))) printRow(name, times)
  const inserts = Array.from({ length: 30 }, (_, seed) => insertFifty(db, seed + 1))
  printRow('50 new articles stored and indexed', { rows: 50, ...shares(inserts), cpu: 0, cpu99: 0 })
  await reportMany(client, engine.connect())
}

/** On a machine that others use, too, a round is only ever slower than it need be. */
async function quietest(rounds: number, calls: number, asked: Question[]): Promise<Map<string, Times>> {
  const quietest = new Map<string, Times>()
  for (let round = 0; round < rounds; round++) {
    for (const { name, ask } of asked) {
      const times = await measure(calls, ask)
      if (times.p99 < (quietest.get(name)?.p99 ?? Number.POSITIVE_INFINITY)) quietest.set(name, times)
    }
  }
  return quietest
}

function printRow(name: string, { rows, p50, p99, cpu, cpu99 }: Times): void {
  const told = cpu > 0 ? `${cpu.toFixed(2)} | ${cpu99.toFixed(2)}` : ' | '
  console.log(`| ${name} | ${rows || ''} | ${p50.toFixed(2)} | ${p99.toFixed(2)} | ${told} |`)
}

/** Five openings, each by a process of its own. */
async function reportOpening(file: string): Promise<void> {
  const openings: Opening[] = []
  for (let round = 0; round < 5; round++) {
    const program = join(import.meta.dirname, 'lib-store-open.ts')
    const { stdout } = await execute(process.execPath, [program, file])
    openings.push(JSON.parse(stdout) as Opening)
  }
  const firsts = openings.map(opening => Math.round(opening.first)).toSorted((a, b) => a - b)
  const [{ bare = 0, before = 0, resident = 0, residentLater = 0 } = {}] = openings
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  console.log(`open to first answers, ms: ${firsts.join(', ')}`)
  console.log(
    `resident: ${megabytes(resident)} then, ${megabytes(residentLater)} after 200 lists and all searches, of which ` +
      `${megabytes(bare)} are Node's and ${megabytes(before - bare)} the bench's own window's\n`,
  )
}

function reportSizes(db: ReadDb, perArticle: number): void {
  const articles = db.prepare<[], number>('SELECT COUNT(*) FROM articles').pluck().get() ?? 1
  const tables = db
    .prepare<[], { name: string; bytes: number }>(
      `SELECT CASE WHEN name GLOB 'article_index_*' THEN 'text index' ELSE name END AS name, SUM(pgsize) AS bytes
       FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 12`,
    )
    .all()
  console.log(`${Math.round(perArticle)} bytes per article:`)
  for (const { name, bytes } of tables) console.log(`  ${name} ${Math.round(bytes / articles)}`)
  console.log()
}

/** Marks about 100,000 and takes it back, while another window asks. */
async function reportMany(client: EngineClient, other: EngineClient): Promise<void> {
  const { newestId } = await client.headlines({ view: { kind: 'all' }, limit: 1 })
  const marked = await timed(other, () =>
    client.markViewRead({ view: { kind: 'all' }, newestId: Math.ceil(newestId * 0.3) }),
  )
  const { changed, undoId } = marked.answer
  const undone = await timed(other, () => client.undo({ undoId: undoId ?? 0 }))
  console.log(`\nmark ${changed.toLocaleString('en')} read: ${marked.told}`)
  console.log(`take it back: ${undone.told}`)
}

async function timed<Answer>(
  other: EngineClient,
  ask: () => Promise<Answer>,
): Promise<{ answer: Answer; told: string }> {
  const waits: number[] = []
  const started = performance.now()
  let isDone = false
  const answering = ask().finally(() => {
    isDone = true
  })
  while (!isDone) {
    const asked = performance.now()
    await other.headlines({ view: { kind: 'unread' }, limit: 50 })
    waits.push(performance.now() - asked)
    // The port of this bench is quicker than any real one: without this nothing else would get its turn.
    await new Promise(resolve => setImmediate(resolve))
  }
  const answer = await answering
  const { p50, p99 } = shares(waits)
  const took = Math.round(performance.now() - started)
  const longest = Math.max(...waits).toFixed(0)
  const others = `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, longest ${longest} ms`
  return { answer, told: `${took} ms; ${waits.length} pages asked meanwhile waited ${others}` }
}
