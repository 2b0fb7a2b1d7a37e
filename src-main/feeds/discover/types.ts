/** The input and output of a search for feeds. */
import type { Failure, FeedFormat } from '../../api/model.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
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
  /** Whether a typed address on a private network may be requested; without this, those that are private by their name. */
  mayBePrivate?(url: URL): Promise<boolean>
  signal?: AbortSignal
  /** For the whole search, in ms; 10,000 when absent. */
  timeLimit?: number
}
