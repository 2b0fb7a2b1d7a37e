/** What else a source has published lately. */
import type { ReadDb } from '../db/open.ts'
import { getValues } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'

/** The newest articles of an article's feed, at most `limit`, without this one and those of `leaveOut`. Newest first. */
export function latestBeside(db: ReadDb, articleId: number, leaveOut: number[], limit: number): number[] {
  const sql = `SELECT id FROM articles
    WHERE feed_id = (SELECT feed_id FROM articles WHERE id = ?) AND is_hidden = 0${andVisible(db)}
      AND id NOT IN (SELECT value FROM json_each(?))
    ORDER BY published_at DESC, id DESC LIMIT ?`
  return getValues(db, sql, articleId, JSON.stringify([articleId, ...leaveOut]), limit)
}
