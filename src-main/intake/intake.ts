/** The intake: discovers, adds, polls and refreshes feeds, and fetches the media of articles. Runs in its thread, or in a test. */
import { join } from 'node:path'
import { transferring } from '../api/rpc.ts'
import type { ArticleDocument, Document, FeedDocument } from '../feeds/documents.ts'
import { BodyBudget } from '../http/body/body-budget.ts'
import { openCredentials } from '../http/credentials.ts'
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Secrets } from '../lib/secrets.ts'
import { watchClock } from '../polling/clock-trust.ts'
import { type PollEvent, Poller } from '../polling/poller.ts'
import { type RefreshDeps, refreshFeed } from '../polling/refresh-feed.ts'
import { createIngestQueue, type IngestQueue } from '../store/articles/ingest-queue.ts'
import type { WriteDb } from '../store/db/open.ts'
import { accessOf } from '../store/feeds/access.ts'
import { feedById } from '../store/feeds/feeds.ts'
import { feedsWithoutIcon } from '../store/feeds/icons.ts'
import { privateHostAt } from '../store/feeds/pages.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import { readingOf } from '../store/reading.ts'
import type { Pool } from '../workers/pool.ts'
import { addFeed } from './add-feed.ts'
import { createDiscoveryCache } from './discovery-cache.ts'
import { drawsIn } from './drawing.ts'
import { findFeeds } from './find-feeds.ts'
import { type FullTextOutcome, FullTexts } from './full-text/full-texts.ts'
import { Prefetch } from './full-text/prefetch.ts'
import { createIconQueue, type IconQueue } from './icon-queue.ts'
import { createSavedKeeper, type PictureAccess } from './keeping/keep-saved.ts'
import { createChapters } from './media/chapters.ts'
import { createMedia } from './media/media.ts'
import { createPictureFiles } from './media/picture-files.ts'
import { notesSizes } from './media/picture-sizes.ts'
import { createRecordings } from './media/recordings.ts'
import type { Intake, IntakeEvents } from './protocol.ts'
import { savePage } from './save-page.ts'

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
  /** The data folder; media are cached in `media` there, and pictures of saved articles are in `pictures`. */
  dataDir: string
  emit<E extends keyof IntakeEvents>(event: E, payload: IntakeEvents[E]): void
  log(line: string): void
}

export type RunningIntake = Intake & {
  /** Begins to poll feeds as they fall due. */
  start(): void
  /** Nothing under way or about to start. */
  isIdle(): boolean
  /** Requests are under way. */
  isBusy(): boolean
  close(): Promise<void>
}

