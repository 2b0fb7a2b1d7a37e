/** The log of the engine's own failures and of what was slow: one line each, without anybody's password. */
import { storageCode } from './disk-fault.ts'

export type Log = (line: string) => void

/** `write` gets whole lines; `now` in ms. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return line => write(`${new Date(now()).toISOString()} ${withMaskedCredentials(line)}\n`)
}

/**
 * Runs work that nothing waits for. Its errors (a full disk, a damaged page) are logged and not thrown: the engine would only
 * restart and fail again. True when it succeeded.
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

/** Describes errors to the calling thread. Bugs are logged in this one, which has the stack. */
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

/** In ms: users notice longer delays. */
const slow = 30

/**
 * Runs the work, and logs it if it was slow: how long it blocked the thread, and how much of that was time of the processor. The
 * rest was waiting: for the disk, the write gate, or a processor. `now` in ms.
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
