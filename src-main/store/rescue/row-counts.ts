/** How much a database holds, as it is shown to the user. */
import type { ReadDb } from '../db/open.ts'

export type StoredCounts = { feeds: number; articles: number; saved: number }

export function storedCounts(db: ReadDb): StoredCounts {
  const count = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0
  return {
    feeds: count('SELECT COUNT(*) FROM feeds WHERE removed_at IS NULL'),
    articles: count('SELECT COUNT(*) FROM articles'),
    saved: count('SELECT COUNT(*) FROM articles WHERE is_saved = 1'),
  }
}
