/** Saved articles as they leave, and as they come back: recognised, so that none is there twice. */
import type { Enclosure, SafeHtml } from '../../api/model.ts'
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { unpackOrNull } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { insertFeed, setRemoved } from '../feeds/feeds.ts'
import { recognise } from '../identity/identity.ts'
import { rememberKeys } from '../identity/keys.ts'
import { indexArticle } from '../search/index.ts'
import { insertArticle } from './ingest.ts'

export type SavedArticle = {
  feedUrl: string
  feedTitle: string
  language: string
  guid: string | null
  url: string | null
  title: string
  author: string
  summary: string
  image: string | null
  publishedAt: number
  updatedAt: number | null
  savedAt: number | null
  isRead: boolean
  html: SafeHtml
  /** Addresses that `html` shows. */
  media: string[]
  categories: string[]
  enclosures: Enclosure[]
  commentsUrl: string | null
  commentsCount: number | null
}

type Row = Omit<SavedArticle, 'isRead' | 'html' | 'media' | 'categories' | 'enclosures'> & {
  isRead: number
  html: Uint8Array
  media: string
  categories: string
  enclosures: string
}

/** All saved articles, one at a time, in the order in which they were saved. */
export function* savedArticles(db: ReadDb, { lastFirst = false } = {}): Generator<SavedArticle> {
  const order = lastFirst ? 'DESC' : 'ASC'
  const rows = prepared<[], Row>(
    db,
    `SELECT feeds.url AS feedUrl, COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle,
       feeds.language, articles.guid, articles.url, articles.title, articles.author, articles.summary, articles.image,
       articles.published_at AS publishedAt, contents.updated_at AS updatedAt, articles.saved_at AS savedAt,
       articles.is_read AS isRead, contents.html, contents.media, contents.categories, contents.enclosures,
       contents.comments_url AS commentsUrl, contents.comments_count AS commentsCount
     FROM articles JOIN contents ON contents.article_id = articles.id JOIN feeds ON feeds.id = articles.feed_id
     WHERE articles.is_saved = 1 ORDER BY articles.saved_at ${order}, articles.id ${order}`,
  ).iterate()
  for (const row of rows) {
    yield {
      ...row,
      isRead: row.isRead === 1,
      // What stands there has been through sanitizeHtml. Without its text it is still an article somebody saved.
      html: (unpackOrNull(row.html) ?? '') as SafeHtml,
      media: JSON.parse(row.media) as string[],
      categories: JSON.parse(row.categories) as string[],
      enclosures: JSON.parse(row.enclosures) as Enclosure[],
    }
  }
}

export type ReturningArticle = {
  feedUrl: string
  feedTitle: string
  savedAt: number | null
  isRead: boolean
  article: ReadyArticle
}

export type TakenIn = { savedIds: number[]; alreadyThere: number }

/**
 * Puts saved articles under their feeds, or under unsubscribed ones where those are not followed; inside the caller's
 * transaction. One that is there is saved if it was not, and otherwise left as it is. `now` in ms.
 */
export function takeInSaved(db: WriteDb, returning: ReturningArticle[], now: number): TakenIn {
  const added: { articleId: number; article: ReadyArticle; feedTitle: string }[] = []
  const savedIds: number[] = []
  for (const one of returning) {
    const feed = feedFor(db, one, now)
    const item = recognise(db, feed.id, [one.article], null, now)[0]!
    const savedAt = Math.min(one.savedAt ?? now, now)
    let { articleId } = item
    if (articleId === null || !isThere(db, articleId)) {
      // Where it was deleted, it is wanted again.
      if (articleId !== null) forgetDeleted(db, articleId)
      articleId = insertArticle(db, feed.id, feed, item, now, 0)
      prepared(db, 'UPDATE articles SET is_read = ? WHERE id = ?').run(Number(one.isRead), articleId)
      added.push({ articleId, article: one.article, feedTitle: feed.title })
    }
    rememberKeys(db, feed.id, articleId, item.keys)
    const sql = 'UPDATE articles SET is_saved = 1, saved_at = ? WHERE id = ? AND is_saved = 0'
    if (prepared(db, sql).run(savedAt, articleId).changes > 0) savedIds.push(articleId)
  }
  // Last and together: FTS5 writes out what it has gathered at any statement in between (articles.ts).
  for (const { articleId, article, feedTitle } of added) indexArticle(db, articleId, article, feedTitle)
  return { savedIds, alreadyThere: returning.length - savedIds.length }
}

type Feed = { id: number; title: string; isHidden: number }

function feedFor(db: WriteDb, { feedUrl, feedTitle }: ReturningArticle, now: number): Feed {
  const find = prepared<[string], Feed>(
    db,
    `SELECT id, COALESCE(custom_title, title) AS title, removed_at IS NOT NULL AS isHidden FROM feeds WHERE url = ?`,
  )
  const known = find.get(feedUrl)
  if (known) return known
  const unknown = { customTitle: null, siteUrl: null, folderId: null, privateHost: null, nextCheckAt: null }
  const { feedId } = insertFeed(db, { url: feedUrl, title: feedTitle, ...unknown }, now)
  setRemoved(db, [feedId], now)
  return find.get(feedUrl)!
}

function isThere(db: ReadDb, articleId: number): boolean {
  return prepared<[number], number>(db, 'SELECT 1 FROM articles WHERE id = ?').pluck().get(articleId) === 1
}

function forgetDeleted(db: WriteDb, articleId: number): void {
  prepared(db, 'DELETE FROM identities WHERE article_id = ?').run(articleId)
  prepared(db, 'DELETE FROM tombstones WHERE article_id = ?').run(articleId)
}
