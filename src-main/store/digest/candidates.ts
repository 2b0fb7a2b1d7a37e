/** What a digest may be made of: articles that came since a time. Nothing is changed by reading them. */
import { day } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows } from '../db/prepared.ts'
import { digestUrl, mailScheme } from '../feeds/kinds.ts'
import { andVisible } from '../feeds/visibility.ts'

/** As little of an article as tells whether it is to be in a digest. */
export type Candidate = {
  id: number
  feedId: number
  folderId: number | null
  publishedAt: number
  copyGroup: number | null
  storyId: number | null
}

/** What a digest says of an article. */
export type DigestArticle = {
  id: number
  title: string
  summary: string
  url: string | null
  publishedAt: number
  firstSeenAt: number
  feedTitle: string
  feedUrl: string
  siteUrl: string | null
}

/** Times in ms. What came at `until` or later is for the next one. */
export type Span = { since: number; until: number }

/** What is published two days before it comes is no news: a feed that was added brings what it has, of any age. */
const newFor = 2 * day
/** Of each feed so many are looked at. */
const perFeed = 4

const columns = `articles.id, articles.feed_id AS feedId, feeds.folder_id AS folderId, articles.published_at AS publishedAt,
  articles.copy_group AS copyGroup, story_articles.story_id AS storyId`
const withStory = 'LEFT JOIN story_articles ON story_articles.article_id = articles.id'
const isFollowed = `feeds.removed_at IS NULL AND feeds.url <> '${digestUrl}'`

/** An article of a feed, and whether it came within the span. */
export type LatestArticle = Candidate & { isNewsletter: 0 | 1; isNew: 0 | 1 }

/** The latest of each feed that may have news, a feed's together, its latest first. */
export function latestOfEach(db: ReadDb, { since, until }: Span): LatestArticle[][] {
  const sql = `SELECT ${columns}, feeds.url GLOB '${mailScheme}*' AS isNewsletter,
      articles.first_seen_at >= @since AND articles.published_at >= @newSince AS isNew
    FROM feeds CROSS JOIN articles ON articles.id IN (
      SELECT id FROM articles AS own WHERE own.feed_id = feeds.id AND own.is_hidden = 0 AND own.first_seen_at < @until
      ORDER BY own.published_at DESC, own.id DESC LIMIT ${perFeed})
    ${withStory}
    WHERE ${isFollowed}${andVisible(db)} AND EXISTS (
      SELECT 1 FROM articles AS own WHERE own.feed_id = feeds.id AND own.published_at >= @newSince)
    ORDER BY feeds.position, feeds.id, articles.published_at DESC, articles.id DESC`
  const rows = getRows<LatestArticle>(db, sql, { since, until, newSince: since - newFor })
  return [...Map.groupBy(rows, ({ feedId }) => feedId).values()]
}

/** The news of each feed, its latest first; without newsletters. */
export function newsOfFeeds(latestOfFeeds: LatestArticle[][]): Candidate[][] {
  const feeds = latestOfFeeds.filter(([latest]) => latest?.isNewsletter === 0)
  return feeds.map(rows => rows.filter(({ isNew }) => isNew === 1)).filter(({ length }) => length > 0)
}

/** The latest of feeds that had said nothing for so long (ms) before their news, the latest first. */
export function quietFeeds(latestOfFeeds: LatestArticle[][], silentFor: number): Candidate[] {
  const spoke = latestOfFeeds.filter(rows => {
    const before = rows.findIndex(({ isNew }) => isNew === 0)
    return before > 0 && rows[before - 1]!.publishedAt - rows[before]!.publishedAt >= silentFor
  })
  return spoke.flatMap(([latest]) => latest ?? []).sort((a, b) => b.publishedAt - a.publishedAt)
}

/** Saved since then, and unread; the last one first. As in the list 'Saved', also of feeds that are not followed any more. */
export function savedUnread(db: ReadDb, { since, until }: Span, most: number): Candidate[] {
  const sql = `SELECT ${columns} FROM articles JOIN feeds ON feeds.id = feed_id ${withStory}
    WHERE is_saved = 1 AND is_read = 0 AND saved_at >= ? AND saved_at < ? AND feeds.url <> '${digestUrl}'
    ORDER BY saved_at DESC, articles.id DESC LIMIT ?`
  return getRows<Candidate>(db, sql, since, until, most)
}

/** What came by mail, the latest first. */
export function newsletterIssues(db: ReadDb, { since, until }: Span, most: number): Candidate[] {
  const sql = `SELECT ${columns} FROM feeds CROSS JOIN articles ON articles.feed_id = feeds.id ${withStory}
    WHERE feeds.url GLOB '${mailScheme}*' AND ${isFollowed} AND is_hidden = 0${andVisible(db)}
      AND first_seen_at >= ? AND first_seen_at < ? AND published_at >= ?
    ORDER BY published_at DESC, articles.id DESC LIMIT ?`
  return getRows<Candidate>(db, sql, since, until, since - newFor, most)
}

/** These of the candidates' ids that are there, in this order. */
export function candidatesOf(db: ReadDb, ids: number[]): Candidate[] {
  const sql = `SELECT ${columns} FROM json_each(?) AS wanted JOIN articles ON articles.id = wanted.value
    JOIN feeds ON feeds.id = feed_id ${withStory} ORDER BY wanted.key`
  return getRows<Candidate>(db, sql, JSON.stringify(ids))
}

export function digestArticles(db: ReadDb, ids: number[]): Map<number, DigestArticle> {
  const sql = `SELECT articles.id, articles.title, articles.summary, articles.url, published_at AS publishedAt,
      first_seen_at AS firstSeenAt, COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle, feeds.url AS feedUrl,
      feeds.site_url AS siteUrl
    FROM articles JOIN feeds ON feeds.id = feed_id WHERE articles.id IN (SELECT value FROM json_each(?))`
  return new Map(getRows<DigestArticle>(db, sql, JSON.stringify(ids)).map(row => [row.id, row]))
}
