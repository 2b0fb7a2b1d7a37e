/** Finds the feeds of what the user typed: a feed, a site, a channel, a profile. At most 8 requests and 10 s in all. */
import type { Failure } from '../../api/model.ts'
import { readAddress, type TypedAddress } from '../../api/names/typed-address.ts'
import { isBotWall, isBotWallTitle } from '../../http/bot-wall.ts'
import { hostPort } from '../../http/private-address.ts'
import { type FeedLink, linkTo } from './feed-links.ts'
import { podcastLookup, serverFeeds, siteFeeds, youTubeChannelFeed } from './known-sites.ts'
import type { PageLinks } from './page.ts'
import {
  type Answer,
  type Asked,
  ask,
  type DiscoverDeps,
  type DiscoverOutcome,
  documentOf,
  foldAddress,
  keepFeed,
  mostRequests,
  type Search,
  tryFeeds,
} from './session.ts'
import { isFeedType, linkHeaderFeeds, usualFeeds } from './usual-paths.ts'

/** Time limit for https where no scheme was typed, before http is tried; in ms. */
const secureFirst = 4_000
/** A server should not get ten parallel requests for pages it does not have. */
const guessesAtOnce = 3
const mostListed = 50

/**
 * Looks for feeds at `address`, as typed. Of private hosts only the typed host and port are connected to. The `url` of a
 * feed is the one to follow it at: permanent redirects are applied, temporary ones are not.
 */
export async function discover(address: string, deps: DiscoverDeps): Promise<DiscoverOutcome> {
  const typed = readAddress(address)
  if (!typed) return failed({ reason: 'bad-address' })
  const timeLimit = deps.timeLimit ?? 10_000
  const search = startSearch(deps, timeLimit)
  await allowPrivate(search, typed.url)
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
  return {
    deps,
    signal: AbortSignal.any([deps.signal, AbortSignal.timeout(timeLimit)]),
    privateHost: null,
    requestsLeft: mostRequests,
    asked: new Set(),
    feeds: [],
    bodies: new Map(),
    fingerprints: new Set(),
  }
}

/** Of private addresses, only the one that was typed may be connected to. */
async function allowPrivate(search: Search, url: string): Promise<void> {
  search.privateHost = (await search.deps.mayBePrivate(new URL(url))) ? hostPort(new URL(url)) : null
}

/** Adds feeds to the search; answers why there are none. */
async function look(search: Search, typed: TypedAddress): Promise<Failure | null> {
  await trySite(search, typed.url)
  if (search.feeds.length > 0) return null
  const { url, answer } = await askTyped(search, typed)
  if (!answer) return null
  if (answer.kind === 'failed') return answer.failure
  return await readAnswer(search, url, answer, 2)
}

/** The feeds that a known site has for an address of this form. */
async function trySite(search: Search, url: string): Promise<void> {
  const lookup = podcastLookup(url)
  const named = lookup && (await lookUp(search, lookup))
  const urls = named ? [named] : siteFeeds(url)
  await tryFeeds(search, urls.slice(0, search.requestsLeft - 2).map(linkTo))
}

/** Asks Apple's directory for a podcast's feed. */
async function lookUp(search: Search, url: string): Promise<string | null> {
  const answer = await ask(search, url)
  if (answer?.kind !== 'answer' || answer.status !== 200 || answer.body.length > 200_000) return null
  const named = /"feedUrl"\s*:\s*"(https?:[^"\s]{4,2000})"/.exec(Buffer.from(answer.body).toString('utf8'))?.[1]
  return named && URL.canParse(named) ? new URL(named.replaceAll('\\/', '/')).href : null
}

/** https first; http where no scheme was typed and the server has no https. A wrong certificate is never ignored. */
async function askTyped(search: Search, typed: TypedAddress): Promise<{ url: string; answer: Asked | null }> {
  const { url, otherwise } = typed
  if (!otherwise) return { url, answer: await ask(search, url) }
  const answer = await ask(search, url, AbortSignal.timeout(secureFirst))
  if (!answer || answer.kind === 'answer' || !mayHaveHttp(answer.failure)) return { url, answer }
  await allowPrivate(search, otherwise)
  const second = await ask(search, otherwise)
  return second?.kind === 'answer' ? { url: otherwise, answer: second } : { url, answer: second && answer }
}

function mayHaveHttp(failure: Failure): boolean {
  if (failure.reason === 'tls') return /^(?:ERR_SSL|EPROTO|E?CONN)/.test(failure.detail)
  return /^(?:refused|unreachable|timeout|too-slow|bad-answer)$/.test(failure.reason)
}

/** `hops`: how many more pages may redirect with `<meta http-equiv=refresh>`. */
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

/** Bot walls protect pages; the feed of the same site is often open. */
async function tryBesideRefusal(search: Search, answer: Answer): Promise<Failure | null> {
  const failure = failureOfStatus(answer)
  const isWall = failure.reason === 'bot-wall' || answer.status === 403 || answer.status === 406
  if (!isWall) return failure
  const guesses = [...serverFeeds(answer.url), ...usualFeeds(answer.url, '')].slice(0, guessesAtOnce)
  await tryFeeds(search, guesses.map(linkTo))
  return failure
}

function failureOfStatus({ status, headers, body, url }: Answer): Failure {
  if (status === 410) return { reason: 'gone' }
  if (isBotWall(status, headers, body)) return { reason: 'bot-wall', status, host: new URL(url).hostname }
  return { reason: 'http', status }
}

