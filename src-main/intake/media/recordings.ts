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

export type Recordings = {
  open(request: RecordingRequest): Promise<OpenedRecording | LoadedResource>
  /** The next bytes. One at a time. */
  read(streamId: number): Promise<RecordingPiece>
  close(streamId: number): void
}

const accept = 'audio/*,video/*;q=0.9,*/*;q=0.1'
const mostKnown = 200
/** A player has one or two open; one that was given up without a word must not hold a connection for ever. */
const mostRunning = 12

/** `wait`: for so many ms, after a second break. */
export function createRecordings({
  http,
  wait,
}: {
  http: Pick<Http, 'open'>
  wait(ms: number): Promise<void>
}): Recordings {
  const known = new Map<string, Recording>()
  const running = new Map<number, RecordingStream>()
  let lastId = 0

  async function ask({ url, privateHost, proxy }: MediaRequest, range: ByteRange): Promise<RangeAnswer> {
    const answer = await http.open({ url, privateHost, proxy, range: rangeHeader(range), accept })
    return rangeAnswer(answer, range)
  }

  async function open(request: RecordingRequest): Promise<OpenedRecording | LoadedResource> {
    // In its middle a recording does not say what it is.
    if (request.range.first > 0 && !known.has(keyOf(request))) {
      const refusal = await lookAtHead(request)
      if (refusal) return refusal
    }
    const answer = await ask(request, request.range)
    return answer.kind === 'bytes' ? begin(request, answer) : answer.refusal
  }

  /** Asks for the first bytes alone, and notes what they are; a refusal where they are nothing to play. */
  async function lookAtHead(request: RecordingRequest): Promise<LoadedResource | null> {
    const opened = await open({ ...request, range: { first: 0, last: 4_095 } })
    if (!('streamId' in opened)) return opened
    close(opened.streamId)
    return null
  }

  async function begin(
    request: MediaRequest,
    answer: RangeAnswer & { kind: 'bytes' },
  ): Promise<OpenedRecording | LoadedResource> {
    const { part, body, etag, hasRanges } = answer
    const head = part.first === 0 ? await headOf(body) : []
    const type = part.first === 0 ? playedType(head) : (known.get(keyOf(request))?.type ?? null)
    if (type === null) {
      body.close()
      return noResource(415)
    }
    const recording = { type, total: part.total, etag }
    remember(keyOf(request), recording)
    dropOldest()
    const streamId = ++lastId
    const start = { recording, part, body, head, hasRanges }
    running.set(streamId, new RecordingStream(start, { ask: range => ask(request, range), wait }))
    return { status: hasRanges ? 206 : 200, type, maxAgeSeconds: 0, streamId, part }
  }

  async function read(streamId: number): Promise<RecordingPiece> {
    const stream = running.get(streamId)
    if (!stream) return { kind: 'broken-off' }
    // The latest one read is the last to be dropped.
    running.delete(streamId)
    running.set(streamId, stream)
    const piece = await stream.next()
    if (piece.kind !== 'bytes') close(streamId)
    return piece
  }

  function close(streamId: number): void {
    running.get(streamId)?.close()
    running.delete(streamId)
  }

  function dropOldest(): void {
    const [oldest] = running.keys()
    if (oldest !== undefined && running.size >= mostRunning) close(oldest)
  }

  function remember(key: string, recording: Recording): void {
    if (known.size >= mostKnown) known.clear()
    known.set(key, recording)
  }

  return { open, read, close }
}

/** Permissions of a private host are its feed's own. */
function keyOf({ url, privateHost }: MediaRequest): string {
  return `${privateHost ?? ''} ${url}`
}
