/**
 * The texts of articles as their pages on the web have them, beside those that the feeds gave: sanitised, and compressed as
 * `contents` are. They go with their article (ON DELETE CASCADE). Times in ms.
 */
import type { Failure, FullText, MissingPage, SafeHtml } from '../../api/model.ts'
import { pack, unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, run } from '../db/prepared.ts'

export type PageText = {
  /** Where the page was found, after redirects. */
  url: string
  fetchedAt: number
  title: string
  byline: string
  html: SafeHtml
  /** Addresses that `html` shows. */
  media: string[]
  /** Absent where the text is whole. */
  missing?: MissingPage | undefined
}

/** What is known of an article's page; `isShown` is which text the reader chose, null where they have not. */
export type StoredFullText = { isShown: boolean | null } & (
  | ({ kind: 'text' } & PageText)
  | Extract<FullText, { kind: 'failed' }>
)

type Row = {
  url: string
  fetchedAt: number
  title: string
  byline: string
  html: Uint8Array | null
  media: string
  failure: string | null
  missing: string | null
  isShown: number | null
}

const unreadable: Failure = { reason: 'not-stored', fault: 'damaged', detail: '' }

/** Null where its page was never asked for. A text that is damaged is one that can be fetched again. */
export function fullTextOf(db: ReadDb, articleId: number): StoredFullText | null {
  const sql = `SELECT url, fetched_at AS fetchedAt, title, byline, html, media, failure, missing,
      is_shown AS isShown
    FROM full_texts WHERE article_id = ?`
  const row = getRow<Row>(db, sql, articleId)
  if (!row) return null
  const { url, fetchedAt, title, byline } = row
  const isShown = row.isShown === null ? null : row.isShown === 1
  const html = row.html && unpackOrNull(row.html)
  if (html === null) {
    const failure = row.failure === null ? unreadable : (JSON.parse(row.failure) as Failure)
    return { kind: 'failed', isShown, url, fetchedAt, failure }
  }
  const media = JSON.parse(row.media) as string[]
  const missing = row.missing === null ? {} : { missing: JSON.parse(row.missing) as MissingPage }
  // It was sanitised before it was stored.
  return { kind: 'text', isShown, url, fetchedAt, title, byline, html: html as SafeHtml, media, ...missing }
}

/** Only the HTML of these articles' pages, for those that have one. */
export function fullHtmlOf(db: ReadDb, articleIds: number[]): Map<number, string> {
  const sql = `SELECT article_id AS id, html FROM full_texts
    WHERE html IS NOT NULL AND article_id IN (SELECT value FROM json_each(?))`
  const rows = getRows<{ id: number; html: Uint8Array }>(db, sql, JSON.stringify(articleIds))
  return new Map(
    rows.flatMap(row => {
      const html = unpackOrNull(row.html)
      return html === null ? [] : [[row.id, html] as const]
    }),
  )
}

/** Replaces what was there. What the reader chose stays, where `isShown` is null. The caller rewrites the text index. */
export function writeFullText(db: WriteDb, articleId: number, text: PageText, isShown: boolean | null): void {
  const { url, fetchedAt, title, byline, html, media, missing } = text
  const sql = `INSERT INTO full_texts (article_id, url, fetched_at, title, byline, html, media, missing, is_shown)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, fetched_at = excluded.fetched_at, title = excluded.title,
      byline = excluded.byline, html = excluded.html, media = excluded.media, missing = excluded.missing,
      failure = NULL,
      is_shown = COALESCE(excluded.is_shown, is_shown)`
  run(
    db,
    sql,
    articleId,
    url,
    fetchedAt,
    title,
    byline,
    pack(html),
    JSON.stringify(media),
    missing ? JSON.stringify(missing) : null,
    isShown === null ? null : Number(isShown),
  )
}

/** Notes that the page could not be had. A text that is there stays, and is no failure. */
export function writeFullTextFailure(
  db: WriteDb,
  articleId: number,
  { url, failure, fetchedAt }: { url: string; failure: Failure; fetchedAt: number },
): void {
  const sql = `INSERT INTO full_texts (article_id, url, fetched_at, failure)
    SELECT id, ?, ?, ? FROM articles WHERE id = ?
    ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, fetched_at = excluded.fetched_at, failure = excluded.failure
      WHERE html IS NULL`
  run(db, sql, url, fetchedAt, JSON.stringify(failure), articleId)
}

/** Chooses which text of an article is shown; false where that changes nothing, or there is no text of its page. */
export function chooseText(db: WriteDb, articleId: number, isFull: boolean): boolean {
  const sql = 'UPDATE full_texts SET is_shown = ? WHERE article_id = ? AND html IS NOT NULL AND is_shown IS NOT ?'
  return run(db, sql, Number(isFull), articleId, Number(isFull)).changes > 0
}
