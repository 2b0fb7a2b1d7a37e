/** A recording as it is read: its bytes in their order, asked for anew where the connection breaks. */
import type { ByteRange, RecordingPart, RecordingPiece } from '../../api/engine-thread.ts'
import { fileType } from '../../feeds/file-type.ts'
import type { BodyPiece, BodyStream } from '../../http/body/body-stream.ts'
import { second } from '../../lib/time.ts'
import type { RangeAnswer } from './range-answer.ts'

/** What is known of a recording from its first bytes and its server's answers. */
export type Recording = { type: string; total: number | null; etag: string | null }

export type StreamStart = {
  recording: Recording
  part: RecordingPart
  body: BodyStream
  /** Pieces of the body that were read to see what it is. */
  head: Uint8Array<ArrayBuffer>[]
  hasRanges: boolean
}

export type StreamDeps = {
  /** Asks the server for bytes of this recording. */
  ask(range: ByteRange): Promise<RangeAnswer>
  wait(ms: number): Promise<void>
}

const playedTypes = /^(?:audio\/(?:ogg|flac|wav|mp4|mpeg|aac)|video\/(?:mp4|webm))$/
const sniffedBytes = 262
/** Without a byte between them. */
const mostBreaks = 3
const brokenOff: RecordingPiece = { kind: 'broken-off' }

export class RecordingStream {
  readonly #recording: Recording
  readonly #deps: StreamDeps
  readonly #hasRanges: boolean
  readonly #head: Uint8Array<ArrayBuffer>[]
  #body: BodyStream
  /** The next byte, and the one after the last; null where the server did not say. */
  #position: number
  readonly #end: number | null
  #breaks = 0

  constructor({ recording, part, body, head, hasRanges }: StreamStart, deps: StreamDeps) {
    this.#recording = recording
    this.#deps = deps
    this.#hasRanges = hasRanges
    this.#head = [...head]
    this.#body = body
    this.#position = part.first
    this.#end = part.last === null ? null : part.last + 1
  }

  /** The next bytes. One call at a time. */
  async next(): Promise<RecordingPiece> {
    while (true) {
      const piece = await this.#nextPiece()
      if (piece.kind === 'bytes') {
        this.#position += piece.bytes.length
        this.#breaks = 0
        return piece
      }
      const isWhole = this.#end === null || this.#position >= this.#end
      if (piece.kind === 'end' && isWhole) return piece
      if (!this.#hasRanges || ++this.#breaks > mostBreaks) return brokenOff
      if (this.#breaks > 1) await this.#deps.wait((this.#breaks - 1) * second)
      if ((await this.#resume()) === 'another-recording') return brokenOff
    }
  }

  close(): void {
    this.#body.close()
  }

  async #nextPiece(): Promise<BodyPiece> {
    const bytes = this.#head.shift()
    return bytes ? { kind: 'bytes', bytes } : this.#body.read()
  }

  /** Goes on where it broke off. While the server is not reached the body stays the one that has ended. */
  async #resume(): Promise<'resumed' | 'unreached' | 'another-recording'> {
    const { total, etag } = this.#recording
    const last = this.#end === null ? null : this.#end - 1
    const answer = await this.#deps.ask({ first: this.#position, last })
    if (answer.kind === 'unreached') return 'unreached'
    if (answer.kind === 'refused') return 'another-recording'
    const isSameTag = answer.etag === null || etag === null || answer.etag === etag
    if (!answer.hasRanges || answer.part.total !== total || !isSameTag) {
      answer.body.close()
      return 'another-recording'
    }
    this.#body = answer.body
    return 'resumed'
  }
}

/** The first pieces, until they say what it is; the end of a shorter one is left to be read again. */
export async function headOf(body: BodyStream): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (let held = 0; held < sniffedBytes; ) {
    const piece = await body.read()
    if (piece.kind !== 'bytes') break
    pieces.push(piece.bytes)
    held += piece.bytes.length
  }
  return pieces
}

/** What a recording is by its first pieces; null where it is nothing to play. */
export function playedType(pieces: Uint8Array[]): string | null {
  const head = Buffer.concat(pieces.map(piece => piece.subarray(0, sniffedBytes)))
  const type = head.length < 12 ? null : fileType(head)
  return type !== null && playedTypes.test(type) ? type : null
}
