/** Asks a feed's server once, conditionally, and classifies its answer. */
import type { Credentials, Failure } from '../api/model.ts'
import type { BodyShare } from '../http/body/body-budget.ts'
import { isBotWall } from '../http/bot-wall.ts'
import { basicHeader } from '../http/credentials.ts'
import type { Hop, Http, HttpAnswer } from '../http/types.ts'
import { freshSeconds, retryAt } from './cache-headers.ts'
import { type Page, pageOf } from './network/sign-in-page.ts'

/** By which a server tells one state of this address from another; sent back byte for byte, and to this address only (E1, E3). */
export type Validators = { url: string; etag: string | null; lastModified: string | null }

type FetchRequest = {
  url: string
  privateHost: string | null
  /** Null asks for the whole feed, whatever is known. */
  validators: Validators | null
  access: Access
  share?: BodyShare
  signal?: AbortSignal
}

/** How the user wants this server to be asked. */
export type Access = { credentials: Credentials | null; proxy: string | null; userAgent: string | null }

export type Answered = {
  /** Null where the server gave none. */
  validators: Validators | null
  /** How long the server says its answer stays good: a lower bound for the next poll. */
  freshSeconds: number
  /** Where permanent redirects lead (301, 308), or null. */
  movedTo: string | null
}

type Body = { body: Uint8Array; contentType: string; finalUrl: string }

export type FetchOutcome =
  /** `breakOff`: why the answer ended early or damaged; its body may be a whole feed, or a part of one. */
  | ({ kind: 'modified'; breakOff: Failure | null } & Body & Answered)
  | ({ kind: 'not-modified' } & Answered)
  /** `until` in ms; null when the server didn't say. `page`: what came is HTML. */
  | { kind: 'retry-later'; status: number; until: number | null; host: string; page?: Page }
  | { kind: 'failed'; failure: Failure; page?: Page }

/** JSON Feed, Atom and RSS first; some servers answer 406 unless anything will do. */
export const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.5'

/** One GET. `now` in ms, for Retry-After. */
export async function fetchFeed(http: Pick<Http, 'get'>, request: FetchRequest, now: number): Promise<FetchOutcome> {
  const { access, validators, ...place } = request
  const { credentials, proxy, userAgent } = access
  const answer = await http.get({
    ...place,
    accept: feedTypes,
    // A header, which no redirect takes to another origin.
    headers: credentials ? basicHeader(credentials) : {},
    proxy,
    userAgent,
    carriesCookies: true,
    conditional: validators ? { url: validators.url, headers: conditions(validators) } : undefined,
  })
  return outcomeOf(answer, validators, now)
}

/** What an answer means for a feed; `sent` are the validators it was asked with. */
export function outcomeOf(answer: HttpAnswer, sent: Validators | null, now: number): FetchOutcome {
  if (answer.kind === 'failed') {
    const { failure, partial } = answer
    const outcome = partial && outcomeOf({ kind: 'answer', ...partial }, sent, now)
    return outcome?.kind === 'modified' ? { ...outcome, breakOff: failure } : { kind: 'failed', failure }
  }
  const { status, headers, body, url } = answer
  const host = new URL(url).host
  const movedTo = permanentTarget(answer.hops)
  const fresh = freshSeconds(headers, now)

  if (status === 304) {
    // Only headers that the 304 has replace what is stored (RFC 9111, 4.3.4).
    const known = sent?.url === url ? sent : null
    return { kind: 'not-modified', validators: validatorsOf(url, headers, known), freshSeconds: fresh, movedTo }
  }
  const page = pageOf(url, status, headers['content-type'] ?? '', body)
  if (isBotWall(status, headers, body)) return { kind: 'failed', failure: { reason: 'bot-wall', status, host }, page }
  if (status === 410) return { kind: 'failed', failure: { reason: 'gone' }, page }
  if (status === 429 || status === 503) {
    return { kind: 'retry-later', status, until: retryAt(headers, now), host, page }
  }
  if (status < 200 || status > 299) return { kind: 'failed', failure: { reason: 'http', status }, page }
  if (body.length === 0) return { kind: 'failed', failure: { reason: 'bad-answer', detail: 'it is empty' } }
  return {
    kind: 'modified',
    breakOff: null,
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

/** Null where the answer has none, and none are known. */
function validatorsOf(
  url: string,
  headers: Record<string, string>,
  known: Validators | null = null,
): Validators | null {
  const etag = sendable(headers.etag) ?? known?.etag ?? null
  const lastModified = sendable(headers['last-modified']) ?? known?.lastModified ?? null
  return etag === null && lastModified === null ? null : { url, etag, lastModified }
}

/** Null for a value that could not be sent back (control characters), or is too long for it. */
function sendable(value: string | undefined): string | null {
  return value && value.length <= 4_096 && /^[\t\x20-\x7e\x80-\xff]+$/.test(value) ? value : null
}

/** Where permanent redirects lead, up to the first temporary one. */
function permanentTarget(hops: Hop[]): string | null {
  const end = hops.findIndex(hop => hop.status !== 301 && hop.status !== 308)
  const permanent = end < 0 ? hops : hops.slice(0, end)
  const target = permanent.at(-1)?.to ?? null
  // A chain that only sets a cookie leads back to its start.
  return target === hops[0]?.from ? null : target
}
