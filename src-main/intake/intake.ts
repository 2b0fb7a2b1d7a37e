/** The intake: finds, adds, polls and refreshes feeds, and fetches what articles show. Runs in a thread, or in a test. */
import { join } from 'node:path'
import type { Credentials, Discovery, Failure, RefreshProgress } from '../api/model.ts'
import { readAddress } from '../api/names/typed-address.ts'
import { discover } from '../feeds/discover/discover.ts'
import { openCredentials, sealCredentials, splitCredentials, withCredentials } from '../http/credentials.ts'
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Secrets } from '../lib/secrets.ts'
import { watchClock } from '../polling/clock-trust.ts'
import { type FetchOutcome, fetchFeed, outcomeOf } from '../polling/fetch.ts'
import { createPoller } from '../polling/poller.ts'
import { type ReadOutcome, type RefreshDeps, refreshFeed } from '../polling/refresh-feed.ts'
import { refusedUntil } from '../polling/schedule.ts'
import { createArrivals } from '../store/articles/ingest-queue.ts'
import { durably, type WriteDb } from '../store/db/open.ts'
import { saveAccess } from '../store/feeds/access.ts'
import { feedByUrl, insertFeed, type NewFeed } from '../store/feeds/feeds.ts'
import { feedsWithoutIcon } from '../store/feeds/icons.ts'
import { type PollFeed, pollFeeds, recordPolls } from '../store/feeds/poll-state.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import { recordUndo, returnedAs } from '../store/undo-log.ts'
import type { Pool } from '../workers/pool.ts'
import { createKept } from './discovery-cache.ts'
import { createDrawing } from './drawing.ts'
import { createIconHunt } from './icon-queue.ts'
import { createMedia } from './media.ts'
import type { AddOutcome, AddRequest, DiscoverRequest, Intake, IntakeEvents } from './protocol.ts'

export type IntakeOptions = {
  db: WriteDb
  http: Http
  pool: Pick<Pool, 'run'>
  /** Workers for drawing SVGs. */
  drawingPool: Pick<Pool, 'run'>
  clock: Clock
  /** 0 to 1. */
  random(): number
  secrets: Secrets
  /** Whether a host name or address is on this machine or a private network. */
  isPrivateHost(url: URL): Promise<boolean>
  /** The data folder; pictures are kept in `media` there. */
  dataDir: string
  emit<E extends keyof IntakeEvents>(event: E, payload: IntakeEvents[E]): void
  log(line: string): void
}

export type RunningIntake = Intake & {
  /** Begins to poll what is due. */
  start(): void
  /** Nothing under way or about to start. */
  isIdle(): boolean
  /** Servers are being asked at this moment. */
  isBusy(): boolean
  close(): Promise<void>
}