export function createIntake(options: IntakeOptions): RunningIntake {
  const { db, pool, clock, emit } = options
  const closing = new AbortController()
  const { signal } = closing
  const http = watchClock(options.http, clock.now, () => emit('clock-confirmed', {}))
  const drawSvg = drawsIn(options.drawingPool, signal)
  const wait = (ms: number) => new Promise<void>(resolve => void clock.setTimer(ms, resolve))
  const recordings = createRecordings({ http: options.http, wait })
  const kept = createPictureFiles(join(options.dataDir, 'pictures'))
  const noteSize = notesSizes(db, clock, options.log)
  const media = createMedia({ http, drawSvg, folder: join(options.dataDir, 'media'), kept, noteSize, now: clock.now })
  const savedKeeper = createSavedKeeper({
    db,
    files: kept,
    media: media.get,
    access: feedId => pictureAccess(options, feedId),
    fetchText: fetchFullText,
    onDiskFailed: code => emit('storage-failed', { code }),
    now: clock.now,
    signal,
  })
  const onFullText = (articleId: number) => emit('full-text-prefetched', { articleId })
  async function fetchFullText(articleId: number): Promise<FullTextOutcome> {
    const outcome = await fullTexts.fetch(articleId, false)
    if (outcome.kind === 'stored') onFullText(articleId)
    return outcome
  }
  const chapters = createChapters({
    http: options.http,
    async read(input) {
      const read = await pool.run('readChapters', input, { signal, isUrgent: true })
      return read.ok ? read.chapters : []
    },
  })
  const onFound = (feedId: number) => emit('feed-changed', { feedId })
  const icons = createIconQueue({ ...options, drawSvg, signal, onFound })
  const ingestQueue = createIngestQueue(db)
  const steps = refreshSteps(options, http, ingestQueue)
  const poller = new Poller({
    ...options,
    refresh: (feed, options) => refreshFeed(feed, steps, options),
    emit: event => {
      if (event.kind === 'polled' && event.refreshed.record.isSuccess) savedKeeper.answered()
      announcePoll(event, icons, emit)
      if (event.kind === 'progress') prefetch.setPaused(event.progress.isRunning)
      if (event.kind === 'polled' && event.refreshed.newIds.length > 0) prefetch.wake()
    },
  })

  const { backoffs } = poller
  const extract = (page: ArticleDocument) => pool.run('extractPage', page, { signal, isUrgent: true })
  const fullTexts = new FullTexts({ db, http, extract, backoffs, now: clock.now, signal, accessOf: steps.accessOf })
  const prefetch = new Prefetch({
    ...options,
    signal,
    fetch: articleId => fullTexts.fetch(articleId, false),
    onStored: onFullText,
  })

  // Urgent, since the user waits for these.
  const readFeed = (document: FeedDocument) => pool.run('readFeed', document, { signal, isUrgent: true })
  const readPage = (page: Document) => pool.run('readPage', page, { signal, isUrgent: true })
  const shared = { db, discovered: createDiscoveryCache(clock), mayBePrivate: permissionBy(options), signal }
  const finding = { ...shared, http, readPage, readFeed }
  const readArticle = (page: Document) => pool.run('readPageArticle', page, { signal, isUrgent: true })
  const saving = { ...shared, http, backoffs, now: clock.now, readArticle }
  const adding = { ...shared, secrets: options.secrets, steps, onFollowed: icons.enqueue }

  return {
    discover: request => findFeeds(finding, request),
    addFeed: request => addFeed(adding, request),
    refresh: async request => poller.refresh(request),
    cancelRefresh: async () => poller.cancel(),
    scheduleChanged: async () => poller.scheduleChanged(),
    fetchFullText: ({ articleId, isWanted }) => fullTexts.fetch(articleId, isWanted),
    media: request => media.get(request),
    openRecording: request => recordings.open(request),
    async readRecording({ streamId }) {
      const piece = await recordings.read(streamId)
      return transferring(piece, piece.kind === 'bytes' ? [piece.bytes.buffer] : [])
    },
    closeRecording: async ({ streamId }) => recordings.close(streamId),
    chapters,
    redrawIcon: ({ feedId }) => icons.redraw(feedId),
    savePage: request => savePage(saving, request),
    keepSaved: () => savedKeeper.keep(),
    sweepPictures: () => savedKeeper.sweep(),
    start() {
      for (const feedId of feedsWithoutIcon(db)) icons.enqueue(feedId, null)
      poller.start()
      prefetch.start()
    },
    isIdle: () => poller.isIdle(),
    isBusy: () => poller.isBusy() || fullTexts.isBusy(),
    async close() {
      closing.abort(new Error('closing'))
      poller.close()
      ingestQueue.close()
      await Promise.all([icons.close(), savedKeeper.close(), fullTexts.close(), prefetch.close()])
    },
  }
}

function pictureAccess({ db, secrets }: IntakeOptions, feedId: number): PictureAccess {
  const feed = feedById(db, feedId)
  return {
    mayLoad: readingOf(db, feedId).pictures.value === 'load',
    privateHostFor: url => feed && privateHostAt(db, feed, hostPort(new URL(url))),
    proxy: openProxy(secrets, accessOf(db, feedId)?.proxy ?? null),
  }
}

function refreshSteps(
  { clock, random, secrets, pool }: IntakeOptions,
  http: Pick<Http, 'get'>,
  ingestQueue: IngestQueue,
): RefreshDeps {
  return {
    http,
    now: clock.now,
    random,
    accessOf: ({ credentials, proxy, userAgent }) => ({
      credentials: openCredentials(secrets, credentials),
      proxy: openProxy(secrets, proxy),
      userAgent,
    }),
    bodies: new BodyBudget(),
    readFeed: (document, options) => pool.run('readFeed', document, options),
    storeFeed: ingestQueue.store,
  }
}

function announcePoll(event: PollEvent, icons: IconQueue, emit: IntakeOptions['emit']): void {
  if (event.kind === 'disk-failed') return void emit('storage-failed', { code: event.code })
  if (event.kind === 'finished') return void emit('refresh-finished', event.summary)
  if (event.kind === 'progress') {
    // Articles come first.
    icons.setPaused(event.progress.isRunning)
    return void emit('refresh-progress', event.progress)
  }
  const { feed, refreshed, isFeedChanged } = event
  const { newIds, editedIds, isParsed, icon } = refreshed
  if (isFeedChanged) emit('feed-changed', { feedId: feed.id })
  if (newIds.length + editedIds.length > 0) emit('feed-refreshed', { feedId: feed.id, newIds, editedIds })
  if (isParsed) icons.enqueue(feed.id, icon)
}

/**
 * An address that is visibly private (192.168.1.1, printer.local) is meant as typed. A name that only resolves to a private
 * address needs the user's confirmation: anyone can have a name of theirs resolve to the reader's router.
 */
function permissionBy({ isPrivateHost }: IntakeOptions): (url: URL, isAllowed?: boolean) => Promise<boolean> {
  return async (url, isAllowed = false) => isOwnNetwork(url) || (isAllowed && (await isPrivateHost(url)))
}
