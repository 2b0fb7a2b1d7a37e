/** A file that holds disk space in reserve: when the disk is full it is deleted, so that clicks can still be stored. */
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const size = 4 * 1024 * 1024
/** With less than this free, nothing is held in reserve. */
export const leastFree = 32 * 1024 * 1024

export type Reserve = {
  /** Writes the file, where there is plenty of space. Throws what the system says. */
  hold(): void
  /** Deletes it; false where there was none. */
  giveUp(): boolean
  /** Bytes free on the disk; null where the system does not say. */
  freeBytes(): number | null
}

/** What an ordinary user may still write in a folder; null where the system doesn't say (some network drives have no size). */
export function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize, blocks } = statfsSync(folder)
    return blocks > 0 ? bavail * bsize : null
  } catch {
    return null
  }
}

export function createReserve(dataDir: string): Reserve {
  const file = join(dataDir, 'reserve')

  return {
    hold() {
      if (existsSync(file) && statSync(file).size === size) return
      const free = freeBytes(dataDir)
      if (free !== null && free < leastFree + size) return
      const handle = openSync(file, 'w', 0o600)
      try {
        // A file system that compresses would store equal bytes in no space.
        const block = Buffer.alloc(64 * 1024)
        for (let at = 0; at < block.length; at++) block[at] = (at * 167 + (at >> 8) * 59) & 255
        for (let written = 0; written < size; written += block.length) writeSync(handle, block)
        fsyncSync(handle)
      } catch (error) {
        rmSync(file, { force: true })
        throw error
      } finally {
        closeSync(handle)
      }
    },
    giveUp() {
      if (!existsSync(file)) return false
      rmSync(file, { force: true })
      return true
    },
    freeBytes: () => freeBytes(dataDir),
  }
}
