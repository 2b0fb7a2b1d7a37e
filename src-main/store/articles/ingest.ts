/** Takes in what a refresh brought: new articles, edits, and nothing for what is already there. */
import type { ArticleHashes, ReadyArticle } from '../../feeds/parsed.ts'
import { pack, unpack } from '../db/compressed-html.ts'
import type { WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { asBatch, batchSize, pauseForOthers } from '../db/write-gate.ts'
import { believed } from '../identity/document.ts'
import { differenceOf, hashesOf } from '../identity/hashes.ts'
import { type Recognised, recognise } from '../identity/identity.ts'
import { rememberKeys } from '../identity/keys.ts'
import { facetsOf } from '../search/facets.ts'
import { indexArticle, unindexArticle } from '../search/index.ts'
import { toldAgain } from './tombstones.ts'

export type Stored = { newIds: number[]; editedIds: number[] }

/**
 * Stores the articles of one document of a feed, in its order. `now` in ms. An edit updates the article and keeps the
 * earlier text; it never touches what the reader did. An article that was deleted does not come back. `unindexed` takes
 * what has to be indexed: the caller does it, at the end of the one transaction that all of this is in.
 */
export function storeArticles(
  db: WriteDb,
  feedId: number,
  articles: ReadyArticle[],
  now: number,
  unindexed?: Changed[],
): Stored {
  const feed = prepared<[number], { title: string; siteUrl: string | null; isHidden: number }>(
    db,
    `SELECT COALESCE(custom_title, title) AS title, site_url AS siteUrl, removed_at IS NOT NULL AS isHidden
     FROM feeds WHERE id = ?`,
  ).get(feedId)
  if (!feed) return { newIds: [], editedIds: [] }

  const recognised = recognise(db, feedId, articles, siteKey(feed.siteUrl), now)
  const stored: Stored = { newIds: [], editedIds: [] }
  const storeBatch = db.transaction((batch: { item: Recognised; index: number }[]) => {
    const changed: Changed[] = []
    for (const { item, index } of batch) {
      const isKnown = item.articleId !== null
      const articleId = item.articleId ?? insertArticle(db, feedId, feed, item, now, index)
      const edit = isKnown ? update(db, articleId, item, now) : 'visible'
      if (edit !== 'none' || !item.isPlain) rememberKeys(db, feedId, articleId, item.keys)
      // The date of a known article is the one it was first stored with.
      const publishedAt = isKnown ? null : believableDate(item.article.publishedAt, now, index)
      if (edit === 'hidden' || edit === 'visible')
        changed.push({ articleId, feedId, feedTitle: feed.title, publishedAt, article: item.article })
      if (edit === 'visible') (isKnown ? stored.editedIds : stored.newIds).push(articleId)
    }
    if (unindexed) unindexed.push(...changed)
    else indexAll(db, changed)
  })
  // Oldest first, so that a later article has the higher id and 'newer than' can go by it.
  const inOrder = recognised.map((item, index) => ({ item, index })).reverse()
  const written = () => stored.newIds.length + stored.editedIds.length
  const atOnce = unindexed ? inOrder.length : batchSize(db)
  let before = 0
  for (let start = 0; start < inOrder.length; start += atOnce) {
    if (written() > before) pauseForOthers(db)
    before = written()
    const batch = inOrder.slice(start, start + atOnce)
    asBatch(db, () => storeBatch.immediate(batch))
  }
  return stored
}

/** What has to be indexed. `publishedAt`: of a new article; null for one that was there. */
export type Changed = {
  articleId: number
  feedId: number
  feedTitle: string
  publishedAt: number | null
  article: ReadyArticle
}

/**
 * Last, together and by number: a statement in between may open a savepoint, and a lower number goes back, for both of which
 * FTS5 writes out what it has gathered. Article by article, that cost three times as much and made a segment of each.
 */
export function indexAll(db: WriteDb, changed: Changed[]): void {
  for (const { articleId, feedId, feedTitle, publishedAt, article } of changed.sort(
    (a, b) => a.articleId - b.articleId,
  )) {
    if (publishedAt === null) unindexArticle(db, articleId)
    const facets = publishedAt === null ? undefined : facetsOf({ ...article, feedId, publishedAt })
    indexArticle(db, articleId, article, feedTitle, facets)
  }
}

/** Lists are ordered by this: the publisher's date where it can be believed, else when we first saw the article. */
export function believableDate(stated: number | null, now: number, index: number): number {
  const date = believed(stated, now)
  // Items without a date keep the document's order, newest first.
  return date === null ? now - index : Math.min(date, now)
}

/** Stores a new article with its text and its marks, inside the caller's transaction; answers its id. */
export function insertArticle(
  db: WriteDb,
  feedId: number,
  feed: { title: string; isHidden: number },
  { article }: Recognised,
  now: number,
  index: number,
): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO articles (feed_id, guid, url, title, author, summary, image, published_at, first_seen_at, is_hidden)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    feedId,
    article.guid,
    article.url,
    article.title,
    article.author,
    article.summary,
    article.image,
    believableDate(article.publishedAt, now, index),
    now,
    feed.isHidden,
  )
  const articleId = Number(lastInsertRowid)
  prepared(
    db,
    `INSERT INTO contents
       (article_id, html, media, categories, enclosures, comments_url, comments_count, updated_at, hash, visible_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(articleId, ...contentColumns(article))
  return articleId
}

type Known = { hash: string; visibleHash: string; commentsCount: number | null; title: string; html: Uint8Array }

/** More comments are no edit: nothing that is indexed, kept as a revision or told to a window. */
function countComments(db: WriteDb, articleId: number, known: Known, { commentsCount }: ReadyArticle): void {
  if (commentsCount === null || commentsCount === known.commentsCount) return
  prepared(db, 'UPDATE contents SET comments_count = ? WHERE article_id = ?').run(commentsCount, articleId)
}

/** Brings a known article up to date. What was deleted stays so. `visible`: a reader would notice. */
function update(
  db: WriteDb,
  articleId: number,
  { article }: Recognised,
  now: number,
): 'none' | 'deleted' | 'hidden' | 'visible' {
  const known = prepared<[number], Known>(
    db,
    `SELECT contents.hash, contents.visible_hash AS visibleHash, contents.comments_count AS commentsCount, articles.title,
       contents.html
     FROM contents JOIN articles ON articles.id = contents.article_id WHERE contents.article_id = ?`,
  ).get(articleId)
  if (!known) {
    toldAgain(db, articleId, now)
    return 'deleted'
  }
  const hashes = article.hashes ?? hashesHere(article)
  const difference = differenceOf(known, hashes)
  if (difference === 'none' || difference === 'rules') {
    // From now on an edit is one.
    if (difference === 'rules') {
      prepared(db, 'UPDATE contents SET hash = ? WHERE article_id = ?').run(hashes.whole, articleId)
    }
    countComments(db, articleId, known, article)
    return 'none'
  }

  if (difference === 'visible') {
    prepared(db, 'INSERT INTO revisions (article_id, replaced_at, title, html) VALUES (?, ?, ?, ?)').run(
      articleId,
      now,
      known.title,
      known.html,
    )
  }
  prepared(db, 'UPDATE articles SET guid = ?, url = ?, title = ?, author = ?, summary = ?, image = ? WHERE id = ?').run(
    article.guid,
    article.url,
    article.title,
    article.author,
    article.summary,
    article.image,
    articleId,
  )
  prepared(
    db,
    `UPDATE contents SET html = ?, media = ?, categories = ?, enclosures = ?, comments_url = ?,
       comments_count = COALESCE(?, comments_count), updated_at = ?, hash = ?, visible_hash = ? WHERE article_id = ?`,
  ).run(...contentColumns(article), articleId)
  return difference
}

function contentColumns(article: ReadyArticle): (string | number | null | Uint8Array)[] {
  const { whole, visible } = article.hashes ?? hashesHere(article)
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

function hashesHere(article: ReadyArticle): ArticleHashes {
  return hashesOf(article, typeof article.html === 'string' ? article.html : unpack(article.html), article.text)
}

/** The site's own address in the spelling of ReadyArticle.canonicalUrl: without scheme, www and slash. */
function siteKey(siteUrl: string | null): string | null {
  return siteUrl?.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '') ?? null
}
