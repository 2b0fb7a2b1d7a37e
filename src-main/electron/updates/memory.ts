/** What is remembered of updates on this computer, in a small file beside the database. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export type UpdateMemory = {
  /** When Broadsheet was first started here (ms). */
  firstStartAt: number
  /** From 0 to 100: a version that only so many percent are to have waits for the others. Never sent. */
  place: number
  checkedAt: number | null
  /** A newer version that was found and is not running yet: it is asked for again soon after a start. */
  found: string | null
  /** What was to be installed as the program ended; null at other times. */
  installing: string | null
}

export class UpdateMemoryFile {
  readonly #file: string
  #memory: UpdateMemory

  /** `fresh`: what is remembered where there is no file yet. */
  constructor(file: string, fresh: UpdateMemory) {
    this.#file = file
    const read = readMemory(file)
    this.#memory = read ?? fresh
    if (!read) this.#write()
  }

  get current(): UpdateMemory {
    return this.#memory
  }

  change(part: Partial<UpdateMemory>): void {
    this.#memory = { ...this.#memory, ...part }
    this.#write()
  }

  /** As the window's: a crash leaves the old one, and one that can't be written is no loss. */
  #write(): void {
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#memory), { mode: 0o600 })
      renameSync(`${this.#file}.new`, this.#file)
    } catch {
      return
    }
  }
}

function readMemory(file: string): UpdateMemory | null {
  try {
    const { firstStartAt, place, checkedAt, found, installing } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      unknown
    >
    if (typeof firstStartAt !== 'number' || typeof place !== 'number') return null
    return {
      firstStartAt,
      place,
      checkedAt: typeof checkedAt === 'number' ? checkedAt : null,
      found: typeof found === 'string' ? found : null,
      installing: typeof installing === 'string' ? installing : null,
    }
  } catch {
    return null
  }
}
