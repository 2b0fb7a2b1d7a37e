/** Inserts, overwrites and deletes articles: `articles` has what lists show, `contents` the rest. Inside the caller's transaction. */
import type { ArticleHashes, ReadyArticle } from '../../feeds/parsed.ts'
import { joinCopies } from '../copies/find-copies.ts'
import { pack, unpack } from '../db/compressed-html.ts'
import type { WriteDb } from '../db/open.ts'
import { run } from '../db/prepared.ts'
import { hashesOf } from '../identity/hashes.ts'
import { type Key, rememberKeys } from '../identity/keys.ts'
import { wantPicturesAgain } from '../saved/pinned-pictures.ts'
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

/** Stores a new article and its keys, and finds its copies; answers its id. The caller puts it into the text index. */
export function insertArticle(db: WriteDb, { feedId, article, keys, ...state }: NewArticle): number {
  const insertRow = `INSERT INTO articles (guid, url, title, author, summary, image, feed_id, published_at, first_seen_at,
      is_read, is_saved, saved_at, is_hidden)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?))`
  const { publishedAt, firstSeenAt, isRead = false, savedAt = null } = state
  const values = [feedId, publishedAt, firstSeenAt, Number(isRead), Number(savedAt !== null), savedAt, feedId]
  const articleId = Number(run(db, insertRow, ...rowColumns(article), ...values).lastInsertRowid)
  const insertContents = `INSERT INTO contents
      (html, media, links, categories, enclosures, comments_url, comments_count, updated_at, hash, visible_hash, article_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  run(db, insertContents, ...contentColumns(article), articleId)
  rememberKeys(db, feedId, articleId, keys)
  joinCopies(db, { articleId, feedId, article, publishedAt, keys })
  return articleId
}

/** Replaces what the publisher says of an article. What the reader did to it, and its dates, stay. */
export function overwriteArticle(db: WriteDb, articleId: number, article: ReadyArticle): void {
  const updateRow = 'UPDATE articles SET guid = ?, url = ?, title = ?, author = ?, summary = ?, image = ? WHERE id = ?'
  run(db, updateRow, ...rowColumns(article), articleId)
  const updateContents = `UPDATE contents SET html = ?, media = ?, links = ?, categories = ?, enclosures = ?, comments_url = ?,
      comments_count = COALESCE(?, comments_count), updated_at = ?, hash = ?, visible_hash = ? WHERE article_id = ?`
  run(db, updateContents, ...contentColumns(article), articleId)
  wantPicturesAgain(db, articleId)
}

/** Deletes articles with their texts and revisions (ON DELETE CASCADE), but for their keys. */
export function deleteArticleRows(db: WriteDb, articleIds: number[]): void {
  for (const id of articleIds) unindexArticle(db, id)
  const sql = 'DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))'
  run(db, sql, JSON.stringify(articleIds))
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
    article.links ? JSON.stringify(article.links) : null,
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
