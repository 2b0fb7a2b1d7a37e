/**
 * Sound and film of any length, as a player asks for them: by ranges that go on to the server (RFC 9110, 14), read as they arrive.
 * Nothing of them is cached, and of each about a megabyte is held.
 */
import {
  type ByteRange,
  type LoadedResource,
  noResource,
  type OpenedRecording,
  type RecordingPiece,
} from '../../api/engine-thread.ts'
import type { Http } from '../../http/types.ts'
import type { MediaRequest } from './media.ts'
import { type RangeAnswer, rangeAnswer, rangeHeader } from './range-answer.ts'
import { headOf, playedType, type Recording, RecordingStream } from './recording-stream.ts'

export type RecordingRequest = MediaRequest & { range: ByteRange }

const accept = 'audio/*,video/*;q=0.9,*/*;q=0.1'
const mostKnown = 200
/** A player has one or two open; one that was given up without a word must not hold a connection for ever. */
const mostRunning = 12

type RecordingDeps = {
  http: Pick<Http, 'open'>
  /** For so many ms, after a second break. */
  wait(ms: number): Promise<void>
}

export class Recordings {
  readonly #deps: RecordingDeps
  readonly #known = new Map<string, Recording>()
  readonly #running = new Map<number, RecordingStream>()
  #lastId = 0

  constructor(deps: RecordingDeps) {
    this.#deps = deps
  }

  async open(request: RecordingRequest): Promise<OpenedRecording | LoadedResource> {
    // In its middle a recording does not say what it is.
    if (request.range.first > 0 && !this.#known.has(keyOf(request))) {
      const refusal = await this.#lookAtHead(request)
      if (refusal) return refusal
    }
    const answer = await this.#ask(request, request.range)
    return answer.kind === 'bytes' ? this.#begin(request, answer) : answer.refusal
  }

  /** The next bytes. One call at a time. */
  async read(streamId: number): Promise<RecordingPiece> {
    const stream = this.#running.get(streamId)
    if (!stream) return { kind: 'broken-off' }
    // The latest one read is the last to be dropped.
    this.#running.delete(streamId)
    this.#running.set(streamId, stream)
    const piece = await stream.next()
    if (piece.kind !== 'bytes') this.close(streamId)
    return piece
  }

  close(streamId: number): void {
    this.#running.get(streamId)?.close()
    this.#running.delete(streamId)
  }

  async #ask({ url, privateHost, proxy }: MediaRequest, range: ByteRange): Promise<RangeAnswer> {
    const answer = await this.#deps.http.open({ url, privateHost, proxy, range: rangeHeader(range), accept })
    return rangeAnswer(answer, range)
  }

  /** Asks for the first bytes alone, and notes what they are; a refusal where they are nothing to play. */
  async #lookAtHead(request: RecordingRequest): Promise<LoadedResource | null> {
    const opened = await this.open({ ...request, range: { first: 0, last: 4_095 } })
    if (!('streamId' in opened)) return opened
    this.close(opened.streamId)
    return null
  }

  async #begin(
    request: MediaRequest,
    { part, body, etag, hasRanges }: RangeAnswer & { kind: 'bytes' },
  ): Promise<OpenedRecording | LoadedResource> {
    const head = part.first === 0 ? await headOf(body) : []
    const type = part.first === 0 ? playedType(head) : (this.#known.get(keyOf(request))?.type ?? null)
    if (type === null) {
      body.close()
      return noResource(415)
    }
    const recording = { type, total: part.total, etag }
    this.#remember(keyOf(request), recording)
    this.#dropOldest()
    const streamId = ++this.#lastId
    const start = { recording, part, body, head, hasRanges }
    const deps = { ask: (range: ByteRange) => this.#ask(request, range), wait: this.#deps.wait }
    this.#running.set(streamId, new RecordingStream(start, deps))
    return { status: hasRanges ? 206 : 200, type, maxAgeSeconds: 0, streamId, part }
  }

  #dropOldest(): void {
    const [oldest] = this.#running.keys()
    if (oldest !== undefined && this.#running.size >= mostRunning) this.close(oldest)
  }

  #remember(key: string, recording: Recording): void {
    if (this.#known.size >= mostKnown) this.#known.clear()
    this.#known.set(key, recording)
  }
}

/** Permissions of a private host are its feed's own. */
function keyOf({ url, privateHost }: MediaRequest): string {
  return `${privateHost ?? ''} ${url}`
}
