/** What the rest of the engine knows of HTTP: a request goes out, an answer or a reason comes back. Nothing here throws. */
import type { Failure } from '../api/model.ts'

export type HttpRequest = {
  /** http: or https: only. A user:password@ part becomes Basic credentials (RFC 7617). */
  url: string
  accept: string
  /** Further request headers, lower-case names. Dropped, all of them, when a redirect leaves the origin. */
  headers?: Record<string, string>
  /** Headers for one address only, whichever hop that is: validators belong to a URL, not to a feed (RFC 9110, 13.1). */
  conditional?: { url: string; headers: Record<string, string> }
  /** Most bytes of body, before and after decoding; 20 MB when absent. */
  maxBytes?: number
  /** `host:port` that the user allowed although it is on this machine or a private network. */
  privateHost?: string | null
  /** Address of an HTTP proxy for this request; 'direct' for none; the system's when absent. */
  proxy?: string | null
  /** Another name than our own, where the user gave a feed one. */
  userAgent?: string | null
  /** Shows cookies that a redirect of this request sets to the redirects that follow; then they are forgotten. */
  carriesCookies?: boolean
  /** Gives up. The answer is then a failure the caller should not record: look at the signal. */
  signal?: AbortSignal
  method?: 'GET'
}

export type Hop = { status: number; from: string; to: string }

/**
 * Header names are lower-case; values are the bytes that came, one character each (latin1), so that validators go back
 * byte for byte. `url` is where the answer came from, after `hops`, without fragment and credentials.
 */
export type HttpAnswer =
  | {
      kind: 'answer'
      status: number
      headers: Record<string, string>
      body: Uint8Array
      url: string
      hops: Hop[]
    }
  | { kind: 'failed'; failure: Failure; came?: CameOfAnswer }

/**
 * What there is of an answer that broke off or is damaged at its end. It may be a whole document; only who reads it can
 * tell. For everybody else the answer has failed.
 */
export type CameOfAnswer = {
  status: number
  headers: Record<string, string>
  body: Uint8Array
  url: string
  hops: Hop[]
}

export type Http = { get(request: HttpRequest): Promise<HttpAnswer>; close(): Promise<void> }

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
