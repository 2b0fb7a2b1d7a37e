/** What articles said before their publishers edited them. */
import { unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, run } from '../db/prepared.ts'
import type { StoredVersion } from './trivial.ts'

/** Of one article; a live ticker is edited all day. Older ones are deleted. */
const mostRevisions = 20
const mostBytes = 500_000

type Row = { title: string; html: Uint8Array; until: number }

/** Keeps what an article said until now (ms), inside the caller's transaction. */
export function keepRevision(db: WriteDb, articleId: number, { title, html }: Omit<Row, 'until'>, now: number): void {
  const sql = 'INSERT INTO revisions (article_id, replaced_at, title, html) VALUES (?, ?, ?, ?)'
  run(db, sql, articleId, now, title, html)
  const prune = `DELETE FROM revisions WHERE id IN (
    SELECT id FROM (
      SELECT id, ROW_NUMBER() OVER newest AS place, SUM(length(html)) OVER newest AS bytes
      FROM revisions WHERE article_id = ? WINDOW newest AS (ORDER BY id DESC)
    ) WHERE place > ? OR (place > 1 AND bytes > ?))`
  run(db, prune, articleId, mostRevisions, mostBytes)
}

/** All versions that are readable, oldest first, today's last. */
export function versionsOf(db: ReadDb, articleId: number): StoredVersion[] {
  const earlier = 'SELECT title, html, replaced_at AS until FROM revisions WHERE article_id = ? ORDER BY id'
  const today = `SELECT articles.title, contents.html, 0 AS until
    FROM articles JOIN contents ON contents.article_id = articles.id WHERE articles.id = ?`
  const now = getRow<Row>(db, today, articleId)
  const rows = [...getRows<Row>(db, earlier, articleId), ...(now ? [now] : [])]
  return rows.flatMap(row => {
    const html = unpackOrNull(row.html)
    return html === null ? [] : [{ ...row, html }]
  })
}

/** When these articles were last edited (ms); of those that were not, nothing. */
export function lastEditsOf(db: ReadDb, articleIds: number[]): Map<number, number> {
  const sql = `SELECT article_id AS id, MAX(replaced_at) AS at FROM revisions
    WHERE article_id IN (SELECT value FROM json_each(?)) GROUP BY article_id`
  const rows = getRows<{ id: number; at: number }>(db, sql, JSON.stringify(articleIds))
  return new Map(rows.map(({ id, at }) => [id, at]))
}

/** The reader has opened what its publisher made of it: it is no longer marked as edited. False where it was not. */
export function markEditSeen(db: WriteDb, articleId: number): boolean {
  return run(db, 'UPDATE articles SET edited_at = NULL WHERE id = ? AND edited_at IS NOT NULL', articleId).changes > 0
}
