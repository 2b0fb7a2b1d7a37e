/**
 * How well and how fast articles come to stories. `--resample` says how well with parts of the labels and in other orders, so that
 * no change is judged by one figure; `--sweep` tries other thresholds and writes docs/stories-sweep.svg.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { defaultOptions } from '../../src-main/stories/options.ts'
import { createStories, type Stories } from '../../src-main/stories/stories.ts'
import { numberOf } from './lib-measure.ts'
import { drawSweep, type Sweep } from './lib-stories-chart.ts'
import { makeHeadlines } from './lib-stories-data.ts'
import {
  halves,
  type Labelled,
  labelledHeadlines,
  largestWrong,
  mixed,
  randomHalf,
  type Score,
  scoreOf,
} from './lib-stories-score.ts'

const chart = join(import.meta.dirname, '../../docs/stories-sweep.svg')

/** `--headlines N` (50,000). */
export async function run(args: string[] = []): Promise<void> {
  const labelled = labelledHeadlines()
  if (labelled) printScores(labelled)
  else console.log('Scores: skipped, there are no labelled headlines beside the repository.')
  if (args.includes('--resample') && labelled) printResampled(labelled)
  if (args.includes('--sweep') && labelled) writeFileSync(chart, drawSweep(sweep(labelled)))
  measureSpeed(numberOf(args, '--headlines', 50_000))
}

function printScores(all: Labelled[]): void {
  const [first, second] = halves(all)
  console.log('| labelled headlines | articles | B-cubed P | R | F1 | pair precision |\n|---|--:|--:|--:|--:|--:|')
  const row = (name: string, some: Labelled[]) => {
    const { precision, recall, f1, pairs } = scoreOf(some)
    const figures = [precision, recall, f1, pairs].map(figure => figure.toFixed(3))
    console.log(`| ${name} | ${some.length} | ${figures.join(' | ')} |`)
  }
  row('all', all)
  row('first half of the labels', first)
  row('second half of the labels', second)
  console.log('\nThe story with most wrong pairs:')
  for (const { label, articles, title } of largestWrong(all)) console.log(`- ${articles} of ${label}: ${title}`)
}

/** Ten random halves of the labels, each in five orders, and all labels in six. */
function printResampled(all: Labelled[]): void {
  const hours = [0, 1, 3, 6, 12]
  const parts = Array.from({ length: 10 }, (_, seed) => randomHalf(all, seed + 1))
  const row = (name: string, scores: Score[]) => {
    const figures = (['f1', 'pairs'] as const).flatMap(figure => {
      const values = scores.map(score => score[figure])
      return [values.reduce((sum, value) => sum + value) / values.length, Math.min(...values)]
    })
    const wanting = scores.filter(({ pairs }) => pairs < 0.95).length
    console.log(
      `| ${name} | ${figures.map(figure => figure.toFixed(3)).join(' | ')} | ${wanting} of ${scores.length} |`,
    )
  }
  console.log(
    '\n| resampled | F1: mean | worst | pair precision: mean | worst | below .95 |\n|---|--:|--:|--:|--:|--:|',
  )
  row(
    'halves of the labels, mixed by up to 12 hours',
    parts.flatMap((part, at) => hours.map((most, order) => scoreOf(mixed(part, most, at * 10 + order)))),
  )
  row(
    'all labels, mixed by up to 6 hours',
    [1, 2, 3, 4, 5, 6].map(seed => scoreOf(mixed(all, [1, 3, 6][seed % 3]!, seed))),
  )
}

function sweep(all: Labelled[]): Sweep[] {
  const steps = (from: number, to: number, step: number) =>
    Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => from + index * step)
  const line = (name: 'join' | 'merge', title: string, values: number[]): Sweep => ({
    title,
    chosen: defaultOptions[name],
    points: values.map((value): { value: number } & Score => ({ value, ...scoreOf(all, { [name]: value }) })),
  })
  return [
    line('join', 'An article joins from this likeness on', steps(0.105, 0.285, 0.02)),
    line('merge', 'Two stories are merged from this cosine on', steps(0.2, 0.44, 0.02)),
  ]
}

/**
 * Processor time, not time: others keep the machine busy. Memory is what is had back once nothing holds the stories: while they
 * are made, V8 joins the made-up titles, which take less room then.
 */
function measureSpeed(count: number): void {
  const headlines = makeHeadlines(count)
  const more = makeHeadlines(1_000, { from: count, seed: 2 })
  const now = headlines.at(-1)!.publishedAt
  let stories: Stories | null = createStories()
  const all = processorTime(() => addInBatches(stories!, headlines))
  const thousand = processorTime(() =>
    stories!.add(
      more.map(headline => ({ ...headline, publishedAt: now })),
      now,
    ),
  )
  const held = memory()
  stories = null
  const megabytes = held - memory()
  console.log(`\n${count.toLocaleString('en')} headlines, half of them with text, of 1,000 feeds and five days:`)
  console.log(
    `- grouped in ${(all / 1_000).toFixed(1)} s of processor time, ${((all / count) * 1_000).toFixed(0)} µs each`,
  )
  console.log(`- 1,000 more in ${thousand.toFixed(0)} ms`)
  console.log(`- ${megabytes.toFixed(0)} MB`)
}

/** As refreshes bring them. */
function addInBatches(stories: Stories, headlines: ReturnType<typeof makeHeadlines>): void {
  for (let from = 0; from < headlines.length; from += 500) {
    const batch = headlines.slice(from, from + 500)
    stories.add(batch, batch.at(-1)!.publishedAt)
  }
}

function processorTime(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function memory(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  // Array buffers of the first are counted until their sweep has ended, which the second waits for.
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 1e6
}
