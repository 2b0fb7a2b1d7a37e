/** Reads a list of feeds from a window, a file or an archive: detects file type and charset. */
import { decode } from '../formats/decode.ts'
import { type OpmlReading, opmlLimits, readOpmlText } from './read.ts'
import { binaryKind } from './wrong-file.ts'

/** What a window sends: pasted text, or a file in base64. */
export type OpmlSource = { text?: string | undefined; file?: string | undefined }

export function readOpmlSource({ text = '', file }: OpmlSource): OpmlReading {
  return readOpml(file === undefined ? text : Buffer.from(file, 'base64'))
}

export function readOpml(input: string | Uint8Array): OpmlReading {
  if (typeof input === 'string') return readOpmlText(input)
  if (input.length > opmlLimits.bytes) {
    return { kind: 'failed', failure: { reason: 'too-large', megabytes: opmlLimits.bytes / 1_000_000 } }
  }
  const found = binaryKind(input)
  if (found) return { kind: 'failed', failure: { reason: 'not-a-list', found } }
  const decoded = decode(input, null)
  return decoded.ok ? readOpmlText(decoded.text) : { kind: 'failed', failure: decoded.failure }
}
