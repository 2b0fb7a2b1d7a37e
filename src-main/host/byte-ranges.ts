/** Byte ranges (RFC 9110, 14) of what a window plays: of bytes that are there, and of recordings that are read as they are sent. */
import { Readable } from 'node:stream'
import type { ByteRange } from '../api/engine-thread.ts'
import type { Recording } from './engine-host.ts'
import type { FileAnswer } from './file-server.ts'

/** The range that a player asks for, from a byte on; null where none, several or the last bytes are asked for. */
export function playerRange(header: string | null): ByteRange | null {
  const [, first, last = ''] = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === undefined || (last !== '' && Number(last) < Number(first))) return null
  return { first: Number(first), last: last === '' ? null : Number(last) }
}

/** Nothing is read ahead of the window: it reads a piece, and then the next is asked for. */
export function answerRecording(recording: Recording, headers: FileAnswer['headers']): FileAnswer {
  const { status, part } = recording
  const { first, last, total } = part
  return {
    status,
    headers: {
      ...headers,
      'accept-ranges': status === 206 ? 'bytes' : 'none',
      ...(last !== null && { 'content-length': String(last - first + 1) }),
      ...(status === 206 && { 'content-range': `bytes ${first}-${last}/${total ?? '*'}` }),
    },
    body: streamOf(recording),
  }
}

function streamOf({ read, close }: Recording): Readable {
  return new Readable({
    highWaterMark: 1,
    read() {
      read().then(
        bytes => this.push(bytes),
        error => this.destroy(error),
      )
    },
    destroy(error, done) {
      close()
      done(error)
    },
  })
}

/** What media elements seek in. */
export function answerPart(all: Uint8Array, headers: FileAnswer['headers'], range: string | null): FileAnswer {
  const part = rangeOf(range, all.byteLength)
  const bytes = part ? all.subarray(part.first, part.last + 1) : all
  return {
    status: part ? 206 : 200,
    headers: {
      ...headers,
      'accept-ranges': 'bytes',
      'content-length': String(bytes.byteLength),
      ...(part && { 'content-range': `bytes ${part.first}-${part.last}/${all.byteLength}` }),
    },
    body: bytes,
  }
}

/** One byte range (RFC 9110, 14.1.2), as media elements ask for when seeking; null for none, several or a senseless one. */
function rangeOf(header: string | null, size: number): { first: number; last: number } | null {
  const match = header?.match(/^bytes=(\d{0,15})-(\d{0,15})$/)
  if (!match) return null
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return null
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  return first <= last ? { first, last } : null
}
