/**
 * The pictures of saved articles as files, one by each key, in a folder that nothing evicts. A file is there whole and on the
 * disk, or not at all: the database names it only afterwards, and it is removed only after the database has forgotten it.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../../lib/fsync.ts'

export type PictureFiles = {
  /** Null where it is not there or can't be read. */
  read(key: string): Promise<Uint8Array | null>
  /** Its size in bytes; null where it is not there. */
  size(key: string): Promise<number | null>
  /** Throws where the disk fails. */
  write(key: string, bytes: Uint8Array): Promise<void>
  /** What was written is on the disk when this answers. */
  sync(): void
  /** All that are there. */
  keys(): Promise<string[]>
  remove(key: string): Promise<void>
}

const keyShape = /^[0-9a-f]{64}$/

/** `folder` is made when it is first needed. */
export function createPictureFiles(folder: string): PictureFiles {
  let writes = 0
  return {
    read: key => readFile(join(folder, key)).catch(() => null),
    size: async key => {
      const info = await stat(join(folder, key)).catch(() => null)
      return info?.isFile() ? info.size : null
    },
    async write(key, bytes) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const part = join(folder, `part-${process.pid}-${++writes}`)
      try {
        await writeSynced(part, bytes)
        await rename(part, join(folder, key))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    sync() {
      if (existsSync(folder)) syncFolder(folder)
    },
    async keys() {
      const names = await readdir(folder).catch(() => [])
      const parts = names.filter(name => !keyShape.test(name) && !name.startsWith(`part-${process.pid}-`))
      // Left by a process that was killed while writing.
      for (const name of parts) if (name.startsWith('part-')) await rm(join(folder, name), { force: true })
      return names.filter(name => keyShape.test(name))
    },
    remove: key => rm(join(folder, key), { force: true }),
  }
}

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
