/** Asks a feed's server once, conditionally, and says in our words what it answered. */
import type { Credentials, Failure } from '../api/model.ts'
import { isBotWall } from '../http/bot-wall.ts'
import { basicHeader } from '../http/credentials.ts'
import type { Hop, Http, HttpAnswer, HttpRequest } from '../http/types.ts'
import { freshSeconds, retryAt } from './cache-headers.ts'

/** What a server gave us to tell one state of this address from another; sent back byte for byte, to this address only. */
export type Validators = { url: string; etag: string | null; lastModified: string | null }

export type FetchRequest = {
  url: string
  privateHost: string | null
  /** Null asks for the whole feed, whatever is known. */
  validators: Validators | null
  access?: Access
  signal?: AbortSignal
}

/** How this server is asked, where the user said so. */
export type Access = { credentials: Credentials | null; proxy: string | null; userAgent: string | null }

type Answered = {
  /** Null when the server gave none. */
  validators: Validators | null
  /** How long the server says its answer stays good: a lower bound for the next poll. */
  freshSeconds: number
  /** Where permanent redirects lead (301, 308), or null. */
  movedTo: string | null
}

type Body = { body: Uint8Array; contentType: string; finalUrl: string }

export type FetchOutcome =
  | ({ kind: 'modified' } & Body & Answered)
  /** The answer ended too early or damaged, for this reason; what came may be a whole feed, or a part of it. */
  | ({ kind: 'broken-off'; failure: Failure } & Body & Answered)
  | ({ kind: 'not-modified' } & Answered)
  | { kind: 'gone' }
  /** `until` in ms; null when the server didn't say. */
  | { kind: 'retry-later'; status: number; until: number | null; host: string }
  | { kind: 'failed'; failure: Failure }

/** JSON Feed, Atom and RSS first; some servers answer 406 unless anything will do. */
export const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5'

/** One GET. `now` in ms, for Retry-After. */
export async function fetchFeed(http: Pick<Http, 'get'>, request: FetchRequest, now: number): Promise<FetchOutcome> {
  const answer = await http.get({
    url: request.url,
    accept: feedTypes,
    privateHost: request.privateHost,
    ...asked(request.access),
    carriesCookies: true,
    conditional: request.validators
      ? { url: request.validators.url, headers: conditions(request.validators) }
      : undefined,
    signal: request.signal,
  })
  return outcomeOf(answer, request.validators, now)
}

/** Basic credentials (RFC 7617) go as a header, which no redirect takes to another origin. */
function asked(access: Access | undefined): Pick<HttpRequest, 'headers' | 'proxy' | 'userAgent'> {
  if (!access) return {}
  const { credentials, proxy, userAgent } = access
  return { headers: credentials ? basicHeader(credentials) : {}, proxy, userAgent }
}

/** What an answer means for a feed; `sent` are the validators it was asked with. */
export function outcomeOf(answer: HttpAnswer, sent: Validators | null, now: number): FetchOutcome {
  if (answer.kind === 'failed') {
    const { failure, came } = answer
    const outcome = came && outcomeOf({ kind: 'answer', ...came }, sent, now)
    return outcome?.kind === 'modified' ? { ...outcome, kind: 'broken-off', failure } : { kind: 'failed', failure }
  }
  const { status, headers, body, url } = answer
  const host = new URL(url).host
  const movedTo = permanentTarget(answer.hops)
  const fresh = freshSeconds(headers, now)

  if (status === 304) {
    // Only what the 304 says anew replaces what is stored (RFC 9111, 4.3.4).
    const known = sent?.url === url ? sent : null
    const said = validatorsOf(url, headers)
    const validators: Validators = {
      url,
      etag: said?.etag ?? known?.etag ?? null,
      lastModified: said?.lastModified ?? known?.lastModified ?? null,
    }
    return { kind: 'not-modified', validators: isEmpty(validators) ? null : validators, freshSeconds: fresh, movedTo }
  }
  if (isBotWall(status, headers, body)) return { kind: 'failed', failure: { reason: 'bot-wall', status, host } }
  if (status === 410) return { kind: 'gone' }
  if (status === 429 || status === 503) {
    return { kind: 'retry-later', status, until: retryAt(headers, now), host }
  }
  if (status < 200 || status > 299) return { kind: 'failed', failure: { reason: 'http', status } }
  if (body.length === 0) return { kind: 'failed', failure: { reason: 'bad-answer', detail: 'it is empty' } }
  return {
    kind: 'modified',
    body,
    contentType: headers['content-type'] ?? '',
    finalUrl: url,
    validators: validatorsOf(url, headers),
    freshSeconds: fresh,
    movedTo,
  }
}

/** RFC 9110, 13.1.2 and 13.1.3: both, when both were given. */
function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
}

function validatorsOf(url: string, headers: Record<string, string>): Validators | null {
  const validators = { url, etag: keepable(headers.etag), lastModified: keepable(headers['last-modified']) }
  return isEmpty(validators) ? null : validators
}

/** A value that could not be sent back (control characters), or not without a burden, is as good as none. */
function keepable(value: string | undefined): string | null {
  return value && value.length <= 4_096 && /^[\t\x20-\x7e\x80-\xff]+$/.test(value) ? value : null
}

function isEmpty({ etag, lastModified }: Validators): boolean {
  return etag === null && lastModified === null
}

/** As far as only permanent redirects lead; a temporary one on the way makes the rest temporary. */
function permanentTarget(hops: Hop[]): string | null {
  const end = hops.findIndex(hop => hop.status !== 301 && hop.status !== 308)
  const permanent = end < 0 ? hops : hops.slice(0, end)
  const target = permanent.at(-1)?.to ?? null
  // A chain that only sets a cookie leads back to where it began.
  return target === hops[0]?.from ? null : target
}
