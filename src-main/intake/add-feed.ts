/** Adds one feed the user asked for: fetches it, reads it, and follows it if it is a feed. */
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
import type { DiscoveryCache } from './discovery-cache.ts'
import type { AddOutcome, AddRequest } from './protocol.ts'

export type AddingParts = {
  db: WriteDb
  secrets: Secrets
  /** How feeds are refreshed: the first articles are stored the same way. `readFeed` is urgent here, since the user waits. */
  steps: RefreshDeps
  discovered: DiscoveryCache
  /** Whether an address the user typed may be fetched although it is private. */
  mayBePrivate(url: URL, isAllowed?: boolean): Promise<boolean>
  signal: AbortSignal
  /** `icon` is what the feed names as its own. */
  onFollowed(feedId: number, icon: string | null): void
}

/** A server's failure is in the answer; nothing is stored then. */
export async function addFeed(parts: AddingParts, request: AddRequest): Promise<AddOutcome> {
  const { db, steps } = parts
  const { address: typedText, credentials: written } = splitCredentials(request.url)
  const address = readAddress(typedText)
  if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
  const typed = new URL(address.url)
  typed.hash = ''
  const known = followed(db, typed.href)
  if (known) return known

  const found = parts.discovered.get(typed.href)
  const isOnTypedHost = found?.typedHost === hostPort(typed)
  // A private address is fetched where the user typed it, and not where a page named it.
  const mayAsk = (!found || isOnTypedHost) && (await parts.mayBePrivate(typed, request.allowPrivate))
  const privateHost = mayAsk ? hostPort(typed) : null
  // Those that were given for the search that found this feed are for the host that was typed.
  const credentials = request.credentials ?? written ?? (isOnTypedHost ? found.credentials : null)
  const fetched = await fetchOnce(parts, request.url, { url: typed.href, privateHost, credentials })
  if (fetched.kind !== 'modified') {
    return { kind: 'failed', failure: failureOf(fetched, steps.now()) }
  }

  // A permanent redirect is followed at once: there is no subscription yet that it could take over.
  const url = fetched.movedTo ?? typed.href
  const moved = followed(db, url)
  if (moved) return moved
  const document = { bytes: fetched.body, url: fetched.finalUrl, contentType: fetched.contentType }
  const read = await steps.readFeed(document, { signal: parts.signal, isUrgent: true })
  if (!read.ok) return { kind: 'failed', failure: fetched.breakOff ?? read.failure }
  const isSameHost = hostPort(new URL(url)) === hostPort(typed)
  const { title, folderId } = request
  const own = isSameHost ? { privateHost, credentials } : { privateHost: null, credentials: null }
  return store(parts, { url, title, folderId, ...own }, fetched, read)
}

function followed(db: WriteDb, url: string): AddOutcome | null {
  const feed = feedByUrl(db, url)
  return feed && !feed.isRemoved ? { kind: 'already-there', feedId: feed.id } : null
}

type Target = { url: string; privateHost: string | null; credentials: Credentials | null }

/** Fetches the feed, unless the search that found it did so a moment ago. */
async function fetchOnce(parts: AddingParts, typedText: string, target: Target): Promise<FetchOutcome> {
  const { discovered, steps, signal } = parts
  const { url, privateHost, credentials } = target
  const cached = discovered.get(typedText)?.body ?? discovered.get(url)?.body
  if (cached) return outcomeOf(cached.answer, null, steps.now())
  const access = { credentials, proxy: null, userAgent: null }
  return fetchFeed(steps.http, { url, privateHost, validators: null, access, signal }, steps.now())
}

type NotModified = Exclude<FetchOutcome, { kind: 'modified' }>

function failureOf(fetched: NotModified, now: number): Failure {
  if (fetched.kind === 'failed') return fetched.failure
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
  const deps = { ...steps, readFeed: async () => read }
  const refreshed = await refreshFeed(pollFeed as PollFeed, deps, { fetched })
  // The user is told that the feed is followed: with this commit all earlier ones are on the disk.
  durably(db, () => recordPolls(db, refreshed ? [refreshed.record] : []))
  parts.onFollowed(feedId, feed.icon)
  return { kind: 'added', feedId, newArticles: refreshed?.newIds.length ?? 0, undoId }
}

/** For one transaction, in which its undo is recorded, too. `undoId` is null where the feed is followed already. */
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
