/** Sketches of the texts of the last days, by which near copies are found. Times in ms. */
import type { Enclosure } from '../../api/model.ts'
import { plainStart } from '../db/compressed-html.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, run } from '../db/prepared.ts'

export type PrintedArticle = { id: number; feedId: number; title: string; url: string | null; publishedAt: number }
export type PrintedText = { text: string; enclosures: Enclosure[] }

/** Characters of HTML that are compared. */
const comparedLength = 20_000
const columns = 'articles.id, feed_id AS feedId, title, url, published_at AS publishedAt'

/** The id after which articles have no sketch yet. */
export function sketchedUpTo(db: ReadDb, since: number): number {
  const first = getValue<number>(db, 'SELECT MIN(id) FROM articles WHERE published_at >= ? AND is_hidden = 0', since)
  return Math.max(readMeta(db, 'sketchedUpTo') ?? 0, (first ?? 1) - 1)
}

/** The next articles that came, of those that were published since then; and the id up to which there are no others. */
export function articlesToSketch(
  db: ReadDb,
  after: number,
  since: number,
  most: number,
): { articles: PrintedArticle[]; upTo: number | null } {
  const next = 'SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?'
  const upTo = getValue<number>(db, `SELECT MAX(id) FROM (${next})`, after, most)
  const sql = `SELECT ${columns} FROM articles NOT INDEXED
    WHERE id > ? AND id <= ? AND published_at >= ? AND is_hidden = 0 ORDER BY id`
  return { articles: upTo === null ? [] : getRows<PrintedArticle>(db, sql, after, upTo, since), upTo }
}

export function printedArticle(db: ReadDb, id: number): PrintedArticle | null {
  return getRow<PrintedArticle>(db, `SELECT ${columns} FROM articles WHERE id = ? AND is_hidden = 0`, id)
}

/** What an article says; one whose text is damaged says nothing. */
export function printedText(db: ReadDb, id: number): PrintedText | null {
  const sql = 'SELECT html, enclosures FROM contents WHERE article_id = ?'
  const row = getRow<{ html: Uint8Array; enclosures: string }>(db, sql, id)
  if (!row) return null
  return { text: plainStart(row.html, comparedLength), enclosures: JSON.parse(row.enclosures) as Enclosure[] }
}

/** Inside the caller's transaction. Null: its text is short. */
export function keepSketches(db: WriteDb, sketches: Map<number, Uint16Array | null>, upTo: number): void {
  // An article may be gone by now.
  const sql = 'INSERT OR REPLACE INTO copy_sketches (article_id, sketch) SELECT id, ? FROM articles WHERE id = ?'
  for (const [id, sketch] of sketches) run(db, sql, sketch ? Buffer.from(sketch.buffer) : Buffer.alloc(0), id)
  writeMeta(db, 'sketchedUpTo', upTo)
}

/** All that are kept of articles since then; the others go. */
export function keptSketches(db: WriteDb, since: number): (PrintedArticle & { sketch: Uint16Array | null })[] {
  run(db, 'DELETE FROM copy_sketches WHERE article_id IN (SELECT id FROM articles WHERE published_at < ?)', since)
  const sql = `SELECT ${columns}, sketch FROM copy_sketches JOIN articles ON articles.id = article_id ORDER BY articles.id`
  return getRows<PrintedArticle & { sketch: Buffer }>(db, sql).map(({ sketch, ...article }) => ({
    ...article,
    sketch: sketch.length === 0 ? null : new Uint16Array(Uint8Array.from(sketch).buffer),
  }))
}
