/** One search for feeds: its input and output, its budget of requests, the addresses requested, the feeds found. */
import type { Failure, FeedFormat } from '../../api/model.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import { comparableAddress } from '../../lib/urls.ts'
import type { Document, Failed } from '../documents.ts'
import type { ReadyFeed } from '../parsed.ts'
import type { PageLinks } from './page.ts'

/** A feed that was found; `latest` are its newest articles, empty where the limits left no request to fetch it. */
export type DiscoveredFeed = {
  url: string
  title: string
  siteUrl: string | null
  format: FeedFormat
  latest: { title: string; publishedAt: number | null }[]
}

/** The fetched document of a feed, so that adding the feed needs no second request. */
export type DiscoveredBody = { bytes: Uint8Array; contentType: string; answer: HttpAnswer }

/** `bodies` is by the feed's `url`. */
export type DiscoverOutcome =
  | { kind: 'found'; feeds: DiscoveredFeed[]; bodies: Map<string, DiscoveredBody> }
  | { kind: 'failed'; failure: Failure }

export type DiscoverDeps = {
  http: Pick<Http, 'get'>
  /** The pool's task of that name. */
  readPage(input: Document): Promise<PageLinks | Failed>
  /** The pool's task of that name. */
  readFeed(input: Document): Promise<{ ok: true; feed: ReadyFeed } | Failed>
  /** Whether a typed address on a private network may be requested. */
  mayBePrivate(url: URL): Promise<boolean>
  signal: AbortSignal
  /** For the whole search, in ms; 10,000 when absent. */
  timeLimit?: number
}

export const mostRequests = 8
const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, application/json;q=0.6, */*;q=0.5'

/** `brokenOff` is why an answer ended early; what came of it is parsed all the same. */
export type Answer = Extract<HttpAnswer, { kind: 'answer' }> & { brokenOff?: Failure }
export type Asked = Answer | { kind: 'failed'; failure: Failure }
export type Search = {
  deps: DiscoverDeps
  /** Cancels the search. */
  signal: AbortSignal
  /** `host:port` that was typed, if it is private and allowed: the only private host that is connected to. */
  privateHost: string | null
  requestsLeft: number
  /** Addresses requested, as `foldAddress` gives them. */
  asked: Set<string>
  feeds: DiscoveredFeed[]
  bodies: Map<string, DiscoveredBody>
  /** Addresses and contents of the feeds found, by which a duplicate is recognised. */
  fingerprints: Set<string>
}

/** One request, within the limits of the search; null when they are used up. */
export async function ask(search: Search, url: string, signal?: AbortSignal): Promise<Asked | null> {
  if (search.requestsLeft <= 0 || search.signal.aborted) return null
  search.requestsLeft--
  search.asked.add(foldAddress(url))
  const until = signal ? AbortSignal.any([search.signal, signal]) : search.signal
  const { privateHost } = search
  const answer = await search.deps.http.get({
    url,
    accept: feedTypes,
    privateHost,
    carriesCookies: true,
    signal: until,
  })
  if (answer.kind === 'answer' || !answer.partial) return answer
  return { kind: 'answer', ...answer.partial, brokenOff: answer.failure }
}

/**
 * Parses an answer as a feed and adds it to the results. Null on success, also for a duplicate; else why it is no feed.
 * `title` is the one in the page's link, for feeds without a title of their own.
 */
export async function keepFeed(search: Search, answer: Answer, asked: string, title = ''): Promise<Failure | null> {
  const document = documentOf(answer)
  const reading = await search.deps.readFeed(document)
  if (!reading.ok) return answer.brokenOff ?? reading.failure
  const { feed } = reading
  const url = addressToFollow(asked, answer)
  const own = [`${feed.format} ${feed.feedUrl ?? url}`, foldAddress(url), Buffer.from(answer.body).toString('latin1')]
  const isKnown = own.some(fingerprint => search.fingerprints.has(fingerprint))
  for (const fingerprint of own) search.fingerprints.add(fingerprint)
  if (isKnown) return null
  search.feeds.push({
    url,
    title: feed.title || title || new URL(url).hostname,
    siteUrl: feed.siteUrl,
    format: feed.format,
    latest: feed.articles.slice(0, 5).map(article => ({ title: article.title, publishedAt: article.publishedAt })),
  })
  const { brokenOff, ...received } = answer
  const original: HttpAnswer = brokenOff ? { kind: 'failed', failure: brokenOff, partial: received } : received
  search.bodies.set(url, { bytes: answer.body, contentType: document.contentType, answer: original })
  return null
}

export function documentOf({ body, url, headers }: Answer): Document & { contentType: string } {
  return { bytes: body, url, contentType: headers['content-type'] ?? '' }
}

/** Requests these at once, as far as the budget goes, and keeps those that are feeds, in the given order. */
export async function tryFeeds(search: Search, links: { url: string; title: string }[]): Promise<(Failure | null)[]> {
  const fresh = links.filter(link => !search.asked.has(foldAddress(link.url))).slice(0, search.requestsLeft)
  const answers = await Promise.all(fresh.map(link => ask(search, link.url)))
  const outcomes: (Failure | null)[] = []
  for (const [index, answer] of answers.entries()) {
    const { url, title } = fresh[index]!
    if (!answer || search.signal.aborted) continue
    if (answer.kind === 'failed') outcomes.push(answer.failure)
    else if (answer.status !== 200) outcomes.push({ reason: 'http', status: answer.status })
    else outcomes.push(await keepFeed(search, answer, url, title))
  }
  return outcomes
}

/** The asked address, moved along by permanent redirects only (RFC 9110, 15.4), and with the credentials that were typed. */
function addressToFollow(asked: string, answer: Answer): string {
  const start = new URL(asked)
  if (start.username !== '' || start.password !== '') return asked
  let url = start.href
  for (const hop of answer.hops) {
    if (hop.from !== url || (hop.status !== 301 && hop.status !== 308)) break
    url = hop.to
  }
  return url
}

/** One spelling for addresses that nearly always mean the same feed. */
export function foldAddress(address: string): string {
  return comparableAddress(new URL(address))
}
