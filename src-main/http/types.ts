/** Requests and answers as the rest of the program knows them. Failures are answers; nothing is thrown. */
import type { Failure } from '../api/model.ts'
import type { BodyShare } from './body/body-budget.ts'
import type { BodyStream } from './body/body-stream.ts'

export type HttpRequest = {
  /** http: or https: only. A user:password@ part becomes Basic credentials (RFC 7617). */
  url: string
  accept: string
  /** Further request headers, lower-case names. Dropped, all of them, when a redirect leaves the origin. */
  headers?: Record<string, string>
  /** Headers for one address only, whichever hop that is: validators belong to a URL, not to a feed (RFC 9110, 13.1). */
  conditional?: { url: string; headers: Record<string, string> }
  /** The part of the body that is wanted (RFC 9110, 14.2), as 'bytes=0-'. Unlike `headers` it goes along with redirects. */
  range?: string
  /** Most bytes of body, before and after decoding; 20 MB when absent. */
  maxBytes?: number
  /** `host:port` that the user allowed although it is on this machine or a private network. */
  privateHost?: string | null
  /** Address of an HTTP proxy for this request; 'direct' for none; the system's when absent. */
  proxy?: string | null
  /** Instead of our own, where the user gave the feed one. */
  userAgent?: string | null
  /** Cookies that a redirect of this request sets are sent with the redirects that follow; then they are forgotten. */
  carriesCookies?: boolean
  /** Where its body is counted, and may have to wait for others; times do not run meanwhile. The caller closes it. */
  share?: BodyShare
  /** Cancels it. The answer is then a failure that means nothing: look at the signal. */
  signal?: AbortSignal
}

/** Redirects are not followed: the answer is the first one. Neither credentials nor cookies are sent. */
export type FormRequest = Pick<HttpRequest, 'url' | 'signal' | 'privateHost' | 'maxBytes'> & {
  /** Already encoded (application/x-www-form-urlencoded). */
  form: string
}

export type Hop = { status: number; from: string; to: string }

/** Header names are lower-case; values have a character for each byte (latin1), so that validators are sent back unchanged. */
export type HttpResponse<Body = Uint8Array> = { status: number; headers: Record<string, string>; body: Body }

/** `url` is where it came from, after `hops`, without fragment and credentials. */
type Located<Body = Uint8Array> = HttpResponse<Body> & { url: string; hops: Hop[] }

/**
 * `partial` is what there is of an answer that broke off or is damaged at its end. It may be a whole document, which only its
 * parser can tell; for everybody else the answer has failed.
 */
export type HttpAnswer<Body = Uint8Array> =
  | ({ kind: 'answer' } & Located<Body>)
  | { kind: 'failed'; failure: Failure; partial?: Located }

export type Http = {
  get(request: HttpRequest): Promise<HttpAnswer>
  /** Answers once the headers are there; the body, of any length and not compressed, is read as it arrives. The reader closes it. */
  open(request: Omit<HttpRequest, 'maxBytes' | 'share'>): Promise<HttpAnswer<BodyStream>>
  /** Sends a form. The only request that may change something on a server. */
  post(request: FormRequest): Promise<HttpAnswer>
  close(): Promise<void>
}

/** Times in ms, sizes in bytes. */
export type HttpLimits = {
  bodyBytes: number
  headerBytes: number
  /** What is read of the page that comes with an error status. */
  errorBodyBytes: number
  connect: number
  headers: number
  whole: number
  hops: number
  /** Slow-drip guard: each `dripWindow` of a body must bring at least `dripBytes`. */
  dripWindow: number
  dripBytes: number
}
