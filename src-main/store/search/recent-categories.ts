/**
 * Which feed has used which category lately: so it is known which may be the most used ones, without reading articles. An entry
 * outlives its article; whoever counts, counts articles.
 */
import { categoryKey, mergedCategories } from '../../api/categories/names.ts'
import { day } from '../../lib/time.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, run } from '../db/prepared.ts'

/** Entries are kept for so long after the latest use. */
const keptFor = 28 * day
/** Articles that one step reads: some ms. */
const perStep = 100

/** `usedAt` in ms. */
type Use = { categories: string[]; usedAt: number }

/** Inside the transaction that stores articles of this feed. `now` in ms. */
export function noteCategories(db: WriteDb, feedId: number, uses: Use[], now: number): void {
  const latest = new Map<string, { name: string; usedAt: number }>()
  for (const { categories, usedAt } of uses) {
    if (usedAt < now - keptFor) continue
    for (const name of mergedCategories(categories)) {
      const key = categoryKey(name)
      const known = latest.get(key)
      if (!known || known.usedAt < usedAt) latest.set(key, { name, usedAt })
    }
  }
  const upsert = `INSERT INTO recent_categories (key, feed_id, name, used_at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET name = excluded.name, used_at = excluded.used_at WHERE used_at < excluded.used_at`
  for (const [key, { name, usedAt }] of latest) run(db, upsert, key, feedId, name, usedAt)
}

type Stored = { id: number; feedId: number; publishedAt: number; categories: string | null }

/**
 * Notes the categories of some more of the articles that came before they were noted as they were stored, the latest first.
 * False when there is nothing left to do. `now` in ms.
 */
export function noteEarlierStep(db: WriteDb, now: number): boolean {
  const before = readMeta(db, 'categoriesNotedFrom')
  if (before === null) return false
  // Contents only of what is late enough: they are on pages of their own.
  const sql = `SELECT id, feed_id AS feedId, published_at AS publishedAt, CASE WHEN published_at >= ? THEN (
      SELECT categories FROM contents WHERE article_id = articles.id) END AS categories
    FROM articles WHERE id < ? AND first_seen_at >= ? ORDER BY id DESC LIMIT ${perStep}`
  const rows = getRows<Stored>(db, sql, now - keptFor, before, now - keptFor)
  const note = db.transaction(() => {
    for (const { feedId, publishedAt, categories } of rows) {
      if (categories === null) continue
      noteCategories(db, feedId, [{ categories: JSON.parse(categories) as string[], usedAt: publishedAt }], now)
    }
    writeMeta(db, 'categoriesNotedFrom', rows.length < perStep ? null : rows.at(-1)!.id)
  })
  note.immediate()
  return rows.length === perStep
}

/** All that is noted is to be noted anew. */
export function noteAnew(db: WriteDb): void {
  run(db, 'DELETE FROM recent_categories')
  writeMeta(db, 'categoriesNotedFrom', (getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0) + 1)
}

/** `now` in ms. */
export function forgetOldCategories(db: WriteDb, now: number): void {
  run(db, 'DELETE FROM recent_categories WHERE used_at < ?', now - keptFor)
}

export type RecentUse = { key: string; name: string; feedId: number }

/**
 * Which feeds that are followed have used these categories since then (ms), and the categories that most feeds have used, at
 * most `most` of them.
 */
export function recentUses(db: ReadDb, since: number, { keys, most }: { keys: string[]; most: number }): RecentUse[] {
  const recent = 'used_at >= ? AND feed_id NOT IN (SELECT id FROM feeds WHERE removed_at IS NOT NULL)'
  const sql = `SELECT key, name, feed_id AS feedId FROM recent_categories
    WHERE ${recent} AND key IN (
      SELECT value FROM json_each(?)
      UNION SELECT key FROM (
        SELECT key FROM recent_categories WHERE ${recent} GROUP BY key HAVING COUNT(*) >= 2
        ORDER BY COUNT(*) DESC, MAX(used_at) DESC LIMIT ?))`
  return getRows<RecentUse>(db, sql, since, JSON.stringify(keys), since, most)
}
