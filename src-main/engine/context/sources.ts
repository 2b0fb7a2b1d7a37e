/** Feeds and folders as the engine's commands need them: refused where they are gone, and told to the windows. */
import { NotFound } from '../../lib/refused.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { feedById } from '../../store/feeds/feeds.ts'
import { folderById } from '../../store/feeds/folders.ts'
import type { Context } from './context.ts'
import { presentFeed } from './present.ts'

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

/** Tells every window what a feed is now. */
export function announceFeed({ db, announcer, signer }: Context, feedId: number): void {
  const feed = feedById(db, feedId)
  if (feed && !feed.isRemoved) announcer.emit('feed-changed', { feed: presentFeed(feed, signer) })
}

/** Tells every window that feeds came or went, and what they bring to the counts. */
export function announceSources({ announcer }: Pick<Context, 'announcer'>): void {
  announcer.emit('sources-changed', {})
  announcer.emit('all-changed', {})
  announcer.countsChanged()
}
