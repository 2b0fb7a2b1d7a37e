/** Adds one feed the user asked for: asks its server, reads what comes, and follows it where that is a feed. */
import type { Credentials, Failure } from '../api/model.ts'
import { readAddress } from '../api/names/typed-address.ts'
import { sealCredentials, splitCredentials } from '../http/credentials.ts'
import { hostPort } from '../http/private-address.ts'
import type { Secrets } from '../lib/secrets.ts'
import { type FetchOutcome, fetchFeed, outcomeOf } from '../polling/fetch.ts'
import { type ReadOutcome, type RefreshDeps, refreshFeed } from '../polling/refresh-feed.ts'
import { refusedUntil } from '../polling/schedule.ts'
import { durably, type WriteDb } from '../store/db/open.ts'
import { saveAccess } from '../store/feeds/access.ts'
import { feedByUrl, insertFeed, type NewFeed } from '../store/feeds/feeds.ts'
import { type PollFeed, pollFeeds, recordPolls } from '../store/feeds/poll-state.ts'
import { recordUndo, returnedAs } from '../store/undo-log.ts'
import type { Kept } from './discovery-cache.ts'
import type { AddOutcome, AddRequest } from './protocol.ts'

export type AddingParts = {
  db: WriteDb
  secrets: Secrets
  /** How feeds are refreshed: what comes with the feed goes the same way. `readFeed` here is urgent, since someone waits. */
  steps: Omit<RefreshDeps, 'refusalsOf'>
  kept: Kept
  /** Whether an address the user typed may be asked although it is private. */
  mayBePrivate(url: URL, isAllowed?: boolean): Promise<boolean>
  signal: AbortSignal
  /** `icon` is what the feed names as its own. */
  onFollowed(feedId: number, icon: string | null): void
}

/** What a server does wrong is in the answer; then nothing is stored. */
export async function addFeed(parts: AddingParts, request: AddRequest): Promise<AddOutcome> {
  const { db, steps } = parts
  const { address: typedText, credentials: written } = splitCredentials(request.url)
  const address = readAddress(typedText)
  if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
  const typed = new URL(address.url)
  typed.hash = ''
  const there = followed(db, typed.href)
  if (there) return there

  const privateHost = await permission(parts, typed, request.allowPrivate)
  const credentials = request.credentials ?? written ?? credentialsFor(parts.kept, typed)
  const fetched = await fetchOnce(parts, request.url, { url: typed.href, privateHost, credentials })
  if (fetched.kind !== 'modified' && fetched.kind !== 'broken-off') {
    return { kind: 'failed', failure: whyNot(fetched, steps.now()) }
  }

  // Only what turned out to be a feed is followed; a permanent move is taken at its word, since nothing is followed yet.
  const url = fetched.movedTo ?? typed.href
  const moved = followed(db, url)
  if (moved) return moved
  const document = { bytes: fetched.body, url: fetched.finalUrl, contentType: fetched.contentType }
  const read = await steps.readFeed(document, parts.signal)
  if (!read.ok) return { kind: 'failed', failure: fetched.kind === 'broken-off' ? fetched.failure : read.failure }
  const isSameHost = hostPort(new URL(url)) === hostPort(typed)
  const { title, folderId } = request
  const own = isSameHost ? { privateHost, credentials } : { privateHost: null, credentials: null }
  return store(parts, { url, title, folderId, ...own }, fetched, read)
}

function followed(db: WriteDb, url: string): AddOutcome | null {
  const feed = feedByUrl(db, url)
  return feed && !feed.isRemoved ? { kind: 'already-there', feedId: feed.id } : null
}

/** Private addresses are followed where the user typed them; what a page named is not what the user typed. */
async function permission({ kept, mayBePrivate }: AddingParts, url: URL, isAllowed = false): Promise<string | null> {
  const foundVia = kept.typedHost(url.href)
  if (foundVia !== null && foundVia !== hostPort(url)) return null
  return (await mayBePrivate(url, isAllowed)) ? hostPort(url) : null
}

/** What was given with the search that found this feed, if it is on the host it was given for. */
function credentialsFor(kept: Kept, url: URL): Credentials | null {
  return kept.typedHost(url.href) === hostPort(url) ? kept.credentials(url.href) : null
}

type Asked = { url: string; privateHost: string | null; credentials: Credentials | null }

/** Asks the server, unless the search that found the feed did so a moment ago. */
async function fetchOnce(parts: AddingParts, typedText: string, asked: Asked): Promise<FetchOutcome> {
  const { kept, steps, signal } = parts
  const { url, privateHost, credentials } = asked
  const held = kept.body(typedText) ?? kept.body(url)
  if (held) return outcomeOf(held.answer, null, steps.now())
  const access = { credentials, proxy: null, userAgent: null }
  return fetchFeed(steps.http, { url, privateHost, validators: null, access, signal }, steps.now())
}

type NotModified = Exclude<FetchOutcome, { kind: 'modified' | 'broken-off' }>

function whyNot(fetched: NotModified, now: number): Failure {
  if (fetched.kind === 'failed') return fetched.failure
  if (fetched.kind === 'gone') return { reason: 'gone' }
  if (fetched.kind === 'not-modified') return { reason: 'http', status: 304 }
  const { status, until, host } = fetched
  return { reason: 'retry-later', status, until: until ?? refusedUntil(1, now), host }
}

type ToStore = AddRequest & { privateHost: string | null }

async function store(
  parts: AddingParts,
  { url, title, folderId, privateHost, credentials }: ToStore,
  fetched: FetchOutcome,
  read: Extract<ReadOutcome, { ok: true }>,
): Promise<AddOutcome> {
  const { db, steps } = parts
  const { feed } = read
  const customTitle = title && title !== feed.title ? title : null
  const row = { url, title: feed.title, customTitle, siteUrl: feed.siteUrl, folderId, privateHost, nextCheckAt: null }
  const { feedId, undoId } = durably(db, () => db.transaction(() => follow(parts, row, credentials)).immediate())
  if (undoId === null) return { kind: 'already-there', feedId }
  const [pollFeed] = pollFeeds(db, [feedId])
  const deps = { ...steps, readFeed: async () => read, refusalsOf: () => 0 }
  const refreshed = await refreshFeed(pollFeed as PollFeed, deps, { fetched })
  // The user is told that the feed is followed: this commit puts it, and what came before it, on the disk.
  durably(db, () => recordPolls(db, refreshed.record ? [refreshed.record] : []))
  parts.onFollowed(feedId, feed.icon)
  return { kind: 'added', feedId, newArticles: refreshed.newIds.length, undoId }
}

/** For one transaction: what takes it back is recorded with it. `undoId` is null where it is followed already. */
function follow(
  { db, secrets, steps }: AddingParts,
  row: NewFeed,
  credentials: Credentials | null,
): { feedId: number; undoId: number | null } {
  const now = steps.now()
  const known = feedByUrl(db, row.url)
  const before = known?.isRemoved ? returnedAs(db, known.id) : null
  const { feedId, isNew, isMade } = insertFeed(db, row, now)
  if (!isNew) return { feedId, undoId: null }
  if (credentials) {
    const sealed = sealCredentials(secrets, credentials)
    saveAccess(db, feedId, { credentials: sealed, proxy: null, userAgent: null }, now)
  }
  const ids = [feedId]
  const undo = { feedIds: ids, folderIds: [], madeIds: isMade ? ids : [], before: before ? [before] : [] }
  return { feedId, undoId: recordUndo(db, { kind: 'import', ...undo }, now) }
}
