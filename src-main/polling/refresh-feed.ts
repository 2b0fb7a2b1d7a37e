/** Brings one feed up to date: fetch, read, store, remember. What a server does wrong is recorded on the feed, not thrown. */
import { hash } from 'node:crypto'
import type { Failure } from '../api/model.ts'
import type { FeedDocument } from '../feeds/documents.ts'
import type { FeedEnd, ReadyFeed } from '../feeds/parsed.ts'
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { Stored } from '../store/articles/ingest.ts'
import type { PollFeed, PollRecord } from '../store/feeds/poll-state.ts'
import { type Access, type FetchOutcome, fetchFeed } from './fetch.ts'
import {
  type Happened,
  isConnectivity,
  isGone,
  isUnclosedByHabit,
  type PollMemory,
  provenMove,
  readMemory,
  remember,
  validatorsToSend,
} from './poll-memory.ts'
import { nextCheckAt, refusedUntil, retrySoonAt } from './schedule.ts'

export type ReadOutcome = { ok: true; feed: ReadyFeed; end: FeedEnd } | { ok: false; failure: Failure }

export type RefreshDeps = {
  http: Pick<Http, 'get'>
  /** Decode, parse and sanitise in a disposable worker. Rejects only when the signal gives up. */
  readFeed(document: FeedDocument, signal?: AbortSignal): Promise<ReadOutcome>
  /** Stores what was read; rejects where the disk fails. Null where the feed is not followed at this address any more. */
  storeFeed(from: Pick<PollFeed, 'id' | 'url'>, feed: ReadyFeed, now: number): Promise<Stored | null>
  /** How often in a row this host has refused us. */
  refusalsOf(host: string): number
  /** How this feed's server is asked, where the user said so. */
  accessOf(feed: PollFeed): Access
  now(): number
  /** 0 to 1. */
  random(): number
}

export type Refreshed = {
  /** Null when it was given up: nothing to record. */
  record: PollRecord | null
  newIds: number[]
  editedIds: number[]
  /** Set when the whole host asked us to stay away. */
  hold: { host: string; until: number } | null
  /** A body was read, so that the feed's title and the like may have changed. */
  isRead: boolean
  /** What the publisher's feed names as its icon. */
  icon: string | null
}

const nothing = { newIds: [], editedIds: [], hold: null, icon: null, isRead: false }

/** `fetched` spares the request where the answer is at hand. */
export async function refreshFeed(
  feed: PollFeed,
  deps: RefreshDeps,
  { signal, fetched }: { signal?: AbortSignal; fetched?: FetchOutcome } = {},
): Promise<Refreshed> {
  const memory = readMemory(feed.memory)
  const outcome =
    fetched ??
    (await fetchFeed(
      deps.http,
      {
        url: feed.url,
        privateHost: feed.privateHost,
        validators: validatorsToSend(memory, deps.now()),
        access: deps.accessOf(feed),
        signal,
      },
      deps.now(),
    ))
  if (signal?.aborted) return { record: null, ...nothing }
  if (outcome.kind === 'modified' || outcome.kind === 'broken-off') return takeIn(feed, memory, outcome, deps, signal)
  if (outcome.kind !== 'retry-later') return { ...nothing, record: recordOf(feed, memory, outcome, deps) }

  const { status, host } = outcome
  const refusals = Math.max(memory.refusals, deps.refusalsOf(host)) + 1
  const until = outcome.until ?? refusedUntil(refusals, deps.now())
  // A 503 without a time is a server in trouble, not one that asks us to stay away; a private host is the user's own (E9).
  const isHostHeld = !isOwnNetwork(new URL(feed.url)) && (status === 429 || outcome.until !== null)
  return {
    ...nothing,
    hold: isHostHeld ? { host, until } : null,
    record: recordOf(feed, memory, { kind: 'retry-later', until, status, host }, deps),
  }
}

type Modified = Extract<FetchOutcome, { kind: 'modified' | 'broken-off' }>

