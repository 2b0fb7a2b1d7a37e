/**
 * `npm run torture [-- --minutes 20]`: kills, damage and full disks, many times over, and what is lost by them. Where
 * ../shared lies beside the project its crash check runs as well: power cuts, single failed writes, a full disk.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../support/sources.ts'
import { corruptionRound, makeLibrary, spoilings } from './corruption.ts'
import { type Fault, faultRounds, fullDisk, mountSmallDisk, refusedWrites } from './disk-faults.ts'
import { groupingRounds } from './grouping.ts'
import { killRounds } from './kills.ts'
import { migrationRounds } from './migrating.ts'
import { startPairs } from './pairs.ts'
import { type Home, homes } from './program.ts'

type Result = { name: string; isGood: boolean; said: string }
type Part = {
  name: string /** Of the whole time. */
  share: number
  run(seconds: number): Promise<Omit<Result, 'name'> | null>
}

const checks = join(projectRoot, '../shared/checks')
const work = mkdtempSync(join(tmpdir(), 'broadsheet-torture-'))

const parts: Part[] = [
  { name: 'kill -9 in migrations', share: 0.05, run: migrations },
  { name: 'kill -9 in grouping', share: 0.05, run: grouping },
  { name: 'corruptions', share: 0.1, run: corruptions },
  { name: 'pairs on one folder', share: 0.05, run: pairs },
  ...homes.flatMap(partsOf),
]

/** What is done to the engine in either of its homes. */
function partsOf(home: Home): Part[] {
  const inHome = (name: string) => `${name}; the engine in a ${home}`
  return [
    { name: inHome('kills in clicks, refresh'), share: 0.1, run: seconds => kills(home, seconds) },
    { name: inHome('full disk'), share: 0.03, run: () => onSmallDisk(home) },
    { name: inHome('every write is refused'), share: 0.02, run: () => onRefusal(home) },
    { name: inHome('power cuts'), share: 0.1, run: seconds => crashCheck(home, 'powercut', 100, seconds) },
    { name: inHome('a failed write'), share: 0.1, run: seconds => crashCheck(home, 'eio', 300, seconds) },
    { name: inHome('disk full at a write'), share: 0.03, run: seconds => crashCheck(home, 'full', 50, seconds) },
  ]
}

/** Prints a table. Answers 1 where anything was lost. */
export async function run(args: string[]): Promise<number> {
  const at = args.indexOf('--minutes')
  const minutes = at < 0 ? 20 : Number(args[at + 1])
  const results: Result[] = []
  console.log('| part | | what came of it |\n|---|---|---|')
  for (const { name, share, run: runPart } of parts) {
    const result = await runPart(minutes * 60 * share)
    const said = result?.said ?? 'skipped: what it needs is not here'
    console.log(`| ${name} | ${result ? (result.isGood ? 'good' : '**bad**') : '-'} | ${said} |`)
    if (result) results.push({ name, ...result })
  }
  rmSync(work, { recursive: true, force: true })
  return results.every(result => result.isGood) ? 0 : 1
}

async function kills(home: Home, seconds: number) {
  const report = await killRounds({ dataDir: join(work, `kills-${home}`), rounds: 200, seconds, home })
  const { rounds, answered, lost, problems } = report
  const starts = report.startMs.toSorted((a, b) => a - b)
  return {
    isGood: lost.length + problems.length === 0,
    said: `${rounds} rounds, ${answered} clicks answered, ${lost.length} lost; start p95 ${Math.round(starts[Math.floor(starts.length * 0.95)] ?? 0)} ms ${problems.join('; ')}`,
  }
}

async function migrations(seconds: number) {
  const { rounds, interrupted, problems } = await migrationRounds(100, 7, seconds)
  return { isGood: problems.length === 0, said: `${rounds} rounds, ${interrupted} interrupted ${problems.join('; ')}` }
}

async function grouping(seconds: number) {
  const dataDir = join(work, 'grouping')
  const { rounds, interrupted, articles, said, problems } = await groupingRounds({ dataDir, rounds: 100, seconds })
  return {
    isGood: problems.length === 0,
    said: `${rounds} rounds, ${interrupted} interrupted, ${articles} articles, ${said} corrections ${problems.join('; ')}`,
  }
}

