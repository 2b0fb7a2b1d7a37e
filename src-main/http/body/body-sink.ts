/** Collects a body as it arrives, undoes its one content coding (RFC 9110, 8.4) and stops at a limit. */
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import type { Failure } from '../../api/model.ts'
import { actualCoding, type Coding, isZlib, namedCoding, salvage } from './salvage-body.ts'

/** `partial` is what could be read of a damaged body; null where that is nothing. */
type BodyResult = { kind: 'body'; bytes: Uint8Array } | { kind: 'failed'; failure: Failure; partial: Uint8Array | null }

const severalTimes: Failure = { reason: 'bad-answer', detail: 'it is compressed several times over' }
const damaged: Failure = { reason: 'bad-answer', detail: 'its compression is damaged' }

type BodyLimits = {
  maxBytes: number
  /** Hears of each piece that is kept, as it came and as it was decoded. */
  onHeld(bytes: number): void
}

/**
 * A body of at most `maxBytes`, both before and after decoding: a bomb is dropped the moment it passes the limit, not after
 * it has been unpacked. `done` is called once, unless `destroy` comes first.
 */
export class BodySink {
  readonly #named: Coding | null
  readonly #isRepeated: boolean
  readonly #maxBytes: number
  readonly #onHeld: (bytes: number) => void
  readonly #done: (result: BodyResult) => void
  /** Kept beside what is decoded, to salvage a damaged body from. */
  readonly #raw: Buffer[] = []
  #rawBytes = 0
  #coding: Coding | undefined
  #decoder: Transform | null = null
  #isDamaged = false
  #isEnded = false
  #isDone = false
  #isPaused = false
  /** What there is has to be salvaged; while the body waits, this waits with it. */
  #waiting: (() => void) | null = null

  constructor(contentEncoding: string, { maxBytes, onHeld }: BodyLimits, done: (result: BodyResult) => void) {
    this.#named = namedCoding(contentEncoding)
    this.#isRepeated = contentEncoding.includes(',')
    this.#maxBytes = maxBytes
    this.#onHeld = onHeld
    this.#done = done
  }

  write(chunk: Buffer): void {
    if (this.#isDone) return
    this.#rawBytes += chunk.length
    if (this.#rawBytes > this.#maxBytes) return void this.#failTooLarge()
    // Several codings on top of each other are how a bomb hides from a limit; nobody honest sends them.
    if (!this.#named) return void this.#fail(severalTimes)
    if (this.#coding === undefined) this.#start(chunk, this.#named)
    this.#raw.push(chunk)
    this.#onHeld(chunk.length)
    if (!this.#isDamaged) this.#decoder?.write(chunk)
  }

  /** Decodes no further: 64 KB of zeros are sixty of what was sent. */
  pause(): void {
    this.#isPaused = true
    this.#decoder?.pause()
  }

  resume(): void {
    this.#isPaused = false
    this.#decoder?.resume()
    this.#waiting?.()
    this.#waiting = null
  }

  /** The body is complete. */
  end(): void {
    this.#isEnded = true
    if (this.#isDone) return
    if (this.#isDamaged) this.#endDamaged()
    else if (this.#decoder) this.#decoder.end()
    // A single chunk belongs to the socket's own buffer pool; a copy frees that.
    else this.#finish({ kind: 'body', bytes: this.#allRaw() })
  }

  /** Nothing more will come, for this reason. Plain text that is sent as compressed is broken off all the same. */
  breakOff(failure: Failure): void {
    if (this.#isDone) return
    if (this.#isPaused) {
      this.#waiting = () => this.breakOff(failure)
      return
    }
    const partial = this.#salvage()
    this.#fail(failure, partial === 'plain' ? this.#allRaw() : partial === 'too-large' ? null : partial)
  }

  destroy(): void {
    this.#isDone = true
    this.#decoder?.destroy()
  }

  #start(first: Buffer, named: Coding): void {
    this.#coding = actualCoding(named, first)
    if (this.#coding === 'identity') return
    const decoder = makeDecoder(this.#coding, first)
    this.#decoder = decoder
    const chunks: Buffer[] = []
    let bytes = 0
    decoder.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > this.#maxBytes) return void this.#failTooLarge()
      chunks.push(chunk)
      this.#onHeld(chunk.length)
    })
    if (this.#isPaused) decoder.pause()
    decoder.on('end', () => {
      const body = Buffer.concat(chunks, bytes)
      if (this.#isRepeated && actualCoding('identity', body) !== 'identity') this.#fail(severalTimes)
      else this.#finish({ kind: 'body', bytes: body })
    })
    decoder.on('error', () => {
      this.#isDamaged = true
      if (this.#isEnded) this.#endDamaged()
    })
  }

  #endDamaged(): void {
    if (this.#isDone) return
    if (this.#isPaused) {
      this.#waiting = () => this.#endDamaged()
      return
    }
    const partial = this.#salvage()
    if (partial === 'too-large') this.#failTooLarge()
    else if (partial === 'plain') this.#finish({ kind: 'body', bytes: this.#allRaw() })
    else this.#fail(damaged, partial)
  }

  #salvage(): ReturnType<typeof salvage> {
    const salvaged = salvage(this.#coding ?? 'identity', this.#allRaw(), this.#maxBytes)
    if (salvaged instanceof Uint8Array) this.#onHeld(salvaged.length)
    return salvaged
  }

  #allRaw(): Buffer {
    return Buffer.concat(this.#raw, this.#rawBytes)
  }

  #failTooLarge(): void {
    this.#fail({ reason: 'too-large', megabytes: this.#maxBytes / 1_000_000 })
  }

  #fail(failure: Failure, partial: Uint8Array | null = null): void {
    this.#finish({ kind: 'failed', failure, partial })
  }

  #finish(result: BodyResult): void {
    if (this.#isDone) return
    this.destroy()
    this.#done(result)
  }
}

function makeDecoder(coding: Exclude<Coding, 'identity'>, first: Buffer): Transform {
  const chunkSize = 65_536
  if (coding === 'gzip') return zlib.createGunzip({ chunkSize })
  if (coding === 'br') return zlib.createBrotliDecompress({ chunkSize })
  if (coding === 'zstd') return zlib.createZstdDecompress({ chunkSize })
  return isZlib(first) ? zlib.createInflate({ chunkSize }) : zlib.createInflateRaw({ chunkSize })
}
