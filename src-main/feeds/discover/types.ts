/** What a search for feeds needs and answers. */
import type { Failure, FeedFormat } from '../../api/model.ts'
import type { Http, HttpAnswer } from '../../http/types.ts'
import type { ReadyFeed } from '../parsed.ts'
import type { PageInput, PageLinks } from './page.ts'

/** A feed that was found; `latest` are its newest articles, and empty where there was no time left to fetch it. */
export type DiscoveredFeed = {
  url: string
  title: string
  siteUrl: string | null
  format: FeedFormat
  latest: { title: string; publishedAt: number | null }[]
}

/** What was fetched on the way, so that adding the feed need not ask its server again. */
export type DiscoveredBody = { bytes: Uint8Array; contentType: string; answer: HttpAnswer }

/** `bodies` is by the feed's `url`. */
export type DiscoverOutcome =
  | { kind: 'found'; feeds: DiscoveredFeed[]; bodies: Map<string, DiscoveredBody> }
  | { kind: 'failed'; failure: Failure }

type Failed = { ok: false; failure: Failure }

export type DiscoverDeps = {
  http: Pick<Http, 'get'>
  /** The pool's task of that name. */
  readPage(input: PageInput): Promise<PageLinks | Failed>
  /** The pool's task of that name. */
  readFeed(input: PageInput): Promise<{ ok: true; feed: ReadyFeed } | Failed>
  /** Whether an address the user typed may be asked although it is private; one that says so itself when absent. */
  mayBePrivate?(url: URL): Promise<boolean>
  signal?: AbortSignal
  /** Milliseconds for all of it; 10,000 when absent. */
  timeLimit?: number
}