async function takeIn(
  feed: PollFeed,
  memory: PollMemory,
  outcome: Modified,
  deps: RefreshDeps,
  signal: AbortSignal | undefined,
): Promise<Refreshed> {
  const { validators, freshSeconds, movedTo } = outcome
  const bodyHash = hash('sha1', outcome.body, 'base64')
  const answered = { kind: 'read', validators, freshSeconds, movedTo, bodyHash } as const
  if (bodyHash === memory.bodyHash) {
    const isUnclosed = memory.unclosed > 0
    return { ...nothing, record: recordOf(feed, memory, { ...answered, isUnclosed, said: null, newArticles: 0 }, deps) }
  }

  const read = await readOrGiveUp(outcome, memory.bodyHash === null, deps, signal)
  if (!read) return { record: null, ...nothing }
  const broken = outcome.kind === 'broken-off' ? outcome.failure : null
  if (!read.ok) {
    return { ...nothing, record: recordOf(feed, memory, { kind: 'failed', failure: broken ?? read.failure }, deps) }
  }

  // Articles first: if we die before the poll is recorded, the same body comes again and is recognised.
  const now = deps.now()
  const stored = await deps.storeFeed(feed, read.feed, now)
  // With nothing recorded, all of it comes again where the feed is followed again.
  if (!stored) return { record: null, ...nothing }
  const { ttlMinutes, skipHours, skipDays, articles, icon } = read.feed
  const dates = articles.map(article => article.publishedAt ?? 0).filter(at => at > 0 && at <= now)
  const newestAt = dates.length > 0 ? dates.reduce((a, b) => Math.max(a, b)) : null
  const told = {
    said: { ttlMinutes, skipHours, skipDays, newestAt },
    newArticles: stored.newIds.length,
    isUnclosed: read.end === 'between-items' && broken === null,
  }
  // A document that is closed is whole, whatever became of the answer around it.
  const isWhole = read.end === 'closed' || (told.isUnclosed && isUnclosedByHabit(memory))
  return {
    ...stored,
    hold: null,
    icon,
    isRead: true,
    record: recordOf(feed, memory, isWhole ? { ...answered, ...told } : { ...told, ...cutOff(broken) }, deps),
  }
}

/** Slowness is told as what it is. */
function cutOff(broken: Failure | null): { kind: 'cut-off'; failure: Failure } {
  return { kind: 'cut-off', failure: broken?.reason === 'too-slow' ? broken : { reason: 'cut-off' } }
}

async function readOrGiveUp(
  { body, finalUrl, contentType }: Modified,
  isFirst: boolean,
  deps: RefreshDeps,
  signal: AbortSignal | undefined,
): Promise<ReadOutcome | null> {
  try {
    return await deps.readFeed({ bytes: body, url: finalUrl, contentType, isFirst }, signal)
  } catch (error) {
    if (signal?.aborted) return null
    throw error
  }
}

type Told =
  | Exclude<Happened, { kind: 'retry-later' }>
  | (Happened & { kind: 'retry-later'; status: number; host: string })

function recordOf(feed: PollFeed, memory: PollMemory, told: Told, deps: RefreshDeps): PollRecord {
  const now = deps.now()
  const next = remember(memory, told, now)
  const isSuccess = told.kind === 'read' || told.kind === 'not-modified'
  const adopted = isSuccess ? provenMove(feed.url, next, now) : null
  const isOurs = told.kind === 'failed' && isConnectivity(told.failure)
  return {
    feedId: feed.id,
    url: feed.url,
    checkedAt: now,
    isSuccess,
    nextCheckAt: isOurs ? retrySoonAt(now, deps.random) : nextCheckAt(next, now, deps.random),
    failure: failureOf(told),
    memory: adopted ? { ...next, move: null } : next,
    isGone: isGone(next),
    adopt: adopted ? { url: adopted, privateHost: stillPrivate(adopted, feed.privateHost) } : null,
  }
}

function failureOf(told: Told): Failure | null {
  if (told.kind === 'failed' || told.kind === 'cut-off') return told.failure
  if (told.kind === 'gone') return { reason: 'gone' }
  if (told.kind === 'retry-later') {
    return { reason: 'retry-later', status: told.status, until: told.until, host: told.host }
  }
  return null
}

/** The user's permission was for one host and port. */
function stillPrivate(url: string, privateHost: string | null): string | null {
  const parsed = URL.parse(url)
  return parsed && hostPort(parsed) === privateHost ? privateHost : null
}
