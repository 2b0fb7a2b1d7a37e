/** Finds the feeds of whatever the user typed: a feed, a site, a channel, a profile. Bounded: 8 requests, 10 s in all. */
import type { Failure, FeedFormat } from '../../api/model.ts'
import type { Http, HttpAnswer } from '../http-types.ts'
import type { PageInput, PageLinks } from './discover-page.ts'
import type { ReadyFeed } from './parsed.ts'

/** A feed that was found; `latest` are its newest articles, and empty where there was no time left to fetch it. */
export type DiscoveredFeed = {
  url: string
  title: string
  siteUrl: string | null
  format: FeedFormat
  latest: { title: string; publishedAt: number | null }[]
}

/** What was fetched on the way, so that adding the feed need not ask its server again. */
export type DiscoveredBody = {
  bytes: Uint8Array
  contentType: string
  answer: Extract<HttpAnswer, { kind: 'answer' }>
}

export type DiscoverOutcome =
  | { kind: 'found'; feeds: DiscoveredFeed[]; bodies: Map<string, DiscoveredBody> }
  | { kind: 'failed'; failure: Failure }

export type FeedReading = { kind: 'read'; feed: ReadyFeed } | { kind: 'failed'; failure: Failure }

export type DiscoverDeps = {
  http: Pick<Http, 'get'>
  /** `readPage` of discover-page.ts, run in the worker pool. */
  readPage(input: PageInput): Promise<PageLinks | { kind: 'failed'; failure: Failure }>
  /** Decode, parse, normalise and sanitise, run in the worker pool. */
  readFeed(bytes: Uint8Array, url: string, contentType: string): Promise<FeedReading>
  signal?: AbortSignal
  /** Milliseconds for all of it; 10,000 when absent. */
  timeLimit?: number
}

/**
 * Looks for feeds at `address`, as typed. Addresses on this machine or a private network are followed for exactly the
 * host and port that were typed. `url` of a feed is where it should be followed: after permanent redirects only.
 */
export async function discover(_address: string, _deps: DiscoverDeps): Promise<DiscoverOutcome> {
  return { kind: 'failed', failure: { reason: 'bad-address' } }
}
