/** An LRU cache of files by key. Whatever goes wrong with it counts as a miss. */
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type MediaCache = {
  read(key: string): Promise<Uint8Array | null>
  write(key: string, bytes: Uint8Array): Promise<void>
}

/** To which share it is evicted once it is full, so that not every write has to evict. */
const evictedTo = 0.9

/** `mostBytes` of files in `folder`, which is made when it is first needed. Keys are hex. */
export function createMediaCache(folder: string, mostBytes: number): MediaCache {
  /** Sizes, least recently used first. */
  let sizes: Promise<Map<string, number>> | null = null
  let writes = 0

  const load = () => {
    sizes ??= filesBy(folder)
    return sizes
  }

  function touch(known: Map<string, number>, key: string, size: number): void {
    known.delete(key)
    known.set(key, size)
  }

  async function evict(known: Map<string, number>): Promise<void> {
    let total = [...known.values()].reduce((sum, size) => sum + size, 0)
    if (total <= mostBytes) return
    for (const [key, size] of [...known]) {
      if (total <= mostBytes * evictedTo) return
      known.delete(key)
      total -= size
      await rm(join(folder, key), { force: true })
    }
  }

  return {
    async read(key) {
      try {
        const known = await load()
        if (!known.has(key)) return null
        const file = join(folder, key)
        const bytes = await readFile(file)
        touch(known, key, bytes.length)
        await utimes(file, new Date(), new Date())
        return bytes
      } catch {
        return null
      }
    },
    async write(key, bytes) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        const known = await load()
        // Renamed when it is complete, so that half a picture is never read.
        const part = join(folder, `part-${process.pid}-${++writes}`)
        await writeFile(part, bytes, { mode: 0o600 })
        await rename(part, join(folder, key))
        touch(known, key, bytes.length)
        await evict(known)
      } catch {
        // On a full disk the picture is shown uncached.
      }
    },
  }
}

async function filesBy(folder: string): Promise<Map<string, number>> {
  const names = await readdir(folder).catch(() => [])
  const files: { name: string; size: number; usedAt: number }[] = []
  for (const name of names) {
    const info = await stat(join(folder, name)).catch(() => null)
    if (!info) continue
    if (/^[0-9a-f]{64}$/.test(name)) files.push({ name, size: info.size, usedAt: info.mtimeMs })
    // Left by a process that was killed while writing.
    else await rm(join(folder, name), { force: true, recursive: true })
  }
  files.sort((a, b) => a.usedAt - b.usedAt)
  return new Map(files.map(({ name, size }) => [name, size]))
}
