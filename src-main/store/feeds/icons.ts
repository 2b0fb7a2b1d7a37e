/** Feed icons, as found by feeds/icons/find.ts. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getValue, getValues, run } from '../db/prepared.ts'

export type Icon = { type: string; bytes: Uint8Array; sourceUrl: string | null }

export function iconOf(db: ReadDb, feedId: number): Icon | null {
  const sql = 'SELECT type, bytes, source_url AS sourceUrl FROM icons WHERE feed_id = ?'
  return getRow<Icon>(db, sql, feedId)
}

/** Deletes an icon that can't be shown; that it was looked for stays. */
export function dropIcon(db: WriteDb, feedId: number): void {
  db.transaction(() => {
    run(db, "UPDATE icons SET type = '', bytes = x'' WHERE feed_id = ?", feedId)
    run(db, 'UPDATE feeds SET icon_version = NULL WHERE id = ?', feedId)
  })()
}

/** When the feed's site was last asked for an icon, in ms; null when never. */
export function iconCheckedAt(db: ReadDb, feedId: number): number | null {
  return getValue<number>(db, 'SELECT checked_at FROM icons WHERE feed_id = ?', feedId)
}

/** Feeds whose icon was never looked for, since the program ended before. */
export function feedsWithoutIcon(db: ReadDb): number[] {
  const sql = `SELECT feeds.id FROM feeds LEFT JOIN icons ON icons.feed_id = feeds.id
    WHERE icons.feed_id IS NULL AND feeds.removed_at IS NULL AND feeds.last_success_at IS NOT NULL`
  return getValues<number>(db, sql)
}

/** Saves an icon; null notes that the site has none now (an earlier one stays). */
export function saveIcon(db: WriteDb, feedId: number, icon: Icon | null, now: number): void {
  // Immediate, since it reads first: SQLITE_BUSY_SNAPSHOT else, where another connection writes in between.
  db.transaction(() => {
    // It may have been deleted by now.
    if (getValue(db, 'SELECT 1 FROM feeds WHERE id = ?', feedId) === null) return
    if (!icon) {
      const sql = `INSERT INTO icons (feed_id, type, bytes, checked_at) VALUES (?, '', x'', ?)
        ON CONFLICT DO UPDATE SET checked_at = excluded.checked_at`
      run(db, sql, feedId, now)
      return
    }
    const sql = `INSERT INTO icons (feed_id, type, bytes, source_url, checked_at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET type = excluded.type, bytes = excluded.bytes, source_url = excluded.source_url,
        checked_at = excluded.checked_at`
    run(db, sql, feedId, icon.type, icon.bytes, icon.sourceUrl, now)
    run(db, 'UPDATE feeds SET icon_version = ? WHERE id = ?', String(now), feedId)
  }).immediate()
}
