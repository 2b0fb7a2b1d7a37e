/** One whole article, as stored. */
import type { Article, Enclosure, SafeHtml } from '../../api/model.ts'
import type { ReadDb } from './database.ts'
import { rowsByIds, type StoredRow } from './headlines.ts'
import { unpack } from './packed-text.ts'
import { prepared } from './prepared.ts'

export type StoredArticle = StoredRow &
  Omit<Article, keyof StoredRow | 'media' | 'feedIconUrl' | 'imageUrl' | 'match'> & {
    /** Addresses the HTML shows. */
    media: string[]
    privateHost: string | null
  }

type ContentRow = {
  html: Uint8Array
  media: string
  categories: string
  enclosures: string
  commentsUrl: string | null
  updatedAt: number | null
  firstSeenAt: number
  siteUrl: string | null
  language: string
  privateHost: string | null
}

export function articleById(db: ReadDb, id: number): StoredArticle | null {
  const [row] = rowsByIds(db, [id])
  const content = prepared<[number], ContentRow>(
    db,
    `SELECT contents.html, contents.media, contents.categories, contents.enclosures,
       contents.comments_url AS commentsUrl, contents.updated_at AS updatedAt,
       articles.first_seen_at AS firstSeenAt, feeds.site_url AS siteUrl, feeds.language,
       feeds.private_host AS privateHost
     FROM contents JOIN articles ON articles.id = contents.article_id JOIN feeds ON feeds.id = articles.feed_id
     WHERE contents.article_id = ?`,
  ).get(id)
  if (!row || !content) return null
  return {
    ...row,
    ...content,
    // What stands there has been through sanitizeHtml.
    html: unpack(content.html) as SafeHtml,
    media: JSON.parse(content.media) as string[],
    categories: JSON.parse(content.categories) as string[],
    enclosures: JSON.parse(content.enclosures) as Enclosure[],
  }
}

/** The sanitised HTML of some articles, for showing where a search matched. */
export function htmlOf(db: ReadDb, ids: number[]): Map<number, string> {
  const rows = prepared<[string], { id: number; html: Uint8Array }>(
    db,
    'SELECT article_id AS id, html FROM contents WHERE article_id IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(ids))
  return new Map(rows.map(row => [row.id, unpack(row.html)]))
}

export type Revision = { replacedAt: number; title: string; html: SafeHtml }

/** What an article said before its publisher edited it, latest first. */
export function revisionsOf(db: ReadDb, articleId: number): Revision[] {
  return prepared<[number], { replacedAt: number; title: string; html: Uint8Array }>(
    db,
    'SELECT replaced_at AS replacedAt, title, html FROM revisions WHERE article_id = ? ORDER BY id DESC',
  )
    .all(articleId)
    .map(row => ({ ...row, html: unpack(row.html) as SafeHtml }))
}
