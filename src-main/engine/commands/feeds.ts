/** What a user does to feeds and folders. Each answers when its change is on disk. */
import type { Input, Output } from '../../api/contract.ts'
import { readAddress } from '../../api/names/typed-address.ts'
import { splitCredentials } from '../../http/credentials.ts'
import { NotFound } from '../../lib/not-found.ts'
import { accessOf } from '../../store/feeds/access.ts'
import {
  changeFeedUrl,
  feedById,
  feedByUrl,
  feedsIn,
  listFeeds,
  moveFeeds,
  renameFeed,
  setPaused,
  setRemoved,
} from '../../store/feeds/feeds.ts'
import {
  createFolder,
  feedsWithin,
  folderById,
  folderNamed,
  moveFolder,
  removeFolder,
  renameFolder,
} from '../../store/feeds/folders.ts'
import { changesOf, type FeedChange, type FeedColumn } from '../../store/feeds/states.ts'
import { doUndoably, ofFeeds, type Undo } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { presentFeed } from '../context/present.ts'
import { setCredentials } from './access.ts'
import { permissionFor } from './near.ts'

/** What goes with a feed's address: what its publisher says of it, what is remembered of its server, what was given for that. */
const besideUrl: FeedColumn[] = [
  'title',
  'siteUrl',
  'description',
  'language',
  'movedFrom',
  'failure',
  'failingSince',
  'paused',
  'memory',
  'credentials',
  'lastCheckedAt',
  'lastSuccessAt',
  'nextCheckAt',
]

