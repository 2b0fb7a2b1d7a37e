/**
 * What a reader waits for in the window, measured in Chromium over the built web host and a store of believable size: the
 * next article, the first headlines, frames while the list scrolls. With another built checkout beside it, turn by turn.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { addressOf } from '../support/broadsheet.ts'
import { chromiumOptions } from '../support/chromium.ts'
import { numberOf, shares, textOf } from './lib-measure.ts'
import { makeStores, storeFile } from './lib-store-make.ts'
import { kinds, type Work, workDuring } from './lib-ui-trace.ts'
import { closeWindow, openFirst, openWindow, pressNext, scrollList } from './lib-ui-window.ts'

const root = join(import.meta.dirname, '../..')
const tracedPresses = 20
const scrolledFrames = 400
/** In ms: a frame that a reader may see as a jerk. */
const slowFrame = 25

type Program = { name: string; url: string; host: ChildProcess }
type Measured = { program: string; loads: number[]; presses: number[]; calls: number; frames: number[] }

/**
 * `--articles N` (100,000), `--rounds N` (3), `--presses N` (40) and `--loads N` (3) in each round, `--against FOLDER`:
 * another built checkout of the program. Prints Markdown.
 */
export async function run(args: string[] = []): Promise<void> {
  const articles = numberOf(args, '--articles', 100_000)
  const rounds = numberOf(args, '--rounds', 3)
  const { ensureBuilt } = await import(join(root, 'scripts', 'lib', 'ensure.mjs'))
  await ensureBuilt()
  makeStores(articles)
  const folder = mkdtempSync(join(root, '.cache', 'bench', 'ui-'))
  const against = textOf(args, '--against')
  const checkouts = [...(against ? [{ name: 'other', at: against }] : []), { name: 'this', at: root }]
  console.log(`${articles.toLocaleString('en')} articles; ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  const browser = await chromium.launch(chromiumOptions())
  const programs: Program[] = []
  try {
    for (const { name, at } of checkouts) programs.push(await startHost(name, at, join(folder, name), articles))
    const measured: Measured[] = []
    for (let round = 0; round < rounds; round++) {
      for (const program of round % 2 ? programs.toReversed() : programs) {
        const sizes = { loads: numberOf(args, '--loads', 3), presses: numberOf(args, '--presses', 40) }
        measured.push(await measureWindow(browser, program, sizes))
      }
    }
    printTimes(programs, measured)
    await printWork(browser, programs)
  } finally {
    await browser.close()
    for (const { host } of programs) {
      host.stdin?.end()
      await once(host, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Over a copy of the store: reading marks articles read. */
async function startHost(name: string, checkout: string, dataDir: string, articles: number): Promise<Program> {
  mkdirSync(dataDir)
  copyFileSync(storeFile(articles, articles), join(dataDir, 'broadsheet.db'), constants.COPYFILE_FICLONE)
  const program = join(import.meta.dirname, 'lib-ui-host.ts')
  const host = spawn(process.execPath, [program, checkout, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  return { name, url: await addressOf(host), host }
}

async function measureWindow(
  browser: Browser,
  { name, url }: Program,
  sizes: { loads: number; presses: number },
): Promise<Measured> {
  const loads: number[] = []
  for (let load = 1; load < sizes.loads; load++) {
    const { page, firstHeadlines } = await openWindow(browser, url)
    loads.push(firstHeadlines)
    await closeWindow(page)
  }
  const { page, firstHeadlines, sent } = await openWindow(browser, url)
  loads.push(firstHeadlines)
  await openFirst(page)
  const before = sent()
  const presses = await pressNext(page, sizes.presses)
  const calls = (sent() - before) / sizes.presses
  const frames = await scrollList(page, scrolledFrames)
  await closeWindow(page)
  return { program: name, loads, presses, calls, frames }
}

function printTimes(programs: Program[], measured: Measured[]): void {
  console.log('| | `j` to next article: p50 ms | p95 | calls | first headlines: p50 ms | max | frames over 25 ms |')
  console.log('|---|--:|--:|--:|--:|--:|--:|')
  for (const { name } of programs) {
    const own = measured.filter(({ program }) => program === name)
    const presses = shares(own.flatMap(times => times.presses))
    const loads = own.flatMap(times => times.loads)
    const frames = own.flatMap(times => times.frames)
    const slow = frames.filter(took => took > slowFrame).length / frames.length
    const calls = own.reduce((sum, times) => sum + times.calls, 0) / own.length
    const cells = [
      ...[presses.p50.toFixed(0), presses.p95.toFixed(0), calls.toFixed(1)],
      ...[shares(loads).p50.toFixed(0), Math.max(...loads).toFixed(0), `${(slow * 100).toFixed(1)} %`],
    ]
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

/** In windows of their own: tracing takes time itself. */
async function printWork(browser: Browser, programs: Program[]): Promise<void> {
  console.log(
    `\nProcessor time of the page's main thread, ms:\n\n| | | ${kinds.join(' | ')} | all | tasks over 50 ms |`,
  )
  console.log(`|---|---|${'--:|'.repeat(kinds.length + 2)}`)
  for (const { name, url } of programs) {
    let page: Page | undefined
    const load = await workDuring(browser, undefined, async () => {
      page = (await openWindow(browser, url)).page
    })
    if (!page) throw new Error('no window')
    await openFirst(page)
    const read = page
    const presses = await workDuring(browser, read, () => pressNext(read, tracedPresses))
    await closeWindow(page)
    printRow(name, 'first headlines', load, 1)
    printRow(name, 'one article', presses, tracedPresses)
  }
}

function printRow(name: string, what: string, work: Work, times: number): void {
  const cells = [...kinds.map(kind => work[kind]), work.all, work.longTasks].map(value => (value / times).toFixed(1))
  console.log(`| ${name} | ${what} | ${cells.join(' | ')} |`)
}
