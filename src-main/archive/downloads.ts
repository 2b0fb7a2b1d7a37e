/** Exported files, kept until they are downloaded: some minutes, or until the next start. */
import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { minute } from '../lib/time.ts'

export type Exports = {
  /** The path for a file of that name. */
  fileOf(name: string): string
  /** Null where it is not there any more. */
  read(name: string): Promise<Uint8Array | null>
  /** Deletes the file after some minutes. */
  offer(name: string): void
}

export function exportFolder(dataDir: string): string {
  return join(dataDir, 'exports')
}

/** Removes what an earlier run left. */
export function clearExports(dataDir: string): void {
  rmSync(exportFolder(dataDir), { recursive: true, force: true })
}

const offeredFor = 15 * minute

export function createExports(folder: string): Exports {
  const fileOf = (name: string) => join(folder, name)
  return {
    fileOf,
    read: name => readFile(fileOf(name)).catch(() => null),
    offer(name) {
      const remove = () => rmSync(fileOf(name), { force: true })
      setTimeout(remove, offeredFor).unref()
    },
  }
}
