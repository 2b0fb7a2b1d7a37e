/** What a user does to feeds and folders. Each answers when its change is on disk. */
import type { Input, Output } from '../api/contract.ts'
import { setCredentials } from './access.ts'
import type { Context } from './context.ts'
import { splitCredentials } from './credentials.ts'
import { readAddress } from './feeds/discover-address.ts'
import { hostPort } from './http-address.ts'
import { NotFound } from './not-found.ts'
import { presentFeed } from './present.ts'
import {
  changeFeedUrl,
  feedById,
  feedByUrl,
  listFeeds,
  moveFeeds,
  placesOf,
  renameFeed,
  setPaused,
  setRemoved,
} from './store/feeds.ts'
import { createFolder, feedsWithin, folderById, moveFolder, removeFolder, renameFolder } from './store/folders.ts'
import { recordUndo } from './store/undos.ts'

export function makeFeedCommands(context: Context) {
  const { db, intake, announcer, settler, signer, slices, now } = context

  return {
    async addFeed({ url, title, folderId, credentials }: Input<'addFeed'>): Promise<Output<'addFeed'>> {
      const outcome = await intake.addFeed({
        url,
        title: title ?? null,
        folderId: folderId ?? null,
        credentials: credentials ?? null,
      })
      if (outcome.kind !== 'added') return outcome
      await settler.settle()
      announcer.emit('sources-changed', {})
      announcer.countsChanged()
      return { ...outcome, feed: presentFeed(requireFeed(outcome.feedId), signer) }
    },

    renameFeed({ feedId, title }: Input<'renameFeed'>): Output<'renameFeed'> {
      requireFeed(feedId)
      renameFeed(db, feedId, title)
      announceFeed(context, feedId)
      return {}
    },

    moveFeeds({ feedIds, folderId, position }: Input<'moveFeeds'>): Output<'moveFeeds'> {
      if (folderId !== null) requireFolder(folderId)
      const undoId = db
        .transaction(() => {
          const places = placesOf(db, feedIds)
          moveFeeds(db, feedIds, folderId, position)
          return recordUndo(db, { kind: 'move', places }, now())
        })
        .immediate()
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    unsubscribe({ feedIds }: Input<'unsubscribe'>): Output<'unsubscribe'> {
      const followed = feedIds.filter(id => feedById(db, id)?.isRemoved === false)
      if (followed.length === 0) return { undoId: null }
      const undoId = db
        .transaction(() => {
          setRemoved(db, followed, now())
          return recordUndo(db, { kind: 'unsubscribe', feedIds: followed }, now())
        })
        .immediate()
      announceSources(context)
      settler.settleSoon()
      return { undoId }
    },

    setPaused({ feedIds, isPaused }: Input<'setPaused'>): Output<'setPaused'> {
      setPaused(db, feedIds, isPaused, now())
      for (const feedId of feedIds) announceFeed(context, feedId)
      void intake.scheduleChanged()
      return {}
    },

    async changeFeedUrl({ feedId, url }: Input<'changeFeedUrl'>): Promise<Output<'changeFeedUrl'>> {
      requireFeed(feedId)
      const { address: bare, credentials } = splitCredentials(url)
      const address = readAddress(bare)
      if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
      const taken = feedByUrl(db, address.url)
      if (taken && taken.id !== feedId) return { kind: 'taken', feedId: taken.id }
      const typed = new URL(address.url)
      // The user typed it: what is on this machine or a private network is meant.
      const privateHost = (await context.isPrivateHost(typed)) ? hostPort(typed) : null
      await slices.run('changeFeedUrl', { isWrite: true }, () => {
        changeFeedUrl(db, feedId, address.url, privateHost, now())
        if (credentials) setCredentials(context, feedId, credentials)
        return false
      })
      announceFeed(context, feedId)
      void intake.scheduleChanged()
      return { kind: 'changed' }
    },

    createFolder({ title, parentId }: Input<'createFolder'>): Output<'createFolder'> {
      if (parentId) requireFolder(parentId)
      const folderId = createFolder(db, title, parentId ?? null)
      announcer.emit('sources-changed', {})
      return { folderId }
    },

    renameFolder({ folderId, title }: Input<'renameFolder'>): Output<'renameFolder'> {
      requireFolder(folderId)
      renameFolder(db, folderId, title)
      announcer.emit('sources-changed', {})
      return {}
    },

    moveFolder({ folderId, parentId }: Input<'moveFolder'>): Output<'moveFolder'> {
      requireFolder(folderId)
      if (parentId !== null) requireFolder(parentId)
      moveFolder(db, folderId, parentId)
      announcer.emit('sources-changed', {})
      return {}
    },

    removeFolder({ folderId }: Input<'removeFolder'>): Output<'removeFolder'> {
      const undoId = db
        .transaction(() => {
          const removed = removeFolder(db, folderId)
          return removed && recordUndo(db, { kind: 'remove-folder', removed }, now())
        })
        .immediate()
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    async refresh({ view, isForced = false, insistOn = [] }: Input<'refresh'>): Promise<Output<'refresh'>> {
      const { feedIds, paused } = feedsOf(view)
      if (context.isSafeMode) return { total: 0, paused, recent: null, waiting: null, underWay: 0, isSafeMode: true }
      return { ...(await intake.refresh({ feedIds, isForced, insistOn })), paused }
    },

    async cancelRefresh(): Promise<Output<'cancelRefresh'>> {
      await intake.cancelRefresh()
      return {}
    },
  }

  function requireFeed(feedId: number) {
    const feed = feedById(db, feedId)
    if (!feed) throw new NotFound(`feed ${feedId}`)
    return feed
  }

  function requireFolder(folderId: number) {
    if (!folderById(db, folderId)) throw new NotFound(`folder ${folderId}`)
  }

  /** One that is gone is asked where it is asked for by name: it may be back. What the user has paused is left alone. */
  function feedsOf(view: Input<'refresh'>['view']): { feedIds: number[]; paused: number } {
    if (view?.kind === 'feed') {
      const isPaused = feedById(db, view.feedId)?.paused === 'by-user'
      return { feedIds: isPaused ? [] : [view.feedId], paused: Number(isPaused) }
    }
    const within = view?.kind === 'folder' ? new Set(feedsWithin(db, view.folderId)) : null
    const feeds = listFeeds(db).filter(feed => !within || within.has(feed.id))
    const feedIds = feeds.filter(feed => feed.paused === null).map(feed => feed.id)
    return { feedIds, paused: feeds.length - feedIds.length }
  }
}

/** Tells every window what a feed is now. */
export function announceFeed({ db, announcer, signer }: Context, feedId: number): void {
  const feed = feedById(db, feedId)
  if (feed && !feed.isRemoved) announcer.emit('feed-changed', { feed: presentFeed(feed, signer) })
}

/** Tells every window that feeds came or went, and what they bring to the counts. */
export function announceSources({ announcer }: Context): void {
  announcer.emit('sources-changed', {})
  announcer.emit('all-changed', {})
  announcer.countsChanged()
}
