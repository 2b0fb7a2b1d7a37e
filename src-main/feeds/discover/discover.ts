/** Finds the feeds of whatever the user typed: a feed, a site, a channel, a profile. Bounded: 8 requests, 10 s in all. */
import type { Failure } from '../../api/model.ts'
import { readAddress, type TypedAddress } from '../../api/names/typed-address.ts'
import { isBotWallTitle } from '../../http/bot-wall.ts'
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import { failureOfStatus } from './answers.ts'
import { serverFeeds, siteFeeds, youTubeChannelFeed } from './known-sites.ts'
import type { PageFeedLink, PageLinks } from './page.ts'
import { type Answer, type Asked, ask, foldAddress, keepFeed, mostRequests, type Search, tryFeeds } from './session.ts'
import { looksLike } from './sniff.ts'
import type { DiscoverDeps, DiscoverOutcome } from './types.ts'
import { isFeedType, linkHeaderFeeds, usualFeeds } from './usual-paths.ts'

export type { DiscoverDeps, DiscoveredBody, DiscoveredFeed, DiscoverOutcome } from './types.ts'

/** Time for https where no scheme was typed, before http is tried. */
const secureFirst = 4_000
/** Guesses at once: a server should not see ten requests for a page it doesn't have. */
const guessesAtOnce = 3
const mostListed = 50

/**
 * Looks for feeds at `address`, as typed. Addresses on this machine or a private network are followed for exactly the
 * host and port that were typed. `url` of a feed is where it should be followed: after permanent redirects only.
 */
export async function discover(address: string, deps: DiscoverDeps): Promise<DiscoverOutcome> {
  const typed = readAddress(address)
  if (!typed) return failed({ reason: 'bad-address' })
  const timeLimit = deps.timeLimit ?? 10_000
  const search = startSearch(deps, timeLimit)
  search.privateHost = await permission(deps, typed.url)
  const failure = await look(search, typed)
  if (search.feeds.length > 0) return { kind: 'found', feeds: inOrder(search.feeds), bodies: search.bodies }
  if (search.signal.aborted) return failed({ reason: 'timeout', seconds: Math.round(timeLimit / 1_000) })
  return failed(failure ?? noFeed)
}

const noFeed: Failure = { reason: 'not-a-feed', found: [] }

function failed(failure: Failure): DiscoverOutcome {
  return { kind: 'failed', failure }
}

function startSearch(deps: DiscoverDeps, timeLimit: number): Search {
  const deadline = AbortSignal.timeout(timeLimit)
  return {
    deps,
    http: deps.http,
    signal: deps.signal ? AbortSignal.any([deps.signal, deadline]) : deadline,
    privateHost: null,
    requestsLeft: mostRequests,
    asked: new Set(),
    feeds: [],
    bodies: new Map(),
    prints: new Set(),
  }
}

/** `host:port` of a typed address on this machine or a private network, where it may be asked; null for a public one. */
async function permission(
  { mayBePrivate = async url => isOwnNetwork(url) }: DiscoverDeps,
  url: string,
): Promise<string | null> {
  return (await mayBePrivate(new URL(url))) ? hostPort(new URL(url)) : null
}

/** Fills the search with feeds; the answer says what went wrong where there are none. */
async function look(search: Search, typed: TypedAddress): Promise<Failure | null> {
  await trySite(search, typed.url)
  if (search.feeds.length > 0) return null
  const { url, answer } = await askTyped(search, typed)
  if (!answer) return null
  if (answer.kind === 'failed') return answer.failure
  return await readAnswer(search, url, answer, 2)
}

/** The feeds that a well-known site is sure to have for an address of this shape. */
async function trySite(search: Search, url: string): Promise<void> {
  const { urls, lookup } = siteFeeds(url)
  const named = lookup ? await lookUp(search, lookup) : null
  const links = [...(named ? [named] : []), ...urls].map(link => ({ url: link, title: '' }))
  await tryFeeds(search, links.slice(0, search.requestsLeft - 2))
}

