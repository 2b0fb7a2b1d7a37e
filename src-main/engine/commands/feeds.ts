/** Commands that change feeds. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { feedById, feedsIn, moveFeeds, renameFeed, setPaused, setRemoved } from '../../store/feeds/feeds.ts'
import { changesOf, type FeedChange } from '../../store/feeds/states.ts'
import { doUndoably, ofFeeds } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { serializeFeed } from '../context/serialize.ts'
import {
  announceFeed,
  announceMoved,
  announceSources,
  changeFeeds,
  requireFeed,
  requireFolder,
} from '../context/sources.ts'

export function makeFeedCommands(context: Context) {
  const { db, intake, visibilityJob, now } = context

  return {
    addFeed: (input: Input<'addFeed'>): Promise<Output<'addFeed'>> => addFeed(context, input),

    renameFeed({ feedId, title }: Input<'renameFeed'>): Output<'renameFeed'> {
      requireFeed(db, feedId)
      const rename = () => renameFeed(db, feedId, title)
      const undoId = changeFeeds(context, [feedId], { asked: ['customTitle'] }, rename)
      announceFeed(context, feedId)
      return { undoId }
    },

    moveFeeds({ feedIds, folderId, position }: Input<'moveFeeds'>): Output<'moveFeeds'> {
      if (folderId !== null) requireFolder(db, folderId)
      const undoId = doUndoably(db, now(), () => ofFeeds(move(db, feedIds, folderId, position)))
      announceMoved(context)
      return { undoId }
    },

    unsubscribe({ feedIds }: Input<'unsubscribe'>): Output<'unsubscribe'> {
      const followed = feedIds.filter(id => feedById(db, id)?.isRemoved === false)
      if (followed.length === 0) return { undoId: null }
      const undoId = doUndoably(db, now(), () => {
        setRemoved(db, followed, now())
        return { kind: 'unsubscribe', feedIds: followed }
      })
      announceSources(context)
      visibilityJob.runInBackground()
      return { undoId }
    },

    setPaused({ feedIds, isPaused }: Input<'setPaused'>): Output<'setPaused'> {
      const pause = () => setPaused(db, feedIds, isPaused, now())
      const undoId = changeFeeds(context, feedIds, { asked: ['paused'], beside: ['nextCheckAt'] }, pause)
      for (const feedId of feedIds) announceFeed(context, feedId)
      void intake.scheduleChanged()
      return { undoId }
    },
  }
}

async function addFeed(context: Context, input: Input<'addFeed'>): Promise<Output<'addFeed'>> {
  const { db, intake, announcer, visibilityJob, signer } = context
  const { url, title = null, folderId = null, credentials = null, allowPrivate } = input
  const outcome = await intake.addFeed({ url, title, folderId, credentials, allowPrivate })
  if (outcome.kind !== 'added') return outcome
  await visibilityJob.run()
  announcer.emit('sources-changed', {})
  announcer.countsChanged()
  return { ...outcome, feed: serializeFeed(requireFeed(db, outcome.feedId), signer) }
}

/** The other feeds of the folder get new positions. */
function move(db: WriteDb, feedIds: number[], folderId: number | null, position: number | undefined): FeedChange[] {
  const moved = new Set(feedIds)
  const others = feedsIn(db, folderId).filter(id => !moved.has(id))
  const changes = changesOf(db, [...feedIds, ...others], { asked: ['folderId', 'position'] }, () =>
    moveFeeds(db, feedIds, folderId, position),
  )
  return changes.map(({ feedId, before, after }): FeedChange => {
    if (!moved.has(feedId)) return { feedId, before, after, isAside: true }
    // In another folder its position shifts whenever a feed is moved there: undo compares the folder alone.
    return {
      feedId,
      before,
      after: before.folderId === after.folderId ? after : { folderId: after.folderId ?? null },
    }
  })
}
