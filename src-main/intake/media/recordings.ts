/**
 * Sound and film of any length, as a player asks for them: by ranges that go on to the server (RFC 9110, 14), read as they arrive.
 * Nothing of them is cached, and of each about a megabyte is held.
 */
import {
  type ByteRange,
  type LoadedResource,
  noResource,
  type OpenedRecording,
  type RecordingPart,
  type RecordingPiece,
} from '../../api/engine-thread.ts'
import { fileType } from '../../feeds/file-type.ts'
import type { BodyPiece, BodyStream } from '../../http/body/body-stream.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import { second } from '../../lib/time.ts'
import type { MediaRequest } from './media.ts'

export type RecordingRequest = MediaRequest & { range: ByteRange }

export type Recordings = {
  open(request: RecordingRequest): Promise<OpenedRecording | LoadedResource>
  /** The next bytes. One at a time. */
  read(streamId: number): Promise<RecordingPiece>
  close(streamId: number): void
}

type Open = (
  request: { url: string; range: string } & Pick<MediaRequest, 'privateHost' | 'proxy'>,
) => Promise<HttpAnswer<BodyStream>>

/** What is known of a recording from its first bytes and its server's answers. */
type Known = { type: string; total: number | null; etag: string | null }
type Running = {
  request: RecordingRequest
  known: Known
  body: BodyStream
  /** Read before it was known what it is. */
  head: Uint8Array<ArrayBuffer>[]
  /** The next byte, and the one after the last. */
  position: number
  end: number | null
  /** Only then can it go on where it broke off. */
  hasRanges: boolean
  /** Breaks without a byte between them. */
  breaks: number
}

const brokenOff: RecordingPiece = { kind: 'broken-off' }
const accept = 'audio/*,video/*;q=0.9,*/*;q=0.1'
const playedTypes = /^(?:audio\/(?:ogg|flac|wav|mp4|mpeg|aac)|video\/(?:mp4|webm))$/
const sniffedBytes = 262
const mostKnown = 200
/** A player has one or two open; one that was given up without a word must not hold a connection for ever. */
const mostRunning = 12
const mostBreaks = 3

/** `wait`: for so many ms, after a second break. */
export function createRecordings({
  http,
  wait,
}: {
  http: Pick<Http, 'open'>
  wait(ms: number): Promise<void>
}): Recordings {
  const known = new Map<string, Known>()
  const running = new Map<number, Running>()
  let lastId = 0

  const ask: Open = request => http.open({ ...request, accept })

  async function open(request: RecordingRequest): Promise<OpenedRecording | LoadedResource> {
    const { first } = request.range
    // In its middle a recording does not say what it is.
    if (first > 0 && !known.has(keyOf(request))) {
      const refused = await lookAtHead(request)
      if (refused) return refused
    }
    const answer = await ask({ ...request, range: headerOf(request.range) })
    const refused = refusalOf(answer)
    if (refused || answer.kind === 'failed') return refused ?? noResource(502)
    const part = partOf(answer, request.range)
    if (!part) return give(answer.body, noResource(502))
    return begin(request, answer, part)
  }

  async function begin(
    request: RecordingRequest,
    answer: Extract<HttpAnswer<BodyStream>, { kind: 'answer' }>,
    part: RecordingPart,
  ): Promise<OpenedRecording | LoadedResource> {
    const isFromStart = part.first === 0
    const head = isFromStart ? await headOf(answer.body) : []
    const type = isFromStart ? playedType(head) : (known.get(keyOf(request))?.type ?? null)
    if (type === null) return give(answer.body, noResource(415))
    const facts = { type, total: part.total, etag: strongTag(answer.headers.etag) }
    remember(keyOf(request), facts)
    const streamId = ++lastId
    const end = part.last === null ? null : part.last + 1
    dropOldest()
    const hasRanges = answer.status === 206
    running.set(streamId, {
      request,
      known: facts,
      body: answer.body,
      head,
      position: part.first,
      end,
      hasRanges,
      breaks: 0,
    })
    return { status: hasRanges ? 206 : 200, type, maxAgeSeconds: 0, streamId, part }
  }

  /** Asks for the first bytes alone, and notes what they are; a refusal where they are nothing to play. */
  async function lookAtHead(request: RecordingRequest): Promise<LoadedResource | null> {
    const opened = await open({ ...request, range: { first: 0, last: 4_095 } })
    if (!('streamId' in opened)) return opened
    close(opened.streamId)
    return null
  }

  async function read(streamId: number): Promise<RecordingPiece> {
    const stream = running.get(streamId)
    if (!stream) return brokenOff
    // The latest one read is the last to be dropped.
    running.delete(streamId)
    running.set(streamId, stream)
    const piece = await nextOf(stream)
    if (piece.kind !== 'bytes') close(streamId)
    return piece
  }

  async function nextOf(stream: Running): Promise<RecordingPiece> {
    while (true) {
      const piece = await nextPiece(stream)
      if (piece.kind === 'bytes') {
        stream.position += piece.bytes.length
        stream.breaks = 0
        return piece
      }
      const isWhole = stream.end === null || stream.position >= stream.end
      if (piece.kind === 'end' && isWhole) return piece
      if (!stream.hasRanges || ++stream.breaks > mostBreaks) return brokenOff
      if (stream.breaks > 1) await wait((stream.breaks - 1) * second)
      if (!(await resume(stream))) return brokenOff
    }
  }

  /** Goes on where it broke off. Where the network fails, its body stays ended; false where it is another recording by now. */
  async function resume(stream: Running): Promise<boolean> {
    const { request, position, end, known: before } = stream
    const range = { first: position, last: end === null ? null : end - 1 }
    const answer = await ask({ ...request, range: headerOf(range) })
    if (answer.kind === 'failed') return true
    const part = answer.status === 206 ? partOf(answer, range) : null
    const etag = strongTag(answer.headers.etag)
    const isSame = part?.total === before.total && (etag === null || before.etag === null || etag === before.etag)
    if (!part || !isSame) return give(answer.body, false)
    stream.body = answer.body
    return true
  }

  function close(streamId: number): void {
    running.get(streamId)?.body.close()
    running.delete(streamId)
  }

  function dropOldest(): void {
    const [oldest] = running.keys()
    if (oldest !== undefined && running.size >= mostRunning) close(oldest)
  }

  function remember(key: string, facts: Known): void {
    if (known.size >= mostKnown) known.clear()
    known.set(key, facts)
  }

  return { open, read, close }
}

