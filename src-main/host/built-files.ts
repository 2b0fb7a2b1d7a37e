/**
 * Reads the renderer's built files, once each: all who ask for one are given the same bytes. Whoever asks again and again and
 * takes nothing would have a copy made each time, gigabytes in all.
 */
import { readFile } from 'node:fs/promises'

/** Many times what a build has. Where builds follow each other (npm run dev), those of before are let go of. */
const mostBytes = 32_000_000

export type BuiltFiles = { read(file: string, isHashed: boolean): Promise<Buffer> }

/** `isHashed`: the name says what is in it, so that it never changes. Others are small, and read each time. */
export function builtFiles(): BuiltFiles {
  const known = new Map<string, Promise<Buffer>>()
  let bytes = 0

  async function keep(file: string): Promise<Buffer> {
    try {
      const content = await readFile(file)
      if (bytes + content.byteLength > mostBytes) {
        known.clear()
        bytes = 0
      }
      bytes += content.byteLength
      return content
    } catch (error) {
      // Whoever asks for what is not there leaves nothing behind.
      known.delete(file)
      throw error
    }
  }

  return {
    read(file, isHashed) {
      if (!isHashed) return readFile(file)
      const before = known.get(file)
      if (before) return before
      const reading = keep(file)
      known.set(file, reading)
      return reading
    },
  }
}