async function readPageAnswer(search: Search, answer: Answer, hops: number): Promise<Failure | null> {
  const page = await search.deps.readPage(documentOf(answer))
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
  // Why a declared feed could not be read says more than that there is none.
  const declaredFailure = outcomes.find(outcome => outcome !== null && outcome.reason !== 'private-address')
  return declaredFailure ?? { reason: 'not-a-feed', found: await feedsOfFrontPage(search, answer.url) }
}

/** The feeds that the site's front page declares, for a page without any: to be named in the failure, not fetched. */
async function feedsOfFrontPage(search: Search, pageUrl: string): Promise<string[]> {
  const front = new URL('/', pageUrl).href
  if (search.asked.has(foldAddress(front))) return []
  const answer = await ask(search, front)
  if (answer?.kind !== 'answer' || answer.status !== 200 || new URL(answer.url).host !== new URL(front).host) return []
  const page = await search.deps.readPage(documentOf(answer))
  const urls = page.ok ? declaredFeeds(page, answer).map(feed => feed.url) : []
  return urls.filter(url => new URL(url).host === new URL(front).host).slice(0, 5)
}

/** The feeds that page and headers declare, each once, feeds of comments last. */
function declaredFeeds(page: PageLinks, answer: Answer): FeedLink[] {
  const inHeader = linkHeaderFeeds(answer.headers.link ?? '', answer.url)
  const channel = page.youtubeChannel
    ? [{ url: youTubeChannelFeed(page.youtubeChannel), title: page.title, type: '' }]
    : []
  const canonical = page.canonical && page.canonical !== answer.url ? siteFeeds(page.canonical) : []
  const links = [...page.feeds, ...inHeader, ...channel, ...canonical.map(linkTo)]
  const folded = new Map<string, FeedLink>()
  for (const link of links) {
    const key = foldAddress(link.url)
    const known = folded.get(key)
    const isBetter = known?.url.startsWith('http:') && link.url.startsWith('https:')
    if (!known || isBetter) folded.set(key, { ...link, title: known?.title || link.title })
  }
  return inOrder([...folded.values()])
}

/** Lists declared feeds of the same server that the budget left unrequested, with the title and type of their link. */
function listUnasked(search: Search, links: FeedLink[], pageUrl: string): void {
  if (search.signal.aborted) return
  for (const { url, title, type } of links) {
    if (search.feeds.length >= mostListed || search.asked.has(foldAddress(url))) continue
    // Not those of another server: its address could be a private one.
    if (new URL(url).host !== new URL(pageUrl).host || !isFeedType(type)) continue
    const format = /atom/.test(type) ? 'atom' : /json/.test(type) ? 'json' : /rdf/.test(type) ? 'rdf' : 'rss'
    search.feeds.push({ url, title: title || url, siteUrl: pageUrl, format, latest: [] })
  }
}

/** Requests links that look like feeds, then the usual paths, a few at a time until feeds are found. */
async function tryGuesses(search: Search, page: PageLinks, pageUrl: string): Promise<void> {
  const usual = [...serverFeeds(pageUrl), ...usualFeeds(pageUrl, page.generator)].map(linkTo)
  // Many such links would leave no request for the usual paths.
  const anchors = page.anchors.map(anchor => (anchor.title.length > 80 ? linkTo(anchor.url) : anchor))
  const guesses = [...anchors.slice(0, 4), ...usual, ...anchors.slice(4)]
  // One request is kept for the site's front page.
  while (search.requestsLeft > 1 && !search.signal.aborted && search.feeds.length === 0) {
    const wave = guesses
      .filter(guess => !search.asked.has(foldAddress(guess.url)))
      .slice(0, Math.min(guessesAtOnce, search.requestsLeft - 1))
    if (wave.length === 0) return
    await tryFeeds(search, wave)
  }
  // A page that lists feeds: request the rest of them.
  if (search.feeds.length > 1) await tryFeeds(search, anchors)
}

/**
 * Page or feed, by the first bytes: the Content-Type of servers is wrong too often. 'other' is no page, and is parsed once as
 * a feed.
 */
export function looksLike(bytes: Uint8Array, contentType: string): 'feed' | 'page' | 'other' {
  // As Latin-1 without zero bytes, ASCII is readable in every charset that is used, UTF-16 included.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 16_384)).replaceAll('\u0000', '')
  const feed = head.search(/<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]/i)
  const page = head.search(/<(?:!doctype\s+html|html|head|body|meta|title)[\s>]/i)
  if (feed >= 0 && (page < 0 || feed < page)) return 'feed'
  if (page >= 0) return 'page'
  if (/^[^\w<]{0,10}\{/.test(head) && /"(?:version|items|title)"/.test(head)) return 'feed'
  return /html/i.test(contentType) && /<\w/.test(head) ? 'page' : 'other'
}

/** Feeds of comments last: they are not what is looked for. */
function inOrder<T extends { url: string; title: string }>(feeds: T[]): T[] {
  const isComments = ({ url, title }: T) =>
    /comment|kommentar|coment[aá]rio|comentario|reactie|コメント|коммента/i.test(`${title} ${new URL(url).pathname}`)
  return [...feeds.filter(feed => !isComments(feed)), ...feeds.filter(isComments)]
}
