/** The keys by which an article is looked up. They find candidates; the evidence decides whether one of them is the article. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, getValues, run } from '../db/prepared.ts'

/** `title`: of items without a guid or link of their own. */
export type KeyKind = 'guid' | 'link' | typeof fingerprint | 'title'
export type Key = { kind: KeyKind; key: string }

/** The kind of ReadyArticle.fingerprint, as databases and journals have it. */
export const fingerprint = 'print'

/** A key that more articles share finds none of them: their other keys do. */
const mostPerKey = 8

/** An article that is known, or was: of a deleted one what its tombstone has, of one deleted long ago nothing. */
export type KnownArticle = {
  articleId: number
  isThere: 0 | 1
  guid: string | null
  url: string | null
  title: string | null
  publishedAt: number | null
  firstSeenAt: number | null
}

const columns = `
  articles.id IS NOT NULL AS isThere,
  COALESCE(articles.guid, tombstones.guid) AS guid,
  COALESCE(articles.url, tombstones.url) AS url,
  COALESCE(articles.title, tombstones.title) AS title,
  COALESCE(articles.published_at, tombstones.published_at) AS publishedAt,
  articles.first_seen_at AS firstSeenAt`

/** The articles under a key, the newest first; at most one more than may share one. */
export function articlesByKey(db: ReadDb, feedId: number, { kind, key }: Key): KnownArticle[] {
  const sql = `SELECT identities.article_id AS articleId, ${columns}
    FROM identities
    LEFT JOIN articles ON articles.id = identities.article_id
    LEFT JOIN tombstones ON articles.id IS NULL AND tombstones.article_id = identities.article_id
    WHERE identities.feed_id = ? AND identities.kind = ? AND identities.key = ?
    ORDER BY identities.article_id DESC LIMIT ${mostPerKey + 1}`
  return getRows<KnownArticle>(db, sql, feedId, kind, key)
}

/** The articles of a feed with exactly this date, in ms. */
export function articlesByDate(db: ReadDb, feedId: number, publishedAt: number): KnownArticle[] {
  const sql = `SELECT id AS articleId, 1 AS isThere, guid, url, title, published_at AS publishedAt,
      first_seen_at AS firstSeenAt
    FROM articles WHERE feed_id = ? AND published_at = ? ORDER BY id DESC LIMIT ${mostPerKey + 1}`
  return getRows<KnownArticle>(db, sql, feedId, publishedAt)
}

/** The links an article has had, in the spelling of ReadyArticle.canonicalUrl. */
export function linksOf(db: ReadDb, articleId: number): string[] {
  return getValues<string>(db, "SELECT key FROM identities WHERE article_id = ? AND kind = 'link'", articleId)
}

/** All keys of an article, also those it had before an edit. */
export function keysOf(db: ReadDb, articleId: number): Key[] {
  return getRows<Key>(db, 'SELECT kind, key FROM identities WHERE article_id = ?', articleId)
}

/**
 * The article of a feed with most of these keys, of those that are there; null where none has. Its fingerprint must be among
 * them: several articles may share a guid or a link.
 */
export function articleByKeys(db: ReadDb, { feedUrl, keys }: { feedUrl: string; keys: Key[] }): number | null {
  const sql = `SELECT identities.article_id
    FROM json_each(?) AS wanted
    JOIN identities ON identities.feed_id = (SELECT id FROM feeds WHERE url = ?) AND identities.kind = wanted.value ->> 'kind'
      AND identities.key = wanted.value ->> 'key'
    JOIN articles ON articles.id = identities.article_id
    GROUP BY identities.article_id HAVING SUM(identities.kind = '${fingerprint}') > 0
    ORDER BY COUNT(*) DESC, articles.is_saved DESC, identities.article_id LIMIT 1`
  return getValue<number>(db, sql, JSON.stringify(keys), feedUrl)
}

export function hasKeys(db: ReadDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM identities WHERE feed_id = ? LIMIT 1'
  return getValue(db, sql, feedId) === 1
}

/** Remembers keys of an article, inside the caller's transaction. */
export function rememberKeys(db: WriteDb, feedId: number, articleId: number, keys: Key[]): void {
  const sql = `INSERT INTO identities (feed_id, kind, key, article_id)
    SELECT @feedId, @kind, @key, @articleId
    WHERE (SELECT COUNT(*) FROM (
      SELECT 1 FROM identities WHERE feed_id = @feedId AND kind = @kind AND key = @key LIMIT ${mostPerKey + 1}
    )) <= ${mostPerKey}
    ON CONFLICT DO NOTHING`
  for (const { kind, key } of keys) run(db, sql, { feedId, kind, key, articleId })
}
