/** Brings one feed up to date: fetch, parse, store, remember. What a server does wrong is recorded on the feed, not thrown. */
import { hash } from 'node:crypto'
import type { Failure } from '../api/model.ts'
import type { FeedDocument } from '../feeds/documents.ts'
import type { FeedEnd, ReadyFeed } from '../feeds/parsed.ts'
import type { BodyBudget, BodyShare } from '../http/body/body-budget.ts'
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { Stored } from '../store/articles/ingest.ts'
import type { PollFeed, PollRecord } from '../store/feeds/poll-state.ts'
import { type Access, type FetchOutcome, fetchFeed } from './fetch.ts'
import { type Doubt, doubtOf, type Page, pageOf } from './network/sign-in-page.ts'
import {
  isGone,
  isUnclosedByHabit,
  type PollMemory,
  type PollOutcome,
  provenMove,
  readMemory,
  remember,
  validatorsToSend,
} from './poll-memory.ts'
import { nextCheckAt, refusedUntil } from './schedule.ts'

export type ReadOutcome = { ok: true; feed: ReadyFeed; end: FeedEnd } | { ok: false; failure: Failure }

/** `isUrgent`: the user waits for this feed. */
export type ReadOptions = { signal?: AbortSignal; isUrgent?: boolean }

export type RefreshDeps = {
  http: Pick<Http, 'get'>
  /** A body counts from its first byte until its articles are stored. */
  bodies: BodyBudget
  /** Decodes, parses and sanitises in a worker. Rejects only when the signal aborts. */
  readFeed(document: FeedDocument, options: ReadOptions): Promise<ReadOutcome>
  /** Stores what was read; rejects where the disk fails. Null where the feed is not followed at this address any more. */
  storeFeed(from: Pick<PollFeed, 'id' | 'url'>, feed: ReadyFeed, now: number): Promise<Stored | null>
  /** How the user wants this feed's server to be asked. */
  accessOf(feed: Pick<PollFeed, 'credentials' | 'proxy' | 'userAgent'>): Access
  now(): number
  /** 0 to 1. */
  random(): number
}

/** What is to be recorded and announced. The articles are stored already. */
export type Refreshed = Stored & {
  record: PollRecord
  /** Set where the whole host is to be left alone. */
  backoff: { host: string; until: number } | null
  /** Set where the network may have answered in the server's place: nothing is to be recorded before that is known. */
  doubt: Doubt | null
  /** A document was parsed, so that the feed's title and the like may have changed. */
  isParsed: boolean
  /** What the publisher's feed names as its icon. */
  icon: string | null
}

const nothingNew = { newIds: [], editedIds: [], backoff: null, doubt: null, icon: null, isParsed: false }

export type RefreshOptions = ReadOptions & {
  /** Spares the request where the answer is at hand. */
  fetched?: FetchOutcome
  /** How often in a row a host has refused us. */
  refusalsOf?: (host: string) => number
}

/** Null where the signal aborts it, or the feed is not followed at this address any more: nothing is to be recorded. */
export async function refreshFeed(
  feed: PollFeed,
  deps: RefreshDeps,
  options: RefreshOptions = {},
): Promise<Refreshed | null> {
  const share = deps.bodies.open()
  try {
    return await askAndStore(feed, deps, share, options)
  } finally {
    share.close()
  }
}

async function askAndStore(
  feed: PollFeed,
  deps: RefreshDeps,
  share: BodyShare,
  { signal, isUrgent, fetched, refusalsOf = () => 0 }: RefreshOptions,
): Promise<Refreshed | null> {
  const memory = readMemory(feed.memory)
  const { url, privateHost } = feed
  const validators = validatorsToSend(memory, deps.now())
  const request = { url, privateHost, validators, access: deps.accessOf(feed), share, signal }
  const outcome = fetched ?? (await fetchFeed(deps.http, request, deps.now()))
  if (signal?.aborted) return null
  if (outcome.kind === 'modified') return readBody(feed, memory, outcome, deps, { signal, isUrgent })
  if (outcome.kind === 'not-modified') return { ...nothingNew, record: recordOf(feed, memory, outcome, deps) }
  if (outcome.kind === 'failed') return failed(feed, memory, outcome.failure, outcome.page, deps)

  const { status, host } = outcome
  const refusals = Math.max(memory.refusals, refusalsOf(host)) + 1
  const until = outcome.until ?? refusedUntil(refusals, deps.now())
  // A 503 without a time is a server in trouble. On the user's own network each feed waits for itself (E9).
  const isHostWide = !isOwnNetwork(new URL(url)) && (status === 429 || outcome.until !== null)
  const failure = { reason: 'retry-later', status, until, host } as const
  return { ...failed(feed, memory, failure, outcome.page, deps), backoff: isHostWide ? { host, until } : null }
}

