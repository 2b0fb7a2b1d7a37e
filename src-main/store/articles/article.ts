/** One whole article, as stored. */
import type { Article, Enclosure, SafeHtml } from '../../api/model.ts'
import { unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, run } from '../db/prepared.ts'
import { fullTextOf, type StoredFullText } from '../full-texts/full-texts.ts'
import { rowsByIds, type StoredRow } from './headlines.ts'

export type StoredArticle = StoredRow &
  Omit<Article, keyof StoredRow | Serialized> & {
    /** Addresses the HTML shows. */
    media: string[]
    privateHost: string | null
    fullText: StoredFullText | null
  }

/** What of an article is made when a window asks for it (engine/context/serialize.ts). */
type Serialized =
  | 'media'
  | 'pictureSizes'
  | 'shownEnclosures'
  | 'editedAt'
  | 'feedIconUrl'
  | 'imageUrl'
  | 'match'
  | 'story'
  | 'opensPage'
  | 'reading'
  | 'isTeaser'
  | 'fullText'
  | 'isFullTextShown'
  | 'isFullTextWanted'

type ContentRow = {
  html: Uint8Array
  media: string
  categories: string
  enclosures: string
  commentsUrl: string | null
  commentsCount: number | null
  updatedAt: number | null
  lastEditAt: number | null
  firstSeenAt: number
  siteUrl: string | null
  language: string
  privateHost: string | null
}

export function articleById(db: ReadDb, id: number): StoredArticle | null {
  const [row] = rowsByIds(db, [id])
  const sql = `SELECT contents.html, contents.media, contents.categories, contents.enclosures,
      contents.comments_url AS commentsUrl, contents.comments_count AS commentsCount,
      contents.updated_at AS updatedAt,
      (SELECT MAX(replaced_at) FROM revisions WHERE article_id = articles.id) AS lastEditAt, articles.first_seen_at AS firstSeenAt, feeds.site_url AS siteUrl, feeds.language,
      feeds.private_host AS privateHost
    FROM contents JOIN articles ON articles.id = contents.article_id JOIN feeds ON feeds.id = articles.feed_id
    WHERE contents.article_id = ?`
  const content = getRow<ContentRow>(db, sql, id)
  if (!row || !content) return null
  const html = unpackOrNull(content.html)
  return {
    ...row,
    ...content,
    // It was sanitised before it was stored.
    html: (html ?? '') as SafeHtml,
    isDamaged: html === null,
    media: JSON.parse(content.media) as string[],
    categories: JSON.parse(content.categories) as string[],
    enclosures: JSON.parse(content.enclosures) as Enclosure[],
    fullText: fullTextOf(db, id),
  }
}

/** Has the text of an article stored again: the next fetch of its feed is unconditional, and takes the article for edited. */
export function wantTextAgain(db: WriteDb, articleId: number): void {
  db.transaction(() => {
    run(db, "UPDATE contents SET hash = '', visible_hash = '' WHERE article_id = ?", articleId)
    const sql = `UPDATE feeds SET poll_memory = json_remove(poll_memory, '$.validators', '$.bodyHash')
      WHERE id = (SELECT feed_id FROM articles WHERE id = ?) AND json_valid(poll_memory)`
    run(db, sql, articleId)
  }).immediate()
}

/** The sanitised HTML of these articles, without those whose HTML is damaged. */
export function htmlOf(db: ReadDb, ids: number[]): Map<number, string> {
  const sql = 'SELECT article_id AS id, html FROM contents WHERE article_id IN (SELECT value FROM json_each(?))'
  const rows = getRows<{ id: number; html: Uint8Array }>(db, sql, JSON.stringify(ids))
  return new Map(
    rows.flatMap(row => {
      const html = unpackOrNull(row.html)
      return html === null ? [] : [[row.id, html] as const]
    }),
  )
}