/** Apple's directory answers which feed a podcast has. */
async function lookUp(search: Search, url: string): Promise<string | null> {
  const answer = await ask(search, url)
  if (answer?.kind !== 'answer' || answer.status !== 200 || answer.body.length > 200_000) return null
  const named = /"feedUrl"\s*:\s*"(https?:[^"\s]{4,2000})"/.exec(Buffer.from(answer.body).toString('utf8'))?.[1]
  return named && URL.canParse(named) ? new URL(named.replaceAll('\\/', '/')).href : null
}

/** https first; http where no scheme was typed and https can't be had there. A certificate that is wrong is never passed over. */
async function askTyped(search: Search, typed: TypedAddress): Promise<{ url: string; answer: Asked | null }> {
  const { url, otherwise } = typed
  if (!otherwise) return { url, answer: await ask(search, url) }
  const answer = await ask(search, url, AbortSignal.timeout(secureFirst))
  if (!answer || answer.kind === 'answer' || !mayBeOpen(answer.failure)) return { url, answer }
  search.privateHost = await permission(search.deps, otherwise)
  const second = await ask(search, otherwise)
  return second?.kind === 'answer' ? { url: otherwise, answer: second } : { url, answer: second && answer }
}

function mayBeOpen(failure: Failure): boolean {
  if (failure.reason === 'tls') return /^(?:ERR_SSL|EPROTO|E?CONN)/.test(failure.detail)
  return /^(?:refused|unreachable|timeout|too-slow|bad-answer)$/.test(failure.reason)
}

/** `hops` is how many pages may still point on to another. */
async function readAnswer(search: Search, url: string, answer: Answer, hops: number): Promise<Failure | null> {
  if (answer.status !== 200) return await tryBesideRefusal(search, answer)
  const shape = looksLike(answer.body, answer.headers['content-type'] ?? '')
  if (shape !== 'page') {
    const failure = await keepFeed(search, answer, url)
    if (!failure || shape === 'feed') return failure
  }
  if (shape === 'other') return noFeed
  return await readPageAnswer(search, answer, hops)
}

/** Walls against robots stand before pages; the same site's feed is often open. */
async function tryBesideRefusal(search: Search, answer: Answer): Promise<Failure | null> {
  const failure = failureOfStatus(answer)
  const isWall = failure.reason === 'bot-wall' || answer.status === 403 || answer.status === 406
  if (!isWall) return failure
  const guesses = [...serverFeeds(answer.url), ...usualFeeds(answer.url, '')].slice(0, guessesAtOnce)
  await tryFeeds(
    search,
    guesses.map(url => ({ url, title: '' })),
  )
  return failure
}

async function readPageAnswer(search: Search, answer: Answer, hops: number): Promise<Failure | null> {
  const contentType = answer.headers['content-type'] ?? ''
  const page = await search.deps.readPage({ bytes: answer.body, url: answer.url, contentType })
  if (!page.ok) return page.failure
  const declared = declaredFeeds(page, answer)
  const outcomes = await tryFeeds(search, declared)
  listUnasked(search, declared, answer.url)
  if (search.feeds.length > 0) return null

  if (page.refreshTo && hops > 0) {
    const next = await ask(search, page.refreshTo)
    if (next?.kind === 'answer') return await readAnswer(search, page.refreshTo, next, hops - 1)
  }
  await tryGuesses(search, page, answer.url)
  if (search.feeds.length > 0) return null
  if (isBotWallTitle(page.title))
    return { reason: 'bot-wall', status: answer.status, host: new URL(answer.url).hostname }
  // What the page calls its feed, and how that failed, says more than that there is none.
  const declaredFailure = outcomes.find(outcome => outcome !== null && outcome.reason !== 'private-address')
  return declaredFailure ?? { reason: 'not-a-feed', found: await feedsOfFrontPage(search, answer.url) }
}

