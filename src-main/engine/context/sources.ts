/** Feeds and folders for the engine's commands: looked up, and announced to the windows. */
import { NotFound } from '../../lib/refused.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { feedById } from '../../store/feeds/feeds.ts'
import { folderById } from '../../store/feeds/folders.ts'
import { changesOf } from '../../store/feeds/states.ts'
import { doUndoably, ofFeeds } from '../../store/undo-log.ts'
import type { Context } from './context.ts'
import { serializeFeed } from './serialize.ts'

/** Throws NotFound. */
export function requireFeed(db: ReadDb, feedId: number) {
  const feed = feedById(db, feedId)
  if (!feed) throw new NotFound(`feed ${feedId}`)
  return feed
}

/** Throws NotFound. */
export function requireFolder(db: ReadDb, folderId: number) {
  const folder = folderById(db, folderId)
  if (!folder) throw new NotFound(`folder ${folderId}`)
  return folder
}

/** Changes feeds in one transaction, and answers the undoId of what changed of `columns`; null where nothing did. */
export function changeFeeds(
  { db, now }: Context,
  feedIds: number[],
  columns: Parameters<typeof changesOf>[2],
  act: () => void,
): number | null {
  return doUndoably(db, now(), () => ofFeeds(changesOf(db, feedIds, columns, act)))
}

/** Sends every window the feed as it is now. */
export function announceFeed({ db, announcer, signer }: Context, feedId: number): void {
  const feed = feedById(db, feedId)
  if (feed && !feed.isRemoved) announcer.emit('feed-changed', { feed: serializeFeed(feed, signer) })
}

/** Rows and articles are answered by how they are to be read: tells every window to ask for them again. It says what the badge counts, too. */
export function announceReading({ announcer }: Pick<Context, 'announcer'>): void {
  announcer.emit('all-changed', {})
  announcer.countsChanged()
}

/** Tells every window that feeds were added or removed, with the counts. */
export function announceSources({ announcer }: Pick<Context, 'announcer'>): void {
  announcer.emit('sources-changed', {})
  announcer.emit('all-changed', {})
  announcer.countsChanged()
}

/** Tells every window that feeds or folders stand elsewhere. What a folder says of the badge holds for others now: icons hear only of counts. */
export function announceMoved({ announcer }: Pick<Context, 'announcer'>): void {
  announcer.emit('sources-changed', {})
  announcer.countsChanged()
}
