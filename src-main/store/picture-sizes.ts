/** Sizes of pictures that were fetched once: an article is laid out before its pictures come, and nothing moves when they do. */
import type { ReadDb, WriteDb } from './db/open.ts'
import { getRows, run } from './db/prepared.ts'

/** Width and height in px, as a browser shows it. */
export type PictureSize = [width: number, height: number]

/** About 2 MB. The oldest are forgotten: what is read is mostly new. */
const mostSizes = 20_000

/** By the keys of their files in the cache. */
export function keepPictureSizes(db: WriteDb, sizes: Iterable<[key: string, size: PictureSize]>): void {
  const sql = 'INSERT OR REPLACE INTO picture_sizes (key, width, height) VALUES (?, ?, ?)'
  db.transaction(() => {
    for (const [key, [width, height]] of sizes) run(db, sql, key, width, height)
    run(db, 'DELETE FROM picture_sizes WHERE id <= (SELECT MAX(id) FROM picture_sizes) - ?', mostSizes)
  })()
}

export function pictureSizes(db: ReadDb, keys: string[]): Map<string, PictureSize> {
  const sql = 'SELECT key, width, height FROM picture_sizes WHERE key IN (SELECT value FROM json_each(?))'
  const rows = getRows<{ key: string; width: number; height: number }>(db, sql, JSON.stringify(keys))
  return new Map(rows.map(({ key, width, height }) => [key, [width, height]]))
}
