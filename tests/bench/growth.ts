/** How costs grow from ten thousand articles to a million: processor time of each question, as a table and docs/growth.svg. */
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { newestArticleId, rowsByIds } from '../../src-main/store/articles/headlines.ts'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { makeEngine } from '../support/engine.ts'
import { drawGrowth, type Line } from './lib-growth-chart.ts'
import { measure, numberOf } from './lib-measure.ts'
import { makeStores, sizesUpTo, storeFile } from './lib-store-make.ts'
import { insertFifty } from './lib-store-questions.ts'

const day = 24 * 60 * 60 * 1_000
const chart = join(import.meta.dirname, '../../docs/growth.svg')

/** `--articles N` (1,000,000), `--calls N` (40). Prints Markdown and writes the chart. `--made` takes what sizes there are. */
export async function run(args: string[] = []): Promise<void> {
  const articles = numberOf(args, '--articles', 1_000_000)
  const calls = numberOf(args, '--calls', 40)
  if (!args.includes('--made')) makeStores(articles)
  const sizes = sizesUpTo(articles).filter(size => existsSync(storeFile(size, articles)))
  const lines: Line[] = []
  for (const size of sizes) {
    for (const { name, ms } of await costsAt(storeFile(size, articles), calls)) {
      const line = lines.find(known => known.name === name) ?? { name, points: [] }
      if (line.points.length === 0) lines.push(line)
      line.points.push({ articles: size, ms })
    }
  }
  console.log(`| CPU ms | ${sizes.map(size => size.toLocaleString('en')).join(' | ')} |`)
  console.log(`|---|${sizes.map(() => '--:|').join('')}`)
  for (const { name, points } of lines)
    console.log(`| ${name} | ${points.map(({ ms }) => ms.toFixed(2)).join(' | ')} |`)
  writeFileSync(chart, drawGrowth(lines))
}

async function costsAt(file: string, calls: number): Promise<{ name: string; ms: number }[]> {
  const db = openDatabase(file)
  const newest = newestArticleId(db)
  const [row] = rowsByIds(db, [newest])
  const now = (row?.publishedAt ?? 0) + day / 4
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  await using engine = makeEngine({ now: () => now, store: { db, file, dir, [Symbol.dispose]: () => db.close() } })
  const client = engine.connect()
  const costs: { name: string; ms: number }[] = []
  for (const [name, ask] of asked(db, client, newest)) costs.push({ name, ms: (await measure(calls, ask)).cpu })
  // Insert and take out again: only the first is timed.
  const inserts = Array.from({ length: 20 }, (_, seed) => insertFifty(db, seed + 1)).toSorted((a, b) => a - b)
  costs.push({ name: 'insert, per article', ms: inserts[Math.floor(inserts.length / 4)]! / 50 })
  return costs
}

function asked(db: WriteDb, client: EngineClient, newest: number): [name: string, ask: () => unknown][] {
  const [middle] = rowsByIds(db, [Math.floor(newest / 2)])
  const after = middle ? { publishedAt: middle.publishedAt, id: middle.id } : null
  const search = (query: string) => client.headlines({ view: { kind: 'search', query }, limit: 50 })
  return [
    ['counts', () => client.counts({})],
    ['first page, unread', () => client.headlines({ view: { kind: 'unread' }, limit: 50 })],
    ['deep page, a folder', () => client.headlines({ view: { kind: 'folder', folderId: 1 }, limit: 50, after })],
    ['search, frequent words', () => search('storm police')],
    ['search, no such word', () => search('zzyzx')],
    ['search, category and word', () => search('tag:"topic 2" police')],
  ]
}
