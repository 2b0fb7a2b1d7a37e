/** Counts starts that were never marked healthy, so that a program that crashes again and again starts with less. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** After so many in a row, the next start is in safe mode: nothing is polled, no article is reopened. */
const mostCrashes = 3

export type StartCount = {
  isSafeMode: boolean
  /** Once the program runs well, or at a clean shutdown. */
  markHealthy(): void
}

/** Counts this start. A count that can't be written or read is none: it must not keep anybody from starting. */
export function countStart(dataDir: string): StartCount {
  const file = join(dataDir, 'starts.json')
  const before = crashesIn(file)
  try {
    writeFileSync(file, JSON.stringify({ crashes: before + 1 }), { mode: 0o600 })
  } catch {
    // Then it is not counted.
  }
  return {
    isSafeMode: before >= mostCrashes,
    markHealthy: () => rmSync(file, { force: true }),
  }
}

function crashesIn(file: string): number {
  try {
    const noted: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const crashes = typeof noted === 'object' && noted !== null && 'crashes' in noted ? noted.crashes : 0
    return typeof crashes === 'number' ? crashes : 0
  } catch {
    return 0
  }
}