export function makeFeedCommands(context: Context) {
  const { db, intake, announcer, settler, signer, slices, now } = context

  return {
    async addFeed({ url, title, folderId, credentials, allowPrivate }: Input<'addFeed'>): Promise<Output<'addFeed'>> {
      const outcome = await intake.addFeed({
        url,
        title: title ?? null,
        folderId: folderId ?? null,
        credentials: credentials ?? null,
        allowPrivate,
      })
      if (outcome.kind !== 'added') return outcome
      await settler.settle()
      announcer.emit('sources-changed', {})
      announcer.countsChanged()
      return { ...outcome, feed: presentFeed(requireFeed(outcome.feedId), signer) }
    },

    renameFeed({ feedId, title }: Input<'renameFeed'>): Output<'renameFeed'> {
      requireFeed(feedId)
      const undoId = undoably(() =>
        ofFeeds(changesOf(db, [feedId], { asked: ['customTitle'] }, () => renameFeed(db, feedId, title))),
      )
      announceFeed(context, feedId)
      return { undoId }
    },

    moveFeeds({ feedIds, folderId, position }: Input<'moveFeeds'>): Output<'moveFeeds'> {
      if (folderId !== null) requireFolder(folderId)
      const undoId = undoably(() => ofFeeds(move(feedIds, folderId, position)))
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    unsubscribe({ feedIds }: Input<'unsubscribe'>): Output<'unsubscribe'> {
      const followed = feedIds.filter(id => feedById(db, id)?.isRemoved === false)
      if (followed.length === 0) return { undoId: null }
      const undoId = undoably(() => {
        setRemoved(db, followed, now())
        return { kind: 'unsubscribe', feedIds: followed }
      })
      announceSources(context)
      settler.settleSoon()
      return { undoId }
    },

    setPaused({ feedIds, isPaused }: Input<'setPaused'>): Output<'setPaused'> {
      const undoId = undoably(() =>
        ofFeeds(
          changesOf(db, feedIds, { asked: ['paused'], beside: ['nextCheckAt'] }, () =>
            setPaused(db, feedIds, isPaused, now()),
          ),
        ),
      )
      for (const feedId of feedIds) announceFeed(context, feedId)
      void intake.scheduleChanged()
      return { undoId }
    },

    async changeFeedUrl({ feedId, url, allowPrivate }: Input<'changeFeedUrl'>): Promise<Output<'changeFeedUrl'>> {
      const feed = requireFeed(feedId)
      const { address: bare, credentials } = splitCredentials(url)
      const address = readAddress(bare)
      if (!address) return { kind: 'failed', failure: { reason: 'bad-address' } }
      const taken = feedByUrl(db, address.url)
      if (taken && taken.id !== feedId) return { kind: 'taken', feedId: taken.id }
      const typed = new URL(address.url)
      const proxy = accessOf(db, feedId)?.proxy ?? null
      const asked = { isAllowed: allowPrivate === true, before: feed.privateHost, proxy }
      const permission = await permissionFor(typed, asked, context.isPrivateHost)
      if (permission.kind === 'to-ask') {
        return { kind: 'failed', failure: { reason: 'private-address', host: typed.hostname } }
      }
      const privateHost = permission.kind === 'given' ? permission.host : null
      let undoId: number | null = null
      const change = () => {
        changeFeedUrl(db, feedId, address.url, privateHost, now())
        if (credentials) setCredentials(context, feedId, credentials)
      }
      await slices.run('changeFeedUrl', { isWrite: true }, () => {
        const columns = { asked: ['url', 'privateHost'] satisfies FeedColumn[], beside: besideUrl }
        undoId = undoably(() => ofFeeds(changesOf(db, [feedId], columns, change)))
        return false
      })
      announceFeed(context, feedId)
      void intake.scheduleChanged()
      return { kind: 'changed', undoId }
    },

    createFolder({ title, parentId }: Input<'createFolder'>): Output<'createFolder'> {
      if (parentId) requireFolder(parentId)
      let folderId = 0
      const undoId = undoably(() => {
        const isThere = folderNamed(db, title, parentId ?? null) !== null
        folderId = createFolder(db, title, parentId ?? null)
        return isThere ? null : { kind: 'new-folder', made: folderById(db, folderId)! }
      })
      announcer.emit('sources-changed', {})
      return { folderId, undoId }
    },

    renameFolder({ folderId, title }: Input<'renameFolder'>): Output<'renameFolder'> {
      const undoId = changeFolder(folderId, () => renameFolder(db, folderId, title))
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    moveFolder({ folderId, parentId }: Input<'moveFolder'>): Output<'moveFolder'> {
      if (parentId !== null) requireFolder(parentId)
      const undoId = changeFolder(folderId, () => moveFolder(db, folderId, parentId))
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    removeFolder({ folderId }: Input<'removeFolder'>): Output<'removeFolder'> {
      const undoId = undoably(() => {
        const removed = removeFolder(db, folderId)
        return removed && { kind: 'remove-folder', removed }
      })
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
    const folder = folderById(db, folderId)
    if (!folder) throw new NotFound(`folder ${folderId}`)
    return folder
  }

  function undoably(act: () => Undo | null): number | null {
    return doUndoably(db, now(), act)
  }

  /** The others of the folder make room. */
  function move(feedIds: number[], folderId: number | null, position: number | undefined): FeedChange[] {
    const moved = new Set(feedIds)
    const others = feedsIn(db, folderId).filter(id => !moved.has(id))
    const changes = changesOf(db, [...feedIds, ...others], { asked: ['folderId', 'position'] }, () =>
      moveFeeds(db, feedIds, folderId, position),
    )
    return changes.map(({ feedId, before, after }): FeedChange => {
      if (!moved.has(feedId)) return { feedId, before, after, isAside: true }
      // Who moves another one into the folder gives it another number, not another place.
      return {
        feedId,
        before,
        after: before.folderId === after.folderId ? after : { folderId: after.folderId ?? null },
      }
    })
  }

  function changeFolder(folderId: number, act: () => void): number | null {
    return undoably(() => {
      const before = requireFolder(folderId)
      act()
      const after = requireFolder(folderId)
      const isSame = before.title === after.title && before.parentId === after.parentId
      return isSame ? null : { kind: 'folder', change: { before, after } }
    })
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
