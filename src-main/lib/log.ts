/** The log of the engine's own failures and of what was slow: one line each, without anybody's password. */
import { storageCode } from './disk-fault.ts'

export type Log = (line: string) => void

/** `write` gets whole lines; `now` in ms. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return line => write(`${new Date(now()).toISOString()} ${withMaskedCredentials(line)}\n`)
}

/**
 * Does work that nothing waits for. What fails in it (a full disk, a damaged page) is logged and not thrown: the engine would
 * only restart and fail again. True when it was done.
 */
export function attempt(log: Log, what: string, act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    log(`${what} failed: ${stackOf(error)}`)
    return false
  }
}

/** What the caller in another thread is told of an error. A bug is logged in this one, where its stack is. */
export function failureOf(log: Log): (error: unknown, name: string) => { code: string; detail: string } {
  return (error, name) => {
    const code = storageCode(error)
    if (code === '') log(`${name} failed: ${stackOf(error)}`)
    return { code, detail: error instanceof Error ? error.message : String(error) }
  }
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** Addresses may carry a name and a password (https://me:secret@example.com). */
export function withMaskedCredentials(line: string): string {
  return line.replace(/(\bhttps?:\/\/)[^\s/@]+@/gi, '$1***@')
}

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
