/**
 * Deletes feeds that an import or the user had just added and that were taken back, with everything that came with them but
 * what was saved meanwhile; in steps. After a crash the next start does the rest.
 */
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getValue, getValues, run } from '../db/prepared.ts'
import { feedById, setRemoved } from '../feeds/feeds.ts'
import { forgetArticles } from './tombstones.ts'
import { deleteArticleRows } from './write-article.ts'

/** Articles in one transaction, and feeds: some ms of work. */
const perStep = 50

/** Unsubscribes from these feeds, inside the caller's transaction; `purgeStep` does the rest. `now` in ms. */
export function beginPurge(db: WriteDb, feedIds: number[], now: number): void {
  if (feedIds.length === 0) return
  setRemoved(db, feedIds, now)
  writeMeta(db, 'leaving', [...new Set([...feedsToPurge(db), ...feedIds])])
}

export function feedsToPurge(db: ReadDb): number[] {
  return readMeta(db, 'leaving') ?? []
}

/** Deletes some more. False when there is nothing left to do. */
export function purgeStep(db: WriteDb): boolean {
  return db
    .transaction(() => {
      const left = feedsToPurge(db)
      let done = 0
      for (let articles = 0; done < Math.min(left.length, perStep); done++) {
        const feedId = left[done]!
        // It may be followed again by now.
        if (feedById(db, feedId)?.isRemoved !== false) {
          articles += deleteArticlesOf(db, feedId, perStep - articles)
          if (articles >= perStep) break
          deleteEmptyFeed(db, feedId)
        }
      }
      writeMeta(db, 'leaving', done < left.length ? left.slice(done) : null)
      return done < left.length
    })
    .immediate()
}

/** Deletes at most so many articles of a feed that are not saved, as if they had never come. */
function deleteArticlesOf(db: WriteDb, feedId: number, most: number): number {
  const sql = 'SELECT id FROM articles WHERE feed_id = ? AND is_saved = 0 ORDER BY id LIMIT ?'
  const ids = getValues<number>(db, sql, feedId, most)
  deleteArticleRows(db, ids)
  forgetArticles(db, ids)
  return ids.length
}

/** Deletes a feed that has no article, followed or not. False where it has some. */
export function deleteEmptyFeed(db: WriteDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM articles WHERE feed_id = ? LIMIT 1'
  if (getValue(db, sql, feedId) !== null) return false
  run(db, 'DELETE FROM identities WHERE feed_id = ?', feedId)
  run(db, 'DELETE FROM tombstones WHERE feed_id = ?', feedId)
  // Its icon goes with it.
  run(db, 'DELETE FROM feeds WHERE id = ?', feedId)
  writeMeta(db, 'lastGoneFeed', Math.max(readMeta(db, 'lastGoneFeed') ?? 0, feedId))
  return true
}
