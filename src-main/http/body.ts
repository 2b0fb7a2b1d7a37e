/** Takes a body's bytes as they come, undoes its one content coding (RFC 9110, 8.4) and stops at a limit. */
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { Failure } from '../api/model.ts'
import { actualCoding, type Coding, isCompressed, isZlib, namedCoding, salvage } from './salvage-body.ts'

/** `came` is what could be had of a body that is damaged; null where that is nothing. */
export type BodyResult =
  | { kind: 'body'; bytes: Uint8Array }
  | { kind: 'failed'; failure: Failure; came: Uint8Array | null }

export type BodySink = {
  write(chunk: Buffer): void
  /** The body is complete. */
  end(): void
  /** Nothing more will come, for this reason. */
  breakOff(failure: Failure): void
  destroy(): void
}

/**
 * Makes a sink for a body of at most `maxBytes`, both before and after decoding: a bomb is dropped the moment it passes the
 * limit, not after it has been unpacked. `done` is called once, unless the sink is destroyed first.
 */
export function bodySink(contentEncoding: string, maxBytes: number, done: (result: BodyResult) => void): BodySink {
  const named = namedCoding(contentEncoding)
  const isRepeated = contentEncoding.includes(',')
  const tooLarge: Failure = { reason: 'too-large', megabytes: maxBytes / 1_000_000 }
  /** Kept beside what is decoded: damage is looked at again as a whole. */
  const raw: Buffer[] = []
  let rawBytes = 0
  let coding: Coding | undefined
  let decoder: Transform | null = null
  let isDamaged = false
  let isEnded = false
  let isDone = false

  function finish(result: BodyResult): void {
    if (isDone) return
    isDone = true
    decoder?.destroy()
    done(result)
  }
  const fail = (failure: Failure, came: Uint8Array | null = null) => finish({ kind: 'failed', failure, came })

  function giveWhatCame(failure: Failure): void {
    if (isDone) return
    const came = salvage(coding ?? 'identity', Buffer.concat(raw, rawBytes), maxBytes)
    if (came === 'too-large') fail(tooLarge)
    else if (came === 'plain') finish({ kind: 'body', bytes: Buffer.concat(raw, rawBytes) })
    else fail(failure, came)
  }

  function start(first: Buffer, claimed: Coding): void {
    coding = actualCoding(claimed, first)
    if (coding === 'identity') return
    decoder = makeDecoder(coding, first)
    const chunks: Buffer[] = []
    let bytes = 0
    decoder.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > maxBytes) fail(tooLarge)
      else chunks.push(chunk)
    })
    decoder.on('end', () => {
      const body = Buffer.concat(chunks, bytes)
      if (isRepeated && isCompressed(body)) fail(severalTimes)
      else finish({ kind: 'body', bytes: body })
    })
    decoder.on('error', () => {
      isDamaged = true
      if (isEnded) giveWhatCame(damaged)
    })
  }

  return {
    write(chunk) {
      if (isDone) return
      rawBytes += chunk.length
      if (rawBytes > maxBytes) return fail(tooLarge)
      // Several codings on top of each other are how a bomb hides from a limit; nobody honest sends them.
      if (!named) return fail(severalTimes)
      if (coding === undefined) start(chunk, named)
      raw.push(chunk)
      if (!isDamaged) decoder?.write(chunk)
    },
    end() {
      isEnded = true
      if (isDone) return
      if (isDamaged) return giveWhatCame(damaged)
      if (decoder) return void decoder.end()
      // A single chunk belongs to the socket's own buffer pool; a copy lets that go.
      finish({ kind: 'body', bytes: Buffer.concat(raw, rawBytes) })
    },
    breakOff(failure) {
      // Plain text in spite of its coding is no less broken off.
      if (isDone) return
      const came = salvage(coding ?? 'identity', Buffer.concat(raw, rawBytes), maxBytes)
      fail(failure, came === 'plain' ? Buffer.concat(raw, rawBytes) : came === 'too-large' ? null : came)
    },
    destroy() {
      isDone = true
      decoder?.destroy()
    },
  }
}

const severalTimes: Failure = { reason: 'bad-answer', detail: 'it is compressed several times over' }
const damaged: Failure = { reason: 'bad-answer', detail: 'its compression is damaged' }

function makeDecoder(coding: Exclude<Coding, 'identity'>, first: Buffer): Transform {
  const chunkSize = 65_536
  if (coding === 'gzip') return zlib.createGunzip({ chunkSize })
  if (coding === 'br') return zlib.createBrotliDecompress({ chunkSize })
  if (coding === 'zstd') return zlib.createZstdDecompress({ chunkSize })
  return isZlib(first) ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize })
}
