/** Saved articles as a whole, so that they can live outside this database and come back into one. */
import type { Enclosure, SafeHtml } from '../../api/model.ts'
import { pack, unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { feedByUrl, insertFeed, setRemoved } from '../feeds/feeds.ts'
import { recognise } from '../identity/identity.ts'
import { articleByKeys, type Key, type KeyKind, keysOf, rememberKeys } from '../identity/keys.ts'
import { wordsOf } from '../identity/text.ts'

/** Says everything about an article without an id of this database. */
export type SavedArticle = {
  feedUrl: string
  feedTitle: string
  guid: string | null
  url: string | null
  title: string
  author: string
  summary: string
  image: string | null
  publishedAt: number
  firstSeenAt: number
  updatedAt: number | null
  savedAt: number | null
  isRead: boolean
  html: SafeHtml
  media: string[]
  categories: string[]
  enclosures: Enclosure[]
  commentsUrl: string | null
  commentsCount: number | null
  hash: string
  visibleHash: string
  /** By what it is recognised when its feed tells it again. */
  keys: Key[]
}

type Row = Omit<SavedArticle, 'isRead' | 'html' | 'media' | 'categories' | 'enclosures' | 'keys'> & {
  id: number
  isRead: number
  html: Uint8Array
  media: string
  categories: string
  enclosures: string
}

/** The articles with these ids, saved or not; what has no content any more is left out. */
export function wholeArticles(db: ReadDb, ids: number[]): SavedArticle[] {
  return prepared<[string], Row>(
    db,
    `SELECT articles.id, feeds.url AS feedUrl, COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle,
       articles.guid, articles.url, articles.title, articles.author, articles.summary, articles.image,
       articles.published_at AS publishedAt, articles.first_seen_at AS firstSeenAt, contents.updated_at AS updatedAt,
       articles.saved_at AS savedAt, articles.is_read AS isRead, contents.html, contents.media, contents.categories,
       contents.enclosures, contents.comments_url AS commentsUrl, contents.comments_count AS commentsCount,
       contents.hash, contents.visible_hash AS visibleHash
     FROM articles JOIN contents ON contents.article_id = articles.id JOIN feeds ON feeds.id = articles.feed_id
     WHERE articles.id IN (SELECT value FROM json_each(?))`,
  )
    .all(JSON.stringify(ids))
    .map(({ id, ...row }) => ({
      ...row,
      isRead: row.isRead === 1,
      // Without its text it is still an article somebody saved.
      html: (unpackOrNull(row.html) ?? '') as SafeHtml,
      media: JSON.parse(row.media) as string[],
      categories: JSON.parse(row.categories) as string[],
      enclosures: JSON.parse(row.enclosures) as Enclosure[],
      keys: keysOf(db, id),
    }))
}

/** Ids of saved articles, from the one after `after` on. */
export function savedIds(db: ReadDb, after: number, limit: number): number[] {
  return prepared<[number, number], number>(
    db,
    'SELECT id FROM articles WHERE is_saved = 1 AND id > ? ORDER BY id LIMIT ?',
  )
    .pluck()
    .all(after, limit)
}

export type ArticleMarks = Pick<SavedArticle, 'feedUrl' | 'keys'>

/** The article that goes by these marks; null where none does, or where it was deleted. */
export function findByMarks(db: ReadDb, { feedUrl, keys }: ArticleMarks): number | null {
  const feed = feedByUrl(db, feedUrl)
  return feed ? articleByKeys(db, feed.id, keys) : null
}

/** The article that this one is; null where it is not there, or was deleted. `now` in ms. */
export function findSaved(db: ReadDb, article: SavedArticle, now: number): number | null {
  const feed = feedByUrl(db, article.feedUrl)
  if (!feed) return null
  const keyOf = (wanted: KeyKind) => article.keys.findLast(({ kind }) => kind === wanted)?.key ?? null
  const item = {
    ...article,
    canonicalUrl: keyOf('link'),
    fingerprint: keyOf('print') ?? '',
    titleKey: keyOf('title') ?? '',
    text: wordsOf(article.html),
    hashes: { whole: article.hash, visible: article.visibleHash },
  }
  const [found] = recognise(db, feed.id, [item], null, now)
  const id = found?.articleId ?? null
  return id !== null && articlesIn(db, id, id).length > 0 ? id : null
}

/**
 * Puts an article in that is not there, under its feed, or under a row for its feed that is not followed. It is saved.
 * Answers its id; the text index is the caller's. `now` in ms.
 */
export function insertSaved(db: WriteDb, article: SavedArticle, now: number): number {
  const feedId = feedByUrl(db, article.feedUrl)?.id ?? insertUnfollowed(db, article, now)
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO articles (feed_id, guid, url, title, author, summary, image, published_at, first_seen_at, is_read, is_saved,
       saved_at, is_hidden)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, (SELECT removed_at IS NOT NULL FROM feeds WHERE id = ?))`,
  ).run(
    feedId,
    article.guid,
    article.url,
    article.title,
    article.author,
    article.summary,
    article.image,
    article.publishedAt,
    article.firstSeenAt,
    Number(article.isRead),
    article.savedAt ?? now,
    feedId,
  )
  const articleId = Number(lastInsertRowid)
  prepared(
    db,
    `INSERT INTO contents (article_id, html, media, categories, enclosures, comments_url, comments_count, updated_at, hash,
       visible_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    articleId,
    pack(article.html),
    JSON.stringify(article.media),
    JSON.stringify(article.categories),
    JSON.stringify(article.enclosures),
    article.commentsUrl,
    // Journals written before it was kept have none.
    article.commentsCount ?? null,
    article.updatedAt,
    article.hash,
    article.visibleHash,
  )
  rememberKeys(db, feedId, articleId, article.keys)
  return articleId
}

/** A row for the feed of a saved article that nobody follows: it stands under Saved alone. */
function insertUnfollowed(db: WriteDb, { feedUrl, feedTitle }: SavedArticle, now: number): number {
  const { feedId } = insertFeed(
    db,
    {
      url: feedUrl,
      title: feedTitle,
      customTitle: null,
      siteUrl: null,
      folderId: null,
      privateHost: null,
      nextCheckAt: null,
    },
    now,
  )
  setRemoved(db, [feedId], now)
  return feedId
}

/** The ids that exist from `first` to `last`. */
export function articlesIn(db: ReadDb, first: number, last: number): number[] {
  return prepared<[number, number], number>(db, 'SELECT id FROM articles WHERE id BETWEEN ? AND ?')
    .pluck()
    .all(first, last)
}

/** The newest ids below the given one. */
export function articlesBelow(db: ReadDb, below: number, limit: number): number[] {
  return prepared<[number, number], number>(db, 'SELECT id FROM articles WHERE id < ? ORDER BY id DESC LIMIT ?')
    .pluck()
    .all(below, limit)
}
