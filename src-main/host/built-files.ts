/**
 * Caches the renderer's built files, so that all requests for one share its bytes: a client that requests again and again and
 * reads nothing would have a copy made each time, gigabytes in all.
 */
import { readFile } from 'node:fs/promises'

/** Many times the size of a build. While builds follow each other (npm run dev), files of earlier ones are dropped. */
const mostBytes = 32_000_000

export type BuiltFiles = { read(file: string, isHashed: boolean): Promise<Buffer> }

/** `isHashed`: its name has a hash of its content, which therefore never changes. Others are small, and read each time. */
export function builtFiles(): BuiltFiles {
  const cache = new Map<string, Promise<Buffer>>()
  let bytes = 0

  async function load(file: string): Promise<Buffer> {
    try {
      const content = await readFile(file)
      if (bytes + content.byteLength > mostBytes) {
        cache.clear()
        bytes = 0
      }
      bytes += content.byteLength
      return content
    } catch (error) {
      // Requests for absent files must not fill the cache.
      cache.delete(file)
      throw error
    }
  }

  return {
    read(file, isHashed) {
      if (!isHashed) return readFile(file)
      const content = cache.get(file) ?? load(file)
      cache.set(file, content)
      return content
    },
  }
}
