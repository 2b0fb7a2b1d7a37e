import { readFileSync } from 'node:fs'
import type { Resource } from '../../src-main/api/engine-thread.ts'

/** The bytes that a window would load. */
export function bytesOf(resource: Resource): Uint8Array<ArrayBuffer> {
  return new Uint8Array('file' in resource ? readFileSync(resource.file) : resource.bytes)
}