export function createIntake(options: IntakeOptions): RunningIntake {
  const { db, pool, clock, emit } = options
  const http = watchClock(options.http, clock.now, () => emit('clock-confirmed', {}))
  const kept = createKept(clock)
  const closing = new AbortController()
  const drawing = createDrawing(options.drawingPool, closing.signal)
  const media = createMedia({ http, drawing, folder: join(options.dataDir, 'media'), now: clock.now })
  const icons = createIconHunt({
    ...options,
    drawing,
    signal: closing.signal,
    onFound: feedId => emit('feed-changed', { feedId }),
  })
  const arrivals = createArrivals(db)
  const steps: Omit<RefreshDeps, 'refusalsOf'> = {
    http,
    now: clock.now,
    random: options.random,
    accessOf: ({ credentials, proxy, userAgent }) => ({
      credentials: openCredentials(options.secrets, credentials),
      proxy: openProxy(options.secrets, proxy),
      userAgent,
    }),
    readFeed: (document, signal) => pool.run('readFeed', document, { signal }),
    storeFeed: arrivals.store,
  }

  const poller = createPoller({
    db,
    clock,
    random: options.random,
    log: options.log,
    refresh: (feed, signal, refusalsOf) => refreshFeed(feed, { ...steps, refusalsOf }, { signal }),
    onRefreshed(feed, { newIds, editedIds, isRead, icon }) {
      if (newIds.length + editedIds.length > 0) emit('feed-refreshed', { feedId: feed.id, newIds, editedIds })
      if (isRead) icons.want(feed.id, icon)
    },
    onDiskFailed: code => emit('storage-failed', { code }),
    onFeedChanged: feedId => emit('feed-changed', { feedId }),
    onProgress(progress: RefreshProgress) {
      // Icons can wait: the articles come first.
      icons.pause(progress.isRunning)
      emit('refresh-progress', progress)
    },
    onFinished: summary => emit('refresh-finished', summary),
  })

  async function addFeed(request: AddRequest): Promise<AddOutcome> {
    const { address: typedText, credentials: written } = splitCredentials(request.url)
    const address = readAddress(typedText)
    if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
    const typed = new URL(address.url)
    typed.hash = ''
    const there = followed(typed.href)
    if (there) return there

    const privateHost = await permission(typed, request.allowPrivate)
    const credentials = request.credentials ?? written ?? credentialsFor(typed)
    const access = { credentials, proxy: null, userAgent: null }
    const held = kept.body(request.url) ?? kept.body(typed.href)
    const fetched = held
      ? outcomeOf(held.answer, null, clock.now())
      : await fetchFeed(
          http,
          { url: typed.href, privateHost, validators: null, access, signal: closing.signal },
          clock.now(),
        )
    if (fetched.kind !== 'modified' && fetched.kind !== 'broken-off') {
      return { kind: 'failed', failure: whyNot(fetched, clock.now()) }
    }

    // Only what turned out to be a feed is followed; a permanent move is taken at its word, since nothing is followed yet.
    const url = fetched.movedTo ?? typed.href
    const moved = followed(url)
    if (moved) return moved
    const document = { bytes: fetched.body, url: fetched.finalUrl, contentType: fetched.contentType }
    const read = await pool.run('readFeed', document, { signal: closing.signal, isUrgent: true })
    if (!read.ok) return { kind: 'failed', failure: fetched.kind === 'broken-off' ? fetched.failure : read.failure }
    const isSameHost = hostPort(new URL(url)) === hostPort(typed)
    const { title, folderId } = request
    const own = isSameHost ? { privateHost, credentials } : { privateHost: null, credentials: null }
    return store({ url, title, folderId, ...own }, fetched, read)
  }

  /** Private addresses are followed where the user typed them; what a page named is not what the user typed. */
  async function permission(url: URL, isAllowed = false): Promise<string | null> {
    const foundVia = kept.typedHost(url.href)
    if (foundVia !== null && foundVia !== hostPort(url)) return null
    return (await mayBePrivate(url, isAllowed)) ? hostPort(url) : null
  }

  /**
   * An address that says itself that it is near is meant where the user typed it. A name that only turns out to be is
   * followed where the user has been asked: anybody's name can be made to lead to the reader's router.
   */
  async function mayBePrivate(url: URL, isAllowed = false): Promise<boolean> {
    return isOwnNetwork(url) || (isAllowed && (await options.isPrivateHost(url)))
  }

  function followed(url: string): AddOutcome | null {
    const feed = feedByUrl(db, url)
    return feed && !feed.isRemoved ? { kind: 'already-there', feedId: feed.id } : null
  }

  /** What was given with the search that found this feed, if it is on the host it was given for. */
  function credentialsFor(url: URL): Credentials | null {
    return kept.typedHost(url.href) === hostPort(url) ? kept.credentials(url.href) : null
  }

  type ToStore = AddRequest & { privateHost: string | null }

  async function store(
    { url, title, folderId, privateHost, credentials }: ToStore,
    fetched: FetchOutcome,
    read: Extract<ReadOutcome, { ok: true }>,
  ): Promise<AddOutcome> {
    const { feed } = read
    const customTitle = title && title !== feed.title ? title : null
    const row = { url, title: feed.title, customTitle, siteUrl: feed.siteUrl, folderId, privateHost, nextCheckAt: null }
    const { feedId, undoId } = durably(db, () => follow.immediate(row, credentials))
    if (undoId === null) return { kind: 'already-there', feedId }
    const [pollFeed] = pollFeeds(db, [feedId])
    const deps = { ...steps, readFeed: async () => read, refusalsOf: () => 0 }
    const refreshed = await refreshFeed(pollFeed as PollFeed, deps, { fetched })
    // The user is told that the feed is followed: this commit puts it, and what came before it, on the disk.
    durably(db, () => recordPolls(db, refreshed.record ? [refreshed.record] : []))
    icons.want(feedId, feed.icon)
    return { kind: 'added', feedId, newArticles: refreshed.newIds.length, undoId }
  }

  /** What takes it back is recorded in the same transaction; null where it is followed already. */
  const follow = db.transaction((row: NewFeed, credentials: Credentials | null) => {
    const known = feedByUrl(db, row.url)
    const before = known?.isRemoved ? returnedAs(db, known.id) : null
    const { feedId, isNew, isMade } = insertFeed(db, row, clock.now())
    if (!isNew) return { feedId, undoId: null }
    if (credentials) {
      const sealed = sealCredentials(options.secrets, credentials)
      saveAccess(db, feedId, { credentials: sealed, proxy: null, userAgent: null }, clock.now())
    }
    const ids = [feedId]
    const undo = { feedIds: ids, folderIds: [], madeIds: isMade ? ids : [], before: before ? [before] : [] }
    return { feedId, undoId: recordUndo(db, { kind: 'import', ...undo }, clock.now()) }
  })

  async function find(request: DiscoverRequest): Promise<Discovery> {
    const { address, credentials: written } = splitCredentials(request.address)
    const credentials = request.credentials ?? written
    const typed = readAddress(address)
    const found = await discover(address, {
      http: credentials && typed ? withCredentials(http, new URL(typed.url).host, credentials) : http,
      mayBePrivate: url => mayBePrivate(url, request.allowPrivate),
      readPage: input => pool.run('readPage', input, { signal: closing.signal, isUrgent: true }),
      readFeed: input => pool.run('readFeed', input, { signal: closing.signal, isUrgent: true }),
      signal: closing.signal,
    })
    if (found.kind === 'failed') return found
    kept.keep(found, typed ? hostPort(new URL(typed.url)) : '', credentials)
    const feeds = found.feeds.map(feed => {
      const known = feedByUrl(db, feed.url)
      return { ...feed, subscribedId: known && !known.isRemoved ? known.id : null }
    })
    return { kind: 'found', feeds }
  }

  return {
    discover: find,
    addFeed,
    refresh: async request => poller.refresh(request),
    cancelRefresh: async () => poller.cancel(),
    scheduleChanged: async () => poller.wake(),
    media: request => media.get(request),
    redrawIcon: ({ feedId }) => icons.redraw(feedId),
    start() {
      for (const feedId of feedsWithoutIcon(db)) icons.want(feedId, null)
      poller.start()
    },
    isIdle: poller.isIdle,
    isBusy: poller.isBusy,
    async close() {
      closing.abort(new Error('closing'))
      await poller.close()
      arrivals.close()
      await icons.close()
    },
  }
}

type NotModified = Exclude<FetchOutcome, { kind: 'modified' | 'broken-off' }>

function whyNot(fetched: NotModified, now: number): Failure {
  if (fetched.kind === 'failed') return fetched.failure
  if (fetched.kind === 'gone') return { reason: 'gone' }
  if (fetched.kind === 'not-modified') return { reason: 'http', status: 304 }
  const { status, until, host } = fetched
  return { reason: 'retry-later', status, until: until ?? refusedUntil(1, now), host }
}
