/** The keys under which an article can be found again. They find candidates; whether one is it, the evidence says. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

/** `title`: of items that neither a guid nor a link tells from others. */
export type KeyKind = 'guid' | 'link' | 'print' | 'title'
export type Key = { kind: KeyKind; key: string }

/** A key that so many articles have finds nothing any more: other keys of theirs do. */
const mostPerKey = 8

/** An article that is known, or was: of a deleted one only what its tombstone tells, of one deleted long ago nothing. */
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
  return prepared<[number, KeyKind, string], KnownArticle>(
    db,
    `SELECT identities.article_id AS articleId, ${columns}
     FROM identities
     LEFT JOIN articles ON articles.id = identities.article_id
     LEFT JOIN tombstones ON articles.id IS NULL AND tombstones.article_id = identities.article_id
     WHERE identities.feed_id = ? AND identities.kind = ? AND identities.key = ?
     ORDER BY identities.article_id DESC LIMIT ${mostPerKey + 1}`,
  ).all(feedId, kind, key)
}

/** The articles of a feed with this very date, in ms. */
export function articlesByDate(db: ReadDb, feedId: number, publishedAt: number): KnownArticle[] {
  return prepared<[number, number], KnownArticle>(
    db,
    `SELECT id AS articleId, 1 AS isThere, guid, url, title, published_at AS publishedAt, first_seen_at AS firstSeenAt
     FROM articles WHERE feed_id = ? AND published_at = ? ORDER BY id DESC LIMIT ${mostPerKey + 1}`,
  ).all(feedId, publishedAt)
}

/** The links an article has had, in the spelling of ReadyArticle.canonicalUrl. */
export function linksOf(db: ReadDb, articleId: number): string[] {
  return prepared<[number], string>(db, "SELECT key FROM identities WHERE article_id = ? AND kind = 'link'")
    .pluck()
    .all(articleId)
}

/** All keys of an article, also those it had before an edit. */
export function keysOf(db: ReadDb, articleId: number): Key[] {
  return prepared<[number], Key>(db, 'SELECT kind, key FROM identities WHERE article_id = ?').all(articleId)
}

/**
 * The article that most of these keys lead to, of those that are there; null where none is. Its words have to be among them:
 * guids and links may belong to several articles.
 */
export function articleByKeys(db: ReadDb, feedId: number, keys: Key[]): number | null {
  const found = prepared<[string, number], number>(
    db,
    `SELECT identities.article_id
     FROM json_each(?) AS wanted
     JOIN identities ON identities.feed_id = ? AND identities.kind = wanted.value ->> 'kind'
       AND identities.key = wanted.value ->> 'key'
     JOIN articles ON articles.id = identities.article_id
     GROUP BY identities.article_id HAVING SUM(identities.kind = 'print') > 0
     ORDER BY COUNT(*) DESC, articles.is_saved DESC, identities.article_id LIMIT 1`,
  )
    .pluck()
    .get(JSON.stringify(keys), feedId)
  return found ?? null
}

export function hasKeys(db: ReadDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM identities WHERE feed_id = ? LIMIT 1'
  return prepared<[number], number>(db, sql).pluck().get(feedId) === 1
}

/** Remembers keys of an article, inside the caller's transaction. */
export function rememberKeys(db: WriteDb, feedId: number, articleId: number, keys: Key[]): void {
  const insert = prepared<[{ feedId: number; kind: KeyKind; key: string; articleId: number }]>(
    db,
    `INSERT INTO identities (feed_id, kind, key, article_id)
     SELECT @feedId, @kind, @key, @articleId
     WHERE (SELECT COUNT(*) FROM (
       SELECT 1 FROM identities WHERE feed_id = @feedId AND kind = @kind AND key = @key LIMIT ${mostPerKey + 1}
     )) <= ${mostPerKey}
     ON CONFLICT DO NOTHING`,
  )
  for (const { kind, key } of keys) insert.run({ feedId, kind, key, articleId })
}
