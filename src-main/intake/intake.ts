/** The intake: finds, adds, polls and refreshes feeds, and fetches what articles show. Runs in a thread, or in a test. */
import { join } from 'node:path'
import type { PageInput } from '../feeds/discover/page.ts'
import type { FeedDocument } from '../feeds/documents.ts'
import { openCredentials } from '../http/credentials.ts'
import { isOwnNetwork } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Secrets } from '../lib/secrets.ts'
import { watchClock } from '../polling/clock-trust.ts'
import { createPoller, type Poller } from '../polling/poller.ts'
import { type RefreshDeps, refreshFeed } from '../polling/refresh-feed.ts'
import { type Arrivals, createArrivals } from '../store/articles/ingest-queue.ts'
import type { WriteDb } from '../store/db/open.ts'
import { feedsWithoutIcon } from '../store/feeds/icons.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import type { Pool } from '../workers/pool.ts'
import { addFeed } from './add-feed.ts'
import { createKept } from './discovery-cache.ts'
import { createDrawing } from './drawing.ts'
import { findFeeds } from './find-feeds.ts'
import { createIconHunt, type IconHunt } from './icon-queue.ts'
import { createMedia } from './media.ts'
import type { Intake, IntakeEvents } from './protocol.ts'

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
  const closing = new AbortController()
  const { signal } = closing
  const http = watchClock(options.http, clock.now, () => emit('clock-confirmed', {}))
  const drawing = createDrawing(options.drawingPool, signal)
  const media = createMedia({ http, drawing, folder: join(options.dataDir, 'media'), now: clock.now })
  const onFound = (feedId: number) => emit('feed-changed', { feedId })
  const icons = createIconHunt({ ...options, drawing, signal, onFound })
  const arrivals = createArrivals(db)
  const steps = refreshSteps(options, http, arrivals)
  const poller = pollerOf(options, steps, icons)

  // Whoever types an address waits for these.
  const readFeed = (document: FeedDocument) => pool.run('readFeed', document, { signal, isUrgent: true })
  const readPage = (page: PageInput) => pool.run('readPage', page, { signal, isUrgent: true })
  const shared = { db, kept: createKept(clock), mayBePrivate: permissionBy(options), signal }
  const finding = { ...shared, http, readPage, readFeed }
  const adding = { ...shared, secrets: options.secrets, steps: { ...steps, readFeed }, onFollowed: icons.want }

  return {
    discover: request => findFeeds(finding, request),
    addFeed: request => addFeed(adding, request),
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

type RefreshSteps = Omit<RefreshDeps, 'refusalsOf'>

/** How a feed is brought up to date here; how often its host has refused us is the poller's to know. */
function refreshSteps({ clock, random, secrets, pool }: IntakeOptions, http: Http, arrivals: Arrivals): RefreshSteps {
  return {
    http,
    now: clock.now,
    random,
    accessOf: ({ credentials, proxy, userAgent }) => ({
      credentials: openCredentials(secrets, credentials),
      proxy: openProxy(secrets, proxy),
      userAgent,
    }),
    readFeed: (document, signal) => pool.run('readFeed', document, { signal }),
    storeFeed: arrivals.store,
  }
}

function pollerOf({ db, clock, random, log, emit }: IntakeOptions, steps: RefreshSteps, icons: IconHunt): Poller {
  return createPoller({
    db,
    clock,
    random,
    log,
    refresh: (feed, signal, refusalsOf) => refreshFeed(feed, { ...steps, refusalsOf }, { signal }),
    onRefreshed(feed, { newIds, editedIds, isRead, icon }) {
      if (newIds.length + editedIds.length > 0) emit('feed-refreshed', { feedId: feed.id, newIds, editedIds })
      if (isRead) icons.want(feed.id, icon)
    },
    onDiskFailed: code => emit('storage-failed', { code }),
    onFeedChanged: feedId => emit('feed-changed', { feedId }),
    onProgress(progress) {
      // Icons can wait: the articles come first.
      icons.pause(progress.isRunning)
      emit('refresh-progress', progress)
    },
    onFinished: summary => emit('refresh-finished', summary),
  })
}

/**
 * An address that says itself that it is near is meant where the user typed it. A name that only turns out to be is
 * followed where the user has been asked: anybody's name can be made to lead to the reader's router.
 */
function permissionBy({ isPrivateHost }: IntakeOptions): (url: URL, isAllowed?: boolean) => Promise<boolean> {
  return async (url, isAllowed = false) => isOwnNetwork(url) || (isAllowed && (await isPrivateHost(url)))
}
