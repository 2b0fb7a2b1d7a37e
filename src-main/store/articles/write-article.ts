/** Inserts, overwrites and deletes articles: `articles` has what lists show, `contents` the rest. Inside the caller's transaction. */
import type { ArticleHashes, ReadyArticle } from '../../feeds/parsed.ts'
import { pack, unpack } from '../db/compressed-html.ts'
import type { WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { hashesOf } from '../identity/hashes.ts'
import { type Key, rememberKeys } from '../identity/keys.ts'
import { unindexArticle } from '../search/index.ts'

export type NewArticle = {
  feedId: number
  article: ReadyArticle
  /** Lists are ordered by it, in ms. */
  publishedAt: number
  firstSeenAt: number
  isRead?: boolean
  /** Absent: not saved. */
  savedAt?: number
  /** By these it is recognised when it comes again. */
  keys: Key[]
}

/** Stores a new article and its keys; answers its id. The caller puts it into the text index. */
export function insertArticle(db: WriteDb, { feedId, article, keys, ...state }: NewArticle): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO articles (guid, url, title, author, summary, image, feed_id, published_at, first_seen_at, is_read, is_saved,
       saved_at, is_hidden)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?))`,
  ).run(
    ...rowColumns(article),
    feedId,
    state.publishedAt,
    state.firstSeenAt,
    Number(state.isRead ?? false),
    Number(state.savedAt !== undefined),
    state.savedAt ?? null,
    feedId,
  )
  const articleId = Number(lastInsertRowid)
  prepared(
    db,
    `INSERT INTO contents
       (html, media, categories, enclosures, comments_url, comments_count, updated_at, hash, visible_hash, article_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...contentColumns(article), articleId)
  rememberKeys(db, feedId, articleId, keys)
  return articleId
}

/** Replaces what the publisher says of an article. What the reader did to it, and its dates, stay. */
export function overwriteArticle(db: WriteDb, articleId: number, article: ReadyArticle): void {
  prepared(db, 'UPDATE articles SET guid = ?, url = ?, title = ?, author = ?, summary = ?, image = ? WHERE id = ?').run(
    ...rowColumns(article),
    articleId,
  )
  prepared(
    db,
    `UPDATE contents SET html = ?, media = ?, categories = ?, enclosures = ?, comments_url = ?,
       comments_count = COALESCE(?, comments_count), updated_at = ?, hash = ?, visible_hash = ? WHERE article_id = ?`,
  ).run(...contentColumns(article), articleId)
}

/** Deletes articles with their texts and revisions (ON DELETE CASCADE), but for their keys. */
export function deleteArticleRows(db: WriteDb, articleIds: number[]): void {
  for (const id of articleIds) unindexArticle(db, id)
  const sql = 'DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))'
  prepared(db, sql).run(JSON.stringify(articleIds))
}

type Column = string | number | null | Uint8Array

function rowColumns({ guid, url, title, author, summary, image }: ReadyArticle): Column[] {
  return [guid, url, title, author, summary, image]
}

function contentColumns(article: ReadyArticle): Column[] {
  const { whole, visible } = articleHashes(article)
  return [
    typeof article.html === 'string' ? pack(article.html) : article.html,
    JSON.stringify(article.media),
    JSON.stringify(article.categories),
    JSON.stringify(article.enclosures),
    article.commentsUrl,
    article.commentsCount,
    article.updatedAt,
    whole,
    visible,
  ]
}

/** The hashes that a worker gave the article, or else the same, worked out here. */
export function articleHashes(article: ReadyArticle): ArticleHashes {
  const { html, text } = article
  return article.hashes ?? hashesOf(article, typeof html === 'string' ? html : unpack(html), text)
}
