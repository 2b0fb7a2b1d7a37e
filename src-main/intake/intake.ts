/** The intake: discovers, adds, polls and refreshes feeds, and fetches the media of articles. Runs in its thread, or in a test. */
import { BodyBudget } from '../http/body/body-budget.ts'
import { createMailSending } from '../outgoing/sending.ts'
import { type PollEvent, Poller } from '../polling/poller.ts'
import { type RefreshDeps, refreshFeed } from '../polling/refresh-feed.ts'
import { createIngestQueue, type IngestQueue } from '../store/articles/ingest-queue.ts'
import { feedsWithoutIcon } from '../store/feeds/icons.ts'
import { readSettings } from '../store/settings.ts'
import { Background } from './background/background.ts'
import { gated } from './background/network-gate.ts'
import { callsByAddress } from './calls-by-address.ts'
import { FullTexts } from './full-text/full-texts.ts'
import { Prefetch } from './full-text/prefetch.ts'
import { createIconQueue, type IconQueue } from './icon-queue.ts'
import { createSavedKeeper, type SavedKeeper } from './keeping/keep-saved.ts'
import { pictureAccess } from './keeping/picture-access.ts'
import { createMailParts } from './mailboxes.ts'
import { createMediaParts, type MediaParts } from './media-parts.ts'
import { type IntakeOptions, type IntakeParts, intakeParts } from './parts.ts'
import type { Intake } from './protocol.ts'

export type RunningIntake = Intake & {
  /** Begins to poll feeds as they fall due. */
  start(): void
  /** Nothing under way or about to start. */
  isIdle(): boolean
  /** Requests are under way. */
  isBusy(): boolean
  close(): Promise<void>
}

/** What follows from polls. */
type Followers = { icons: IconQueue; prefetch: Prefetch; savedKeeper: SavedKeeper; background: Background }

export function createIntake(options: IntakeOptions): RunningIntake {
  const { db, pool, emit } = options
  const closing = new AbortController()
  const { signal } = closing
  const parts = intakeParts(options, signal)
  const http = gated(parts.http, () => poller.network() === 'sign-in')
  const media = createMediaParts({ ...parts, http, mustWait: () => background.mustWait() })
  const icons = createIconQueue({
    ...parts,
    http,
    drawSvg: media.drawSvg,
    onFound: feedId => emit('feed-changed', { feedId }),
  })
  const fullTexts = new FullTexts({
    ...parts,
    http,
    extract: page => pool.run('extractPage', page, { signal, isUrgent: true }),
    onCopyFound: () => emit('copies-found', {}),
  })
  const prefetch = new Prefetch({
    ...parts,
    fetch: articleId => fullTexts.fetch(articleId, false),
    onStored: articleId => emit('full-text-prefetched', { articleId }),
  })
  const background = new Background({ works: [icons, prefetch], savesPower: () => readSettings(db).savesPower })
  const savedKeeper = keepsSaved(parts, media, fullTexts, background.mustWait)
  const ingestQueue = createIngestQueue(db)
  const steps = refreshSteps(parts, ingestQueue)
  const lookForIcons = () => {
    for (const feedId of feedsWithoutIcon(db)) icons.enqueue(feedId, null)
  }
  const mail = createMailParts({ ...parts, http }, ingestQueue.store, lookForIcons)
  const sending = createMailSending(parts)
  const poller = new Poller({
    ...parts,
    refresh: (feed, options) => refreshFeed(feed, steps, options),
    emit: event => onPoll(event, { icons, prefetch, savedKeeper, background }, emit),
  })

  return {
    ...callsByAddress({ ...parts, http, steps, onFollowed: icons.enqueue }),
    ...media.calls,
    ...mail.calls,
    sendMail: sending.sendMail,
    refresh: async request => poller.refresh(request),
    cancelRefresh: async () => poller.cancel(),
    async scheduleChanged() {
      poller.scheduleChanged()
      background.settingsChanged()
      mail.mailboxes.pauseMayHaveChanged()
    },
    async setPower(power) {
      poller.setPower(power)
      background.setPower(power)
      mail.mailboxes.setPower(power)
    },
    fetchFullText: ({ articleId, isWanted }) => fullTexts.fetch(articleId, isWanted),
    redrawIcon: ({ feedId }) => icons.redraw(feedId),
    keepPictures: ({ articleId }) => savedKeeper.keepAsked(articleId),
    keepSaved: () => savedKeeper.keep(),
    sweepPictures: () => savedKeeper.sweep(),
    start() {
      lookForIcons()
      poller.start()
      prefetch.start()
      mail.mailboxes.start()
    },
    isIdle: () => poller.isIdle(),
    isBusy: () => poller.isBusy() || fullTexts.isBusy(),
    async close() {
      closing.abort(new Error('closing'))
      poller.close()
      await Promise.all([mail.mailboxes.close(), sending.close()])
      ingestQueue.close()
      await Promise.all([icons.close(), savedKeeper.close(), fullTexts.close(), prefetch.close()])
    },
  }
}

function keepsSaved(parts: IntakeParts, media: MediaParts, fullTexts: FullTexts, mustWait: () => boolean): SavedKeeper {
  const { db, secrets, emit } = parts
  return createSavedKeeper({
    ...parts,
    files: media.kept,
    media: media.get,
    mustWait,
    access: feedId => pictureAccess(db, secrets, feedId),
    async fetchText(articleId) {
      const outcome = await fullTexts.fetch(articleId, false)
      if (outcome.kind === 'stored') emit('full-text-prefetched', { articleId })
      return outcome
    },
    onDiskFailed: code => emit('storage-failed', { code }),
  })
}

function refreshSteps(parts: IntakeParts, ingestQueue: IngestQueue): RefreshDeps {
  return {
    ...parts,
    bodies: new BodyBudget(),
    readFeed: (document, options) => parts.pool.run('readFeed', document, options),
    storeFeed: ingestQueue.store,
  }
}

/** Announces what polling came to, and has the background do what follows from it. */
function onPoll(event: PollEvent, followers: Followers, emit: IntakeOptions['emit']): void {
  const { icons, prefetch, savedKeeper, background } = followers
  if (event.kind === 'disk-failed') return void emit('storage-failed', { code: event.code })
  if (event.kind === 'network') {
    background.setNetwork(event.network)
    return void emit('network-changed', { network: event.network })
  }
  if (event.kind === 'finished') return void emit('refresh-finished', event.summary)
  if (event.kind === 'progress') {
    background.setRefreshing(event.progress.isRunning)
    return void emit('refresh-progress', event.progress)
  }
  const { feed, refreshed, isFeedChanged } = event
  const { record, newIds, editedIds, isParsed, icon } = refreshed
  if (record.isSuccess) savedKeeper.answered()
  if (isFeedChanged) emit('feed-changed', { feedId: feed.id })
  if (newIds.length + editedIds.length > 0) emit('feed-refreshed', { feedId: feed.id, newIds, editedIds })
  if (isParsed) icons.enqueue(feed.id, icon)
  if (newIds.length > 0) prefetch.wake()
}