function failed(
  feed: PollFeed,
  memory: PollMemory,
  failure: Failure,
  page: Page | undefined,
  deps: Pick<RefreshDeps, 'now' | 'random'>,
): Refreshed {
  const isSudden = memory.fullAt !== null && memory.failures === 0
  const doubt = doubtOf(feed.url, failure, page, isSudden)
  return { ...nothingNew, doubt, record: recordOf(feed, memory, { kind: 'failed', failure }, deps) }
}

async function readBody(
  feed: PollFeed,
  memory: PollMemory,
  fetched: Extract<FetchOutcome, { kind: 'modified' }>,
  deps: RefreshDeps,
  options: ReadOptions,
): Promise<Refreshed | null> {
  const { body: bytes, breakOff, finalUrl: url, contentType, validators, freshSeconds, movedTo } = fetched
  const bodyHash = hash('sha1', bytes, 'base64')
  const answered = { kind: 'read', validators, freshSeconds, movedTo, bodyHash } as const
  if (bodyHash === memory.bodyHash) {
    const same = { ...answered, isUnclosed: memory.unclosed > 0, hints: null, newArticles: 0 }
    return { ...nothingNew, record: recordOf(feed, memory, same, deps) }
  }

  const document = { bytes, url, contentType, isFirst: memory.bodyHash === null }
  const read = await deps.readFeed(document, options).catch(error => {
    if (options.signal?.aborted) return null
    throw error
  })
  if (!read) return null
  if (!read.ok) {
    return failed(feed, memory, breakOff ?? read.failure, pageOf(url, 200, contentType, bytes), deps)
  }

  // Articles first: if we die before the poll is recorded, the same body comes again and is recognised.
  const now = deps.now()
  const stored = await deps.storeFeed(feed, read.feed, now)
  if (!stored) return null
  const isUnclosed = read.end === 'between-items' && breakOff === null
  // A document that is closed is whole, whatever became of the answer around it.
  const isWhole = read.end === 'closed' || (isUnclosed && isUnclosedByHabit(memory))
  const found = { hints: hintsOf(read.feed, now), newArticles: stored.newIds.length, isUnclosed }
  const outcome: PollOutcome = isWhole
    ? { ...answered, ...found }
    : { ...found, kind: 'cut-off', failure: breakOff?.reason === 'too-slow' ? breakOff : { reason: 'cut-off' } }
  const record = recordOf(feed, memory, outcome, deps)
  return { ...stored, record, backoff: null, doubt: null, icon: read.feed.icon, isParsed: true }
}

function hintsOf({ ttlMinutes, skipHours, skipDays, articles }: ReadyFeed, now: number) {
  const dates = articles.map(article => article.publishedAt ?? 0).filter(at => at > 0 && at <= now)
  const newestAt = dates.length > 0 ? dates.reduce((a, b) => Math.max(a, b)) : null
  return { ttlMinutes, skipHours, skipDays, newestAt }
}

function recordOf(
  feed: PollFeed,
  memory: PollMemory,
  outcome: PollOutcome,
  deps: Pick<RefreshDeps, 'now' | 'random'>,
): PollRecord {
  const now = deps.now()
  const next = remember(memory, outcome, now)
  const isSuccess = outcome.kind === 'read' || outcome.kind === 'not-modified'
  const adopted = isSuccess ? provenMove(feed.url, next, now) : null
  const failure = 'failure' in outcome ? outcome.failure : null
  return {
    feedId: feed.id,
    url: feed.url,
    checkedAt: now,
    isSuccess,
    nextCheckAt: nextCheckAt(next, now, deps.random, failure),
    failure,
    memory: adopted ? { ...next, move: null } : next,
    isGone: isGone(next),
    adopt: adopted ? { url: adopted, privateHost: stillPrivate(adopted, feed.privateHost) } : null,
  }
}

/** The user's permission was for one host and port. */
function stillPrivate(url: string, privateHost: string | null): string | null {
  const parsed = URL.parse(url)
  return parsed && hostPort(parsed) === privateHost ? privateHost : null
}
