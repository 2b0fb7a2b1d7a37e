/** Takes a body's bytes as they come, undoes its one content coding (RFC 9110, 8.4) and stops at a limit. */
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { Failure } from '../api/model.ts'

export type BodyResult = { kind: 'body'; bytes: Uint8Array } | { kind: 'failed'; failure: Failure }
export type BodySink = { write(chunk: Buffer): void; end(): void; destroy(): void }

type Coding = 'identity' | 'gzip' | 'br' | 'zstd' | 'deflate'
const codings = new Map<string, Coding>([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['deflate', 'deflate'],
])

/**
 * Makes a sink for a body of at most `maxBytes`, both before and after decoding: a bomb is dropped the moment it passes the
 * limit, not after it has been unpacked. `done` is called once, unless the sink is destroyed first.
 */
export function bodySink(contentEncoding: string, maxBytes: number, done: (result: BodyResult) => void): BodySink {
  const coding = codingOf(contentEncoding)
  const raw: Buffer[] = []
  let rawBytes = 0
  let decoder: Transform | null | undefined
  let isDone = false

  function finish(result: BodyResult): void {
    if (isDone) return
    isDone = true
    decoder?.destroy()
    done(result)
  }
  const tooLarge = () => finish({ kind: 'failed', failure: { reason: 'too-large', megabytes: maxBytes / 1_000_000 } })
  const broken = (detail: string) => finish({ kind: 'failed', failure: { reason: 'bad-answer', detail } })

  return {
    write(chunk) {
      if (isDone) return
      rawBytes += chunk.length
      if (rawBytes > maxBytes) return tooLarge()
      // Several codings on top of each other are how a bomb hides from a limit; nobody honest sends them.
      if (!coding) return broken(`content-encoding ${contentEncoding.slice(0, 40)}`)
      if (decoder === undefined) decoder = startDecoder(coding, chunk, maxBytes, finish)
      if (decoder) decoder.write(chunk)
      else raw.push(chunk)
    },
    end() {
      if (isDone) return
      if (decoder) return void decoder.end()
      // A single chunk belongs to the socket's own buffer pool; a copy lets that go.
      finish({ kind: 'body', bytes: Buffer.concat(raw, rawBytes) })
    },
    destroy() {
      isDone = true
      decoder?.destroy()
    },
  }
}

/** Null for several codings. One we don't know is a slip like 'utf-8' (seen in the wild) on plain bytes. */
function codingOf(header: string): Coding | null {
  return header.includes(',') ? null : (codings.get(header.trim().toLowerCase()) ?? 'identity')
}

/** Null when the bytes need no decoding, whatever the header says. */
function startDecoder(
  claimed: Coding,
  first: Buffer,
  maxBytes: number,
  finish: (result: BodyResult) => void,
): Transform | null {
  const coding = actualCoding(claimed, first)
  if (coding === 'identity') return null
  const decoder = makeDecoder(coding, first)
  const chunks: Buffer[] = []
  let bytes = 0
  decoder.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBytes) {
      finish({ kind: 'failed', failure: { reason: 'too-large', megabytes: maxBytes / 1_000_000 } })
      return
    }
    chunks.push(chunk)
  })
  decoder.on('end', () => finish({ kind: 'body', bytes: Buffer.concat(chunks, bytes) }))
  decoder.on('error', (error: NodeJS.ErrnoException) => {
    finish({ kind: 'failed', failure: { reason: 'bad-answer', detail: `${coding}: ${error.code ?? error.message}` } })
  })
  return decoder
}

/** Some servers send plain text marked gzip, and some send feed.xml.gz unmarked. The magic number (RFC 1952, 2.3.1) knows. */
function actualCoding(claimed: Coding, first: Buffer): Coding {
  if (claimed !== 'gzip' && claimed !== 'identity') return claimed
  if (first.length < 2) return claimed
  return first[0] === 0x1f && first[1] === 0x8b ? 'gzip' : 'identity'
}

function makeDecoder(coding: Exclude<Coding, 'identity'>, first: Buffer): Transform {
  const chunkSize = 65_536
  if (coding === 'gzip') return zlib.createGunzip({ chunkSize })
  if (coding === 'br') return zlib.createBrotliDecompress({ chunkSize })
  if (coding === 'zstd') return zlib.createZstdDecompress({ chunkSize })
  // 'deflate' means the zlib format, but some servers send the bare stream: the header's check bits tell (RFC 1950, 2.2).
  const isZlib = first.length >= 2 && (first[0]! & 0x0f) === 8 && (first[0]! * 256 + first[1]!) % 31 === 0
  return isZlib ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize })
}
