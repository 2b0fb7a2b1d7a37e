/** How long the engine's thread was held by one piece of work: longer than this (ms) is felt, and is written down. */
import type { Log } from './log.ts'

const felt = 30

/**
 * Does the work, and writes down where it held the thread too long: for how long, and how much of that it worked. The rest
 * it waited: for the disk, for another's turn, or for a processor. `now` in ms.
 */
export function timed<Result>(log: Log, what: string, work: () => Result, now = () => performance.now()): Result {
  const started = now()
  const workedBefore = process.threadCpuUsage()
  try {
    return work()
  } finally {
    const took = now() - started
    if (took > felt) {
      const { user, system } = process.threadCpuUsage(workedBefore)
      const worked = Math.round((user + system) / 1_000)
      log(`slow ${what} held the engine for ${Math.round(took)} ms, ${worked} of them at work`)
    }
  }
}
