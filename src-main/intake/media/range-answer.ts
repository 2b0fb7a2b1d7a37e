/** What a server's answer to a request for bytes of a recording says (RFC 9110, 14 and 15). */
import { type ByteRange, type LoadedResource, noResource, type RecordingPart } from '../../api/engine-thread.ts'
import type { BodyStream } from '../../http/body/body-stream.ts'
import type { HttpAnswer } from '../../http/types.ts'

/** `hasRanges`: the server gives parts, so that a recording can go on where it broke off. */
export type RangeAnswer =
  | { kind: 'bytes'; part: RecordingPart; body: BodyStream; etag: string | null; hasRanges: boolean }
  | { kind: 'unreached'; refusal: LoadedResource }
  | { kind: 'refused'; refusal: LoadedResource }

/** As the `Range` header has it. */
export function rangeHeader({ first, last }: ByteRange): string {
  return `bytes=${first}-${last ?? ''}`
}

/** Closes the body of what is refused. */
export function rangeAnswer(answer: HttpAnswer<BodyStream>, asked: ByteRange): RangeAnswer {
  if (answer.kind === 'failed') {
    const { reason } = answer.failure
    const isForbidden = reason === 'private-address' || reason === 'bad-address'
    return { kind: 'unreached', refusal: noResource(isForbidden ? 403 : 502) }
  }
  const { status, headers, body } = answer
  const part = status === 206 ? rangeOf(headers, asked) : status === 200 ? wholeOf(headers) : null
  if (part) return { kind: 'bytes', part, body, etag: strongTag(headers.etag), hasRanges: status === 206 }
  body.close()
  return { kind: 'refused', refusal: noResource(refusalStatus(status)) }
}

/** Null where these are not the bytes asked for. */
function rangeOf(headers: Record<string, string>, asked: ByteRange): RecordingPart | null {
  const [, from, to, size] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '') ?? []
  const first = Number(from)
  const last = Number(to)
  if (from === undefined || first !== asked.first || last < first) return null
  return { first, last, total: size === '*' ? null : Number(size) }
}

function wholeOf(headers: Record<string, string>): RecordingPart {
  const length = headers['content-length']
  const total = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null
  return { first: 0, last: total === null ? null : total - 1, total }
}

function refusalStatus(status: number): number {
  if (status === 404 || status === 410) return 404
  return status === 416 ? 416 : 502
}

/** A weak one says nothing of single bytes (RFC 9110, 8.8.1). */
function strongTag(etag: string | undefined): string | null {
  return etag?.startsWith('"') ? etag : null
}
