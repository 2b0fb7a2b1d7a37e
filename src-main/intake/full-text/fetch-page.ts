/** Asks for the page of an article, with the manners of a poll: a host that wants to be left alone is. */
import type { Failure } from '../../api/model.ts'
import { basicHeader } from '../../http/credentials.ts'
import type { Http } from '../../http/types.ts'
import { type Access, outcomeOf } from '../../polling/fetch.ts'
import type { HostBackoffs } from '../../polling/host-backoff.ts'
import { hostOf } from '../../polling/poll-queue.ts'
import { refusedUntil } from '../../polling/schedule.ts'

export type PageDeps = { http: Pick<Http, 'get'>; backoffs: HostBackoffs; now(): number; signal: AbortSignal }

/** An article's page, and the feed that named it. */
export type PageRequest = {
  url: string
  feedUrl: string
  /** As for the feed's pictures: `host:port` that the user allowed it, in their own network. */
  privateHost: string | null
  access: Access
}

export type FetchedPage =
  | { kind: 'page'; bytes: Uint8Array; url: string; contentType: string }
  | { kind: 'failed'; failure: Failure; url: string }

/** Longer pages are no articles; what the extractor reads of one (feeds/full-text) is not more. */
const mostBytes = 10_000_000
const accept = 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.1'
/** Servers that name no type mostly send a page. */
const mayBePage = /^\s*(?:$|text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml|octet-stream))/i

/** One GET with its redirects, without cookies. Credentials go to the feed's own origin alone. Never rejects. */
export async function fetchPage(deps: PageDeps, request: PageRequest): Promise<FetchedPage> {
  const { http, backoffs, now, signal } = deps
  const { url, feedUrl, privateHost, access } = request
  const failed = (failure: Failure, at = url): FetchedPage => ({ kind: 'failed', failure, url: at })
  const host = hostOf(url)
  const until = backoffs.until(host, now())
  if (until !== null) return failed({ reason: 'retry-later', status: 429, until, host })
  const { credentials, proxy, userAgent } = access
  const isOwnOrigin = URL.parse(url)?.origin === URL.parse(feedUrl)?.origin
  const headers = credentials && isOwnOrigin ? basicHeader(credentials) : {}
  const answer = await http.get({ url, accept, headers, privateHost, proxy, userAgent, maxBytes: mostBytes, signal })
  const outcome = outcomeOf(answer, null, now())
  switch (outcome.kind) {
    case 'modified': {
      const { body: bytes, breakOff, finalUrl, contentType } = outcome
      // Half an article would be taken for a whole one.
      if (breakOff) return failed(breakOff, finalUrl)
      if (!mayBePage.test(contentType)) return failed(noPage(finalUrl), finalUrl)
      return { kind: 'page', bytes, url: finalUrl, contentType }
    }
    case 'retry-later':
      return failed(leaveAlone(deps, outcome))
    case 'not-modified':
      return failed({ reason: 'bad-answer', detail: 'it is empty' })
    case 'failed':
      return failed(outcome.failure)
  }
}

/** What a server says of one page holds for its host, and for the feeds there. */
function leaveAlone(
  { backoffs, now }: PageDeps,
  { status, until: asked, host }: { status: number; until: number | null; host: string },
): Failure {
  const until = asked ?? refusedUntil(backoffs.refusalsOf(host) + 1, now())
  // A 503 without a time is one page in trouble.
  if (status === 429 || asked !== null) backoffs.start({ host, until })
  return { reason: 'retry-later', status, until, host }
}

/** What is there is no web page: a film, a PDF. */
function noPage(url: string): Failure {
  return { reason: 'no-article', found: 'not-an-article', host: new URL(url).hostname }
}
