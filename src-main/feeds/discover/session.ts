/** One search for feeds: what it may still ask, what it has asked, what it found. */
import type { Failure } from '../../api/model.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import type { DiscoverDeps, DiscoveredBody, DiscoveredFeed } from './types.ts'

export const mostRequests = 8
const feedTypes =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, application/json;q=0.6, */*;q=0.5'

/** `brokenOff` says why an answer ended too early; it is looked at all the same. */
export type Answer = Extract<HttpAnswer, { kind: 'answer' }> & { brokenOff?: Failure }
export type Asked = Answer | { kind: 'failed'; failure: Failure }
export type Search = {
  deps: DiscoverDeps
  http: Pick<Http, 'get'>
  /** Ends all of it. */
  signal: AbortSignal
  /** `host:port` that was typed, where it is private and may be asked: the only private one. */
  privateHost: string | null
  requestsLeft: number
  /** Addresses asked already, folded. */
  asked: Set<string>
  feeds: DiscoveredFeed[]
  bodies: Map<string, DiscoveredBody>
  /** Self addresses and contents of the feeds found, to fold what is the same feed. */
  prints: Set<string>
}

/** Asks once, within the search's bounds; null when nothing more may be asked. */
export async function ask(search: Search, url: string, signal?: AbortSignal): Promise<Asked | null> {
  if (search.requestsLeft <= 0 || search.signal.aborted) return null
  search.requestsLeft--
  search.asked.add(foldAddress(url))
  const until = signal ? AbortSignal.any([search.signal, signal]) : search.signal
  const { privateHost } = search
  const answer = await search.http.get({ url, accept: feedTypes, privateHost, carriesCookies: true, signal: until })
  if (answer.kind === 'answer' || !answer.partial) return answer
  return { kind: 'answer', ...answer.partial, brokenOff: answer.failure }
}

/**
 * Reads an answer as a feed and keeps it. Null: it is one (or is the same as one found before); otherwise why it isn't.
 * `title` is what a page calls it, for feeds without a name of their own.
 */
export async function keepFeed(search: Search, answer: Answer, asked: string, title = ''): Promise<Failure | null> {
  const contentType = answer.headers['content-type'] ?? ''
  const reading = await search.deps.readFeed({ bytes: answer.body, url: answer.url, contentType })
  if (!reading.ok) return answer.brokenOff ?? reading.failure
  const { feed } = reading
  const url = addressToFollow(asked, answer)
  const own = [`${feed.format} ${feed.feedUrl ?? url}`, foldAddress(url), Buffer.from(answer.body).toString('latin1')]
  const isKnown = own.some(print => search.prints.has(print))
  for (const print of own) search.prints.add(print)
  if (isKnown) return null
  search.feeds.push({
    url,
    title: feed.title || title || new URL(url).hostname,
    siteUrl: feed.siteUrl,
    format: feed.format,
    latest: feed.articles.slice(0, 5).map(article => ({ title: article.title, publishedAt: article.publishedAt })),
  })
  search.bodies.set(url, { bytes: answer.body, contentType, answer: asItCame(answer) })
  return null
}

function asItCame({ brokenOff, ...answer }: Answer): HttpAnswer {
  return brokenOff ? { kind: 'failed', failure: brokenOff, partial: answer } : answer
}

/** Asks for all of these, a few at a time, and keeps those that are feeds, in the given order. Stops when nothing may be asked. */
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
  const { hostname, port, pathname, search } = new URL(address)
  return `${hostname.replace(/^www\./, '')}:${port}${pathname.replace(/\/+$/, '')}${search}`
}
