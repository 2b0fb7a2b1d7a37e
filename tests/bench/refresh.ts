/**
 * What a refresh of a thousand feeds takes, beside newsboat (where it is installed) and beside fetching alone; and what a
 * window waits meanwhile. All on loopback. Turn by turn in one run, so that a busy machine is busy for all.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Farm, startFarm } from './lib-refresh-farm.ts'
import { type Measured, measure } from './lib-refresh-measure.ts'
import { askWhileRefreshing, type Delays } from './lib-refresh-window.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const phases = ['first fetch', 'again', 'nothing new', '10 % new'] as const
type Phase = (typeof phases)[number]
type Program = { name: string; command: string[] }
type Row = Measured & { latency: number; phase: Phase; program: string; requests: number; unmodified: number }

/** `--feeds N` (1,000), `--rounds N` (1), `--latency A,B` (0,150 ms), `--no-newsboat`. Prints Markdown. */
export async function run(args: string[] = []): Promise<void> {
  const value = (name: string, otherwise: string) =>
    (args.includes(name) ? args[args.indexOf(name) + 1] : otherwise) ?? ''
  const rounds = Number(value('--rounds', '1'))
  const latencies = value('--latency', '0,150').split(',').map(Number)
  const { ensureBuilt } = await import(join(root, 'scripts', 'lib', 'ensure.mjs'))
  await ensureBuilt()
  mkdirSync(join(root, '.cache', 'bench'), { recursive: true })
  const folder = mkdtempSync(join(root, '.cache', 'bench', 'refresh-'))
  const farm = await startFarm(Number(value('--feeds', '1000')))
  // The farm is a program of its own, and would stay.
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))
  process.once('exit', farm.stop)
  const hasNewsboat = !args.includes('--no-newsboat') && spawnSync('newsboat', ['--version']).status === 0
  try {
    console.log(`${farm.name}; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}; Node ${process.version}\n`)
    const rows: Row[] = []
    for (let round = 0; round < rounds; round++) {
      for (const latency of latencies) rows.push(...(await compare(farm, folder, latency, hasNewsboat, round)))
    }
    printTable(rows, latencies)
    for (const latency of latencies) await reportWindow(farm, folder, latency)
  } finally {
    farm.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compare(
  farm: Farm,
  folder: string,
  latency: number,
  hasNewsboat: boolean,
  round: number,
): Promise<Row[]> {
  await farm.rewind()
  await farm.setLatency(latency)
  const programs = await makePrograms(farm, folder, hasNewsboat)
  const rows: Row[] = []
  for (const phase of phases) {
    if (phase === '10 % new') await farm.addArticles()
    // In another order each round: the first of a phase warms the farm for the others.
    for (let turn = 0; turn < programs.length; turn++) {
      const { name, command } = programs[(turn + round) % programs.length]!
      const cwd = join(folder, name)
      await farm.resetStats()
      const measured = await measure(command, {
        cwd: name === 'Broadsheet' ? root : cwd,
        env: { ...process.env, HOME: cwd },
      })
      const { requests, n304 } = await farm.stats()
      if (measured.code !== 0) console.error(`${name}, ${phase}: exit ${measured.code}. ${measured.words}`)
      rows.push({ ...measured, latency, phase, program: name, requests, unmodified: n304 })
    }
  }
  return rows
}

async function makePrograms(farm: Farm, folder: string, hasNewsboat: boolean): Promise<Program[]> {
  const at = (...path: string[]) => join(folder, ...path)
  for (const name of ['Broadsheet', 'newsboat', 'fetching alone']) {
    rmSync(at(name), { recursive: true, force: true })
    mkdirSync(at(name), { recursive: true })
  }
  writeFileSync(at('Broadsheet', 'feeds.opml'), await farm.opml())
  for (const name of ['newsboat', 'fetching alone']) writeFileSync(at(name, 'urls'), await farm.urls())
  writeFileSync(at('newsboat', 'config'), 'reload-threads 8\nauto-reload no\nmax-items 0\n')
  const options = [
    '--opml',
    at('Broadsheet', 'feeds.opml'),
    '--data',
    at('Broadsheet', 'data'),
    '--force',
    '--allow-private',
  ]
  const bare = join(root, 'tests', 'bench', 'lib-refresh-bare.ts')
  const newsboat = ['newsboat', '-q', '-u', 'urls', '-c', 'store.db', '-C', 'config', '-x', 'reload']
  return [
    { name: 'Broadsheet', command: ['npm', 'run', '-s', 'broadsheet', '--', 'refresh', ...options] },
    ...(hasNewsboat ? [{ name: 'newsboat', command: newsboat }] : []),
    { name: 'fetching alone', command: [process.execPath, bare, 'urls', 'memory.json'] },
  ]
}

/** Medians over the rounds. newsboat sends validators from its third fetch on, so that only then nothing new is nothing new. */
function printTable(rows: Row[], latencies: number[]): void {
  const programs = [...new Set(rows.map(row => row.program))]
  console.log(
    '| latency | | program | wall s | CPU s | peak MB | requests (304) | wall, to newsboat | wall, to fetching |',
  )
  console.log('|--:|---|---|--:|--:|--:|--:|--:|--:|')
  for (const latency of latencies) {
    for (const phase of phases) {
      if (phase === 'again') continue
      const of = (program: string) =>
        rows.filter(row => row.latency === latency && row.phase === phase && row.program === program)
      const wall = (program: string) => median(of(program).map(row => row.wallSeconds))
      for (const program of programs) {
        const [first] = of(program)
        const cells = [
          ...[wall(program).toFixed(2), median(of(program).map(row => row.cpuSeconds)).toFixed(2)],
          ...[median(of(program).map(row => row.peakMb)).toFixed(0), `${first?.requests} (${first?.unmodified})`],
          ...['newsboat', 'fetching alone'].map(other => ratio(wall(program) / wall(other))),
        ]
        console.log(`| ${latency} ms | ${phase} | ${program} | ${cells.join(' | ')} |`)
      }
    }
  }
}

async function reportWindow(farm: Farm, folder: string, latency: number): Promise<void> {
  await farm.rewind()
  await farm.setLatency(latency)
  const dataDir = join(folder, 'window')
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir)
  const opml = await farm.opml()
  console.log(`\nA window's questions, 20 a second, latency ${latency} ms:\n`)
  console.log('| during | question | asked | p50 ms | p99 ms | max ms |\n|---|---|--:|--:|--:|--:|')
  for (const phase of ['first fetch', 'nothing new', '10 % new']) {
    if (phase === '10 % new') await farm.addArticles()
    const delays = await askWhileRefreshing(dataDir, join(root, 'out', 'main'), opml)
    for (const [question, waits] of Object.entries({ ...delays, all: allOf(delays) })) {
      const cells = [50, 99, 100].map(part => percentile(waits, part).toFixed(1))
      console.log(`| ${phase} | ${question} | ${waits.length} | ${cells.join(' | ')} |`)
    }
  }
}

function allOf(delays: Delays): number[] {
  return Object.values(delays).flat()
}

function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * part) / 100))] ?? Number.NaN
}

function median(values: number[]): number {
  return percentile(values, 50)
}

function ratio(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : ''
}
