/** A body of any length, pulled by its reader piece by piece: the server waits while the reader does. */
import type { Failure } from '../../api/model.ts'

/** `bytes` have a buffer of their own, which can be moved to another thread. */
export type BodyPiece =
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'end' }
  | { kind: 'failed'; failure: Failure }

export type BodyStream = {
  /** The next piece, of 256 KB at most. One at a time; never rejects. */
  read(): Promise<BodyPiece>
  /** Nothing more of it is wanted: ends the request. */
  close(): void
}

/** Where the bytes come from. */
type Source = { pause(): void; resume(): void; abort(): void }

const pieceBytes = 262_144
/** What is held of it at most, but for what is on its way when the server is told to wait. */
const mostHeld = 1_000_000

/** Between a server that sends and a reader that pulls. */
export class BodyPipe implements BodyStream {
  readonly #source: Source
  #held: Uint8Array[] = []
  #heldBytes = 0
  #isPaused = false
  #last: BodyPiece | null = null
  #waiting: ((piece: BodyPiece) => void) | null = null

  constructor(source: Source) {
    this.#source = source
  }

  write(chunk: Uint8Array): void {
    if (this.#last) return
    this.#held.push(chunk)
    this.#heldBytes += chunk.length
    if (this.#heldBytes >= mostHeld && !this.#isPaused) {
      this.#isPaused = true
      this.#source.pause()
    }
    this.#serve()
  }

  end(): void {
    this.#last ??= { kind: 'end' }
    this.#serve()
  }

  fail(failure: Failure): void {
    this.#last ??= { kind: 'failed', failure }
    this.#serve()
  }

  read(): Promise<BodyPiece> {
    const { promise, resolve } = Promise.withResolvers<BodyPiece>()
    this.#waiting = resolve
    this.#serve()
    return promise
  }

  close(): void {
    this.#held = []
    this.#heldBytes = 0
    if (!this.#last) this.#source.abort()
    this.end()
  }

  #serve(): void {
    const piece = this.#waiting && (this.#heldBytes > 0 ? this.#take() : this.#last)
    if (!piece) return
    const waiting = this.#waiting
    this.#waiting = null
    waiting?.(piece)
  }

  #take(): BodyPiece {
    const bytes = new Uint8Array(Math.min(this.#heldBytes, pieceBytes))
    for (let filled = 0; filled < bytes.length; ) {
      const chunk = this.#held.shift() as Uint8Array
      const fits = chunk.subarray(0, bytes.length - filled)
      bytes.set(fits, filled)
      filled += fits.length
      if (fits.length < chunk.length) this.#held.unshift(chunk.subarray(fits.length))
    }
    this.#heldBytes -= bytes.length
    if (this.#isPaused && this.#heldBytes < mostHeld / 2) {
      this.#isPaused = false
      this.#source.resume()
    }
    return { kind: 'bytes', bytes }
  }
}
