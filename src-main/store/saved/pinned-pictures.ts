/**
 * Which pictures are kept for which saved article. The files are beside the database (intake/keeping/picture-files.ts); what
 * is to be done follows from what is saved, so that however an article came to be saved, its pictures are fetched.
 */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'

/** `key` is the name of its file. */
export type PinnedPicture = { key: string; bytes: number }

/** How often its pictures were tried, and when they are tried again (ms); null: nothing is left to do. */
export type KeptState = { tries: number; nextTryAt: number | null }

/** Saved articles whose pictures are to be fetched now, last saved first. */
export function articlesToKeep(db: ReadDb, now: number): number[] {
  const sql = `SELECT articles.id FROM articles LEFT JOIN kept_articles AS kept ON kept.article_id = articles.id
    WHERE is_saved = 1 AND (kept.article_id IS NULL OR kept.next_try_at <= ?) ORDER BY saved_at DESC, id DESC`
  return getValues<number>(db, sql, now)
}

/** Whether a saved article may still claim files that no row names: one that was not looked through yet. */
export function isAnyUnkept(db: ReadDb): boolean {
  const sql = `SELECT 1 FROM articles WHERE is_saved = 1 AND id NOT IN (SELECT article_id FROM kept_articles) LIMIT 1`
  return getValue(db, sql) === 1
}

export function triesOf(db: ReadDb, articleId: number): number {
  return getValue<number>(db, 'SELECT tries FROM kept_articles WHERE article_id = ?', articleId) ?? 0
}

/** Replaces the pictures of an article, in one transaction. False where it is not saved any more: nothing is pinned then. */
export function pinPictures(db: WriteDb, articleId: number, pictures: PinnedPicture[], state: KeptState): boolean {
  const pin = db.transaction(() => {
    if (getRow(db, 'SELECT 1 AS isSaved FROM articles WHERE id = ? AND is_saved = 1', articleId) === null) return false
    run(db, 'DELETE FROM pinned_pictures WHERE article_id = ?', articleId)
    const insert = 'INSERT OR IGNORE INTO pinned_pictures (article_id, key, bytes) VALUES (?, ?, ?)'
    for (const { key, bytes } of pictures) run(db, insert, articleId, key, bytes)
    const keep = 'INSERT OR REPLACE INTO kept_articles (article_id, tries, next_try_at) VALUES (?, ?, ?)'
    run(db, keep, articleId, state.tries, state.nextTryAt)
    return true
  })
  return pin.immediate()
}

/** Has the pictures of an article looked through again: its text has changed. Inside the caller's transaction. */
export function wantPicturesAgain(db: WriteDb, articleId: number): void {
  run(db, 'UPDATE kept_articles SET tries = 0, next_try_at = 0 WHERE article_id = ?', articleId)
}

/** Forgets what was kept for articles that are not saved any more. */
export function unpinUnsaved(db: WriteDb): void {
  const unsaved = '(SELECT article_id FROM kept_articles JOIN articles ON id = article_id WHERE is_saved = 0)'
  db.transaction(() => {
    run(db, `DELETE FROM pinned_pictures WHERE article_id IN ${unsaved}`)
    run(db, `DELETE FROM kept_articles WHERE article_id IN ${unsaved}`)
  }).immediate()
}

/** The files that must stay. */
export function pinnedKeys(db: ReadDb): Set<string> {
  return new Set(getValues<string>(db, 'SELECT DISTINCT key FROM pinned_pictures'))
}

/** The articles that have one of these files look for it again: it is not there. */
export function unpinMissing(db: WriteDb, keys: string[]): void {
  const list = JSON.stringify(keys)
  const having = 'SELECT article_id FROM pinned_pictures WHERE key IN (SELECT value FROM json_each(?))'
  db.transaction(() => {
    run(db, `UPDATE kept_articles SET tries = 0, next_try_at = 0 WHERE article_id IN (${having})`, list)
    run(db, 'DELETE FROM pinned_pictures WHERE key IN (SELECT value FROM json_each(?))', list)
  }).immediate()
}

/** Keys of the pictures that are kept for an article. */
export function pinnedFor(db: ReadDb, articleId: number): string[] {
  return getValues<string>(db, 'SELECT key FROM pinned_pictures WHERE article_id = ?', articleId)
}

/** Each once, those of what was saved last first. */
export function pinnedByArticle(db: ReadDb): PinnedPicture[] {
  const sql = `SELECT key, MAX(bytes) AS bytes FROM pinned_pictures JOIN articles ON id = article_id
    WHERE is_saved = 1 GROUP BY key ORDER BY MAX(saved_at) DESC, key`
  return getRows<PinnedPicture>(db, sql)
}

/** A picture that several articles show counts once. */
export function pinnedUsage(db: ReadDb): { pictures: number; bytes: number } {
  const sql = `SELECT COUNT(*) AS pictures, COALESCE(SUM(bytes), 0) AS bytes
    FROM (SELECT MAX(bytes) AS bytes FROM pinned_pictures GROUP BY key)`
  const [usage] = getRows<{ pictures: number; bytes: number }>(db, sql)
  return usage!
}
