/** A week of polling with a clock that is told to go on: what an engine that stands idle most of the time comes to hold. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pollForDays } from '../support/long-run.ts'
import { numberOf } from './lib-measure.ts'

/** `--feeds N` (500), `--days N` (7). Prints a Markdown table. */
export async function run(args: string[] = []): Promise<void> {
  // What is garbage is no memory held: it is swept before each look. Room that V8 keeps for the next rush stays resident.
  setFlagsFromString('--expose-gc')
  globalThis.gc = runInNewContext('gc') as typeof globalThis.gc
  console.log(
    '| day | polls | new articles | timers run | heap MB | beside the heap MB | resident MB | open files | log MB |',
  )
  console.log('|--:|--:|--:|--:|--:|--:|--:|--:|--:|')
  let number = 0
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
  await pollForDays({ feeds: numberOf(args, '--feeds', 500), days: numberOf(args, '--days', 7) }, day => {
    const held = [...[day.heap, day.besideHeap, day.resident].map(megabytes), day.openFiles, megabytes(day.log)]
    console.log(`| ${[++number, day.polls, day.articles, day.wakes, ...held].join(' | ')} |`)
  })
}
