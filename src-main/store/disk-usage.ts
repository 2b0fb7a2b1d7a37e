/** What the database contains and the sizes of its parts. Reads every page, so it runs in the maintenance thread. */
import type { DiskUsage, StoragePart } from '../api/storage-model.ts'
import type { ReadDb } from './db/open.ts'
import { getRows, getValue } from './db/prepared.ts'
import { pagesId } from './feeds/pages.ts'
import { pinnedUsage } from './saved/pinned-pictures.ts'

type Kind = StoragePart['kind']
type DatabaseUsage = Pick<DiskUsage, 'databaseBytes' | 'parts' | 'kept' | 'articles' | 'saved' | 'unread' | 'feeds'>

const shownFeeds = 20
/** Articles of a feed that are measured; the others are estimated from them. */
const sampleSize = 40

export function databaseUsage(db: ReadDb): DatabaseUsage {
  const pageSize = pragma(db, 'page_size')
  const free = pragma(db, 'freelist_count') * pageSize
  return {
    databaseBytes: pragma(db, 'page_count') * pageSize,
    parts: [...partsOf(db), { kind: 'free' as const, bytes: free }].filter(part => part.bytes > 0),
    kept: keptFor(db),
    articles: count(db, 'SELECT COUNT(*) FROM articles'),
    saved: count(db, 'SELECT COUNT(*) FROM articles WHERE is_saved = 1'),
    unread: count(db, 'SELECT COUNT(*) FROM articles WHERE is_read = 0 AND is_hidden = 0'),
    feeds: largestFeeds(db),
  }
}

/** Bytes by kind, from SQLite's own walk over all pages (dbstat). Largest first. */
function partsOf(db: ReadDb): StoragePart[] {
  const sql = 'SELECT name, pgsize AS bytes FROM dbstat WHERE aggregate = TRUE'
  const rows = getRows<{ name: string; bytes: number }>(db, sql)
  const sums = new Map<Kind, number>()
  for (const { name, bytes } of rows) sums.set(kindOf(name), (sums.get(kindOf(name)) ?? 0) + bytes)
  return [...sums].map(([kind, bytes]) => ({ kind, bytes })).sort((a, b) => b.bytes - a.bytes)
}

function kindOf(table: string): Kind {
  if (table.startsWith('article_index_')) return 'search'
  if (table.startsWith('articles')) return 'lists'
  if (table.startsWith('identities') || table.startsWith('tombstones')) return 'identities'
  if (table.startsWith('revisions')) return 'earlier-versions'
  if (table === 'contents') return 'texts'
  if (table === 'full_texts') return 'full-texts'
  return table === 'icons' ? 'icons' : 'other'
}

function keptFor(db: ReadDb): DiskUsage['kept'] {
  const sql = `SELECT articles.feed_id = ? AS isPage, COUNT(*) AS articles,
      SUM(length(contents.html) + length(contents.media) + COALESCE(length(full_texts.html), 0)) AS bytes
    FROM articles JOIN contents ON contents.article_id = articles.id
      LEFT JOIN full_texts ON full_texts.article_id = articles.id
    WHERE articles.is_saved = 1 GROUP BY isPage`
  const rows = getRows<{ isPage: number; articles: number; bytes: number }>(db, sql, pagesId(db) ?? 0)
  const pages = rows.find(row => row.isPage === 1)
  const pinned = pinnedUsage(db)
  return {
    textBytes: rows.find(row => row.isPage === 0)?.bytes ?? 0,
    pictureBytes: pinned.bytes,
    pictures: pinned.pictures,
    pageBytes: pages?.bytes ?? 0,
    pages: pages?.articles ?? 0,
  }
}

function largestFeeds(db: ReadDb): DiskUsage['feeds'] {
  const sql = `SELECT feeds.id AS feedId, COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS title,
       COUNT(*) AS articles
    FROM articles JOIN feeds ON feeds.id = articles.feed_id GROUP BY articles.feed_id`
  const feeds = getRows<{ feedId: number; title: string; articles: number }>(db, sql)
  return feeds
    .map(feed => ({ ...feed, bytes: Math.round(meanBytes(db, feed.feedId) * feed.articles) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, shownFeeds)
}

/** Bytes of an article of the feed without its share of the text index, from its newest ones. */
function meanBytes(db: ReadDb, feedId: number): number {
  const sql = `SELECT AVG(length(contents.html) + length(contents.media) + length(articles.title) + length(articles.summary))
    FROM (SELECT id FROM articles WHERE feed_id = ? ORDER BY published_at DESC, id DESC LIMIT ?) AS newest
    JOIN articles ON articles.id = newest.id JOIN contents ON contents.article_id = newest.id`
  return getValue<number>(db, sql, feedId, sampleSize) ?? 0
}

function pragma(db: ReadDb, name: 'page_size' | 'page_count' | 'freelist_count'): number {
  return count(db, `SELECT ${name} FROM pragma_${name}`)
}

function count(db: ReadDb, sql: string): number {
  return getValue<number>(db, sql) ?? 0
}
