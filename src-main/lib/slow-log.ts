/** Logs work that blocks the engine's thread. */
import type { Log } from './log.ts'

/** In ms: a delay from here on is felt. */
const slow = 30

/**
 * Does the work, and logs it if it was slow: for how long it blocked the thread, and how much of that it used the processor. The
 * rest it waited: for the disk, the write gate, or a processor. `now` in ms.
 */
export function timed<Result>(log: Log, what: string, work: () => Result, now = () => performance.now()): Result {
  const started = now()
  const workedBefore = process.threadCpuUsage()
  try {
    return work()
  } finally {
    const took = now() - started
    if (took > slow) {
      const { user, system } = process.threadCpuUsage(workedBefore)
      const worked = Math.round((user + system) / 1_000)
      log(`slow ${what} held the engine for ${Math.round(took)} ms, ${worked} of them at work`)
    }
  }
}