/** Permissions of a private host are its feed's own. */
function keyOf({ url, privateHost }: MediaRequest): string {
  return `${privateHost ?? ''} ${url}`
}

function headerOf({ first, last }: ByteRange): string {
  return `bytes=${first}-${last ?? ''}`
}

async function nextPiece(stream: Running): Promise<BodyPiece> {
  const bytes = stream.head.shift()
  return bytes ? { kind: 'bytes', bytes } : stream.body.read()
}

/** Which bytes an answer has. Null where they are not those asked for. */
function partOf(
  { status, headers }: { status: number; headers: Record<string, string> },
  asked: ByteRange,
): RecordingPart | null {
  if (status === 206) {
    const [, from, to, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '') ?? []
    const first = Number(from)
    const last = Number(to)
    if (from === undefined || first !== asked.first || last < first) return null
    return { first, last, total: size === '*' ? null : Number(size) }
  }
  const length = headers['content-length']
  const total = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null
  return { first: 0, last: total === null ? null : total - 1, total }
}

function refusalOf(answer: HttpAnswer<BodyStream>): LoadedResource | null {
  if (answer.kind === 'failed') {
    const { reason } = answer.failure
    return noResource(reason === 'private-address' || reason === 'bad-address' ? 403 : 502)
  }
  const { status } = answer
  if (status === 200 || status === 206) return null
  return noResource(status === 404 || status === 410 ? 404 : status === 416 ? 416 : 502)
}

/** The first pieces, until they say what it is; its end is left to be read again. */
async function headOf(body: BodyStream): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for (let held = 0; held < sniffedBytes; ) {
    const piece = await body.read()
    if (piece.kind !== 'bytes') break
    pieces.push(piece.bytes)
    held += piece.bytes.length
  }
  return pieces
}

function playedType(pieces: Uint8Array[]): string | null {
  const head = Buffer.concat(pieces.map(piece => piece.subarray(0, sniffedBytes)))
  const type = head.length < 12 ? null : fileType(head)
  return type !== null && playedTypes.test(type) ? type : null
}

/** A weak one says nothing of single bytes (RFC 9110, 8.8.1). */
function strongTag(etag: string | undefined): string | null {
  return etag?.startsWith('"') ? etag : null
}

function give<Answer>(body: BodyStream, answer: Answer): Answer {
  body.close()
  return answer
}