/** What the site's first page calls its feeds, for a page that has none: named, not followed. */
async function feedsOfFrontPage(search: Search, pageUrl: string): Promise<string[]> {
  const front = new URL('/', pageUrl).href
  if (search.asked.has(foldAddress(front))) return []
  const answer = await ask(search, front)
  if (answer?.kind !== 'answer' || answer.status !== 200 || new URL(answer.url).host !== new URL(front).host) return []
  const contentType = answer.headers['content-type'] ?? ''
  const page = await search.deps.readPage({ bytes: answer.body, url: answer.url, contentType })
  if (!page.ok) return []
  const isSameHost = ({ url }: PageFeedLink) => new URL(url).host === new URL(front).host
  return declaredFeeds(page, answer)
    .filter(isSameHost)
    .slice(0, 5)
    .map(feed => feed.url)
}

/** What page and headers call a feed, comments last, each once. */
function declaredFeeds(page: PageLinks, answer: Answer): PageFeedLink[] {
  const inHeader = linkHeaderFeeds(answer.headers.link ?? '', answer.url)
  const channel = page.youtubeChannel
    ? [{ url: youTubeChannelFeed(page.youtubeChannel), title: page.title, type: '' }]
    : []
  const canonical = page.canonical && page.canonical !== answer.url ? siteFeeds(page.canonical).urls : []
  const links = [...page.feeds, ...inHeader, ...channel, ...canonical.map(url => ({ url, title: '', type: '' }))]
  const folded = new Map<string, PageFeedLink>()
  for (const link of links) {
    const key = foldAddress(link.url)
    const known = folded.get(key)
    const isBetter = known?.url.startsWith('http:') && link.url.startsWith('https:')
    if (!known || isBetter) folded.set(key, { ...link, title: known?.title || link.title })
  }
  return inOrder([...folded.values()])
}

/** Feeds of the same server that were declared and may not be asked for any more are listed by what the page says of them. */
function listUnasked(search: Search, links: PageFeedLink[], pageUrl: string): void {
  if (search.signal.aborted) return
  for (const { url, title, type } of links) {
    if (search.feeds.length >= mostListed || search.asked.has(foldAddress(url))) continue
    // Another server is not listed unasked: its address could be a private one.
    if (new URL(url).host !== new URL(pageUrl).host || !isFeedType(type)) continue
    const format = /atom/.test(type) ? 'atom' : /json/.test(type) ? 'json' : /rdf/.test(type) ? 'rdf' : 'rss'
    search.feeds.push({ url, title: title || url, siteUrl: pageUrl, format, latest: [] })
  }
}

/** Links that look like feeds, then the places where feeds usually are: a few at a time, until some are found. */
async function tryGuesses(search: Search, page: PageLinks, pageUrl: string): Promise<void> {
  const usual = [...serverFeeds(pageUrl), ...usualFeeds(pageUrl, page.generator)].map(url => ({ url, title: '' }))
  // A page full of links to feeds would leave no request for the usual places.
  const anchors = page.anchors.map(({ url, title }) => ({ url, title: title.length > 80 ? '' : title }))
  const guesses = [...anchors.slice(0, 4), ...usual, ...anchors.slice(4)]
  // One request is kept for the site's first page.
  while (search.requestsLeft > 1 && !search.signal.aborted && search.feeds.length === 0) {
    const wave = guesses
      .filter(guess => !search.asked.has(foldAddress(guess.url)))
      .slice(0, Math.min(guessesAtOnce, search.requestsLeft - 1))
    if (wave.length === 0) return
    await tryFeeds(search, wave)
  }
  // A page that lists feeds in links: the rest of them too.
  if (search.feeds.length > 1) await tryFeeds(search, anchors)
}

/** Comments are what nobody means. */
function inOrder<T extends { url: string; title: string }>(feeds: T[]): T[] {
  const isComments = ({ url, title }: T) =>
    /comment|kommentar|coment[aá]rio|comentario|reactie|コメント|коммента/i.test(`${title} ${new URL(url).pathname}`)
  return [...feeds.filter(feed => !isComments(feed)), ...feeds.filter(isComments)]
}
