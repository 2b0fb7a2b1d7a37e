/** Where the engine writes down what went wrong with itself: one line each, without anybody's password. */

export type Log = (line: string) => void

/** `write` gets whole lines; `now` in ms. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return line => write(`${new Date(now()).toISOString()} ${withMaskedCredentials(line)}\n`)
}

/**
 * Does what nobody waits for. What goes wrong with it (a full disk, a damaged page) is written down and ends nothing: the
 * engine would only start again and meet the same. True when it was done.
 */
export function attempt(log: Log, what: string, act: () => void): boolean {
  try {
    act()
    return true
  } catch (error) {
    log(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return false
  }
}

/** Addresses may carry a name and a password (https://me:secret@example.com). */
export function withMaskedCredentials(line: string): string {
  return line.replace(/(\bhttps?:\/\/)[^\s/@]+@/gi, '$1***@')
}
