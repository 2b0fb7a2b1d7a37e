/** Where the engine writes down what went wrong with itself: one line each, without anybody's password. */

export type Log = (line: string) => void

/** `write` gets whole lines; `now` in ms. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return line => write(`${new Date(now()).toISOString()} ${withoutCredentials(line)}\n`)
}

/** Addresses may carry a name and a password (https://me:secret@example.com). */
export function withoutCredentials(line: string): string {
  return line.replace(/(\bhttps?:\/\/)[^\s/@]+@/gi, '$1***@')
}
