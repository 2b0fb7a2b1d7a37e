/** What is known of the pictures of the articles that a digest names. */
import type { ReadDb } from '../db/open.ts'
import { getRows } from '../db/prepared.ts'
import type { OwnReading } from '../feeds/reading.ts'

/** With what its feed says itself of reading. */
export type ArticlePicture = OwnReading & { id: number; firstSeenAt: number; feedId: number; image: string }

/** Of those of these articles that have one and are listed somewhere. */
export function articlePictures(db: ReadDb, ids: number[]): ArticlePicture[] {
  const sql = `SELECT articles.id, first_seen_at AS firstSeenAt, feeds.id AS feedId, image, feeds.folder_id AS folderId,
      feeds.reading
    FROM articles JOIN feeds ON feeds.id = feed_id
    WHERE articles.id IN (SELECT value FROM json_each(?)) AND image IS NOT NULL AND (is_hidden = 0 OR is_saved = 1)`
  return getRows<ArticlePicture>(db, sql, JSON.stringify(ids))
}
