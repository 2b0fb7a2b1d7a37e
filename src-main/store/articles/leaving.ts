/**
 * Feeds that an import brought and that was taken back: they go with all that came with them, in steps, and leave nothing
 * but what was saved meanwhile. An end in the middle leaves the rest of this work to the next start.
 */

import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { feedById, setRemoved } from '../feeds/feeds.ts'
import { unindexArticle } from '../search/index.ts'

/** Articles in one transaction, and feeds: some ms of work. */
const perStep = 50

/** Unsubscribes from these feeds, inside the caller's transaction; `leaveStep` does the rest. `now` in ms. */
export function beginLeaving(db: WriteDb, feedIds: number[], now: number): void {
  if (feedIds.length === 0) return
  setRemoved(db, feedIds, now)
  writeMeta(db, 'leaving', [...new Set([...leavingFeeds(db), ...feedIds])])
}

export function leavingFeeds(db: ReadDb): number[] {
  return readMeta(db, 'leaving') ?? []
}

/** Takes some more away. False when there is nothing left to do. */
export function leaveStep(db: WriteDb): boolean {
  return db
    .transaction(() => {
      const left = leavingFeeds(db)
      let done = 0
      for (let articles = 0; done < Math.min(left.length, perStep); done++) {
        const feedId = left[done]!
        // Somebody may follow it again by now.
        if (feedById(db, feedId)?.isRemoved) articles += deleteSome(db, feedId, perStep - articles)
        if (articles >= perStep) break
        deleteIfEmpty(db, feedId)
      }
      writeMeta(db, 'leaving', done < left.length ? left.slice(done) : null)
      return done < left.length
    })
    .immediate()
}

function deleteSome(db: WriteDb, feedId: number, most: number): number {
  const sql = 'SELECT id FROM articles WHERE feed_id = ? AND is_saved = 0 ORDER BY id LIMIT ?'
  const ids = prepared<[number, number], number>(db, sql).pluck().all(feedId, most)
  const list = JSON.stringify(ids)
  for (const id of ids) unindexArticle(db, id)
  prepared(db, 'DELETE FROM identities WHERE article_id IN (SELECT value FROM json_each(?))').run(list)
  // Texts and earlier versions go with them (ON DELETE CASCADE).
  prepared(db, 'DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))').run(list)
  return ids.length
}

function deleteIfEmpty(db: WriteDb, feedId: number): void {
  if (feedById(db, feedId)?.isRemoved !== false) forgetEmptyFeed(db, feedId)
}

/** Lets go of a feed that has no article, followed or not. False where it has some. */
export function forgetEmptyFeed(db: WriteDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM articles WHERE feed_id = ? LIMIT 1'
  if (prepared<[number], number>(db, sql).pluck().get(feedId) !== undefined) return false
  prepared(db, 'DELETE FROM identities WHERE feed_id = ?').run(feedId)
  prepared(db, 'DELETE FROM tombstones WHERE feed_id = ?').run(feedId)
  // Its icon goes with it.
  prepared(db, 'DELETE FROM feeds WHERE id = ?').run(feedId)
  writeMeta(db, 'lastGoneFeed', Math.max(readMeta(db, 'lastGoneFeed') ?? 0, feedId))
  return true
}