async function corruptions(seconds: number) {
  const library = await makeLibrary()
  const ends = performance.now() + seconds * 1_000
  const bad: string[] = []
  let [rounds, recovered, slowest] = [0, 0, 0]
  for (let seed = 1; performance.now() < ends && rounds < 250; seed++) {
    for (const spoiling of spoilings) {
      const outcome = await corruptionRound(library, spoiling, seed * 7_919)
      rounds++
      if (outcome.isRecovered) recovered++
      slowest = Math.max(slowest, outcome.tookMs)
      if (outcome.problems.length > 0) bad.push(`${spoiling.name} ${seed}: ${outcome.problems.join(', ')}`)
    }
  }
  rmSync(library.dir, { recursive: true, force: true })
  const said = `${rounds} rounds, ${recovered} recovered, slowest start ${Math.round(slowest)} ms ${bad.join('; ')}`
  return { isGood: bad.length === 0, said }
}

async function pairs() {
  const { pairs: count, problems } = await startPairs(20)
  return { isGood: problems.length === 0, said: `${count} pairs ${problems.join('; ')}` }
}

async function onSmallDisk(home: Home) {
  const disk = process.platform === 'win32' ? null : mountSmallDisk()
  if (!disk) return null
  try {
    return await diskFault(home, fullDisk(disk.folder), disk.folder)
  } finally {
    disk.unmount()
  }
}

async function onRefusal(home: Home) {
  return process.platform === 'linux' ? diskFault(home, refusedWrites, work) : null
}

async function diskFault(home: Home, fault: Fault, folder: string) {
  const dataDir = join(folder, `fault-${home}`)
  const { rounds, refused, answered, problems } = await faultRounds({ dataDir, fault, rounds: 8, home })
  const said = `${rounds} rounds, ${answered} clicks answered, ${refused} refused ${problems.join('; ')}`
  return { isGood: problems.length === 0, said }
}

type CrashReport = {
  rounds: number
  acked: number
  lostCount: number
  refusedWrites: number
  faultAtStart?: number
  pass: boolean
}

/** The sibling folder's check, in pieces, so that it ends in time; null where it or a C compiler is not there. */
async function crashCheck(home: Home, mode: 'powercut' | 'eio' | 'full', rounds: number, seconds: number) {
  const shim = join(work, 'powercut.so')
  if (!existsSync(join(checks, 'crash-check.mjs')) || !(await compileShim(shim))) return null
  const sum = { rounds: 0, faultsAtStart: 0, acked: 0, lost: 0, refused: 0, isGood: true, said: '' }
  const ends = performance.now() + seconds * 1_000
  const piece = 25
  for (let offset = 0; offset < rounds && performance.now() < ends; offset += piece) {
    const count = Math.min(piece, rounds - offset)
    const args = ['--mode', mode, '--shim', shim, '--rounds', String(count), '--seed', String(offset + 1)]
    const output = await runCheck(home, [...args, '--offset', String(offset)])
    const report = JSON.parse(output) as CrashReport
    sum.rounds += report.rounds
    sum.acked += report.acked
    sum.lost += report.lostCount
    sum.faultsAtStart += report.faultAtStart ?? 0
    sum.refused += report.refusedWrites
    if (!report.pass) {
      sum.isGood = false
      sum.said += output
    }
  }
  const { faultsAtStart, acked, lost, refused, said } = sum
  const counted = `${sum.rounds} rounds (${faultsAtStart} did not start), ${acked} clicks answered, ${lost} lost, ${refused} refused`
  // Where no click was answered, nothing was shown.
  return { isGood: sum.isGood && acked > 0, said: `${counted} ${said}` }
}

async function compileShim(shim: string): Promise<boolean> {
  if (existsSync(shim)) return true
  const source = join(checks, 'lib', 'powercut.c')
  const flags = ['-shared', '-fPIC', '-O2', '-o', shim, source, '-ldl', '-lpthread']
  return process.platform === 'linux' && spawnSync('gcc', flags).status === 0 && hasSqlite()
}

/** The check looks at the database with SQLite's own program. */
function hasSqlite(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0
}

function runCheck(home: Home, args: string[]): Promise<string> {
  const adapter = join(projectRoot, 'tests', 'safety', 'crash-adapter.mjs')
  const command = [join(checks, 'crash-check.mjs'), '--adapter', adapter, ...args]
  const env = { ...process.env, CRASH_HOME: home }
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'ignore'], env })
  let output = ''
  child.stdout.on('data', data => {
    output += String(data)
  })
  return new Promise(resolve => child.once('close', () => resolve(output)))
}
