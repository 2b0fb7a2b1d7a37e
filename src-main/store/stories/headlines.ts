/** What the grouping into stories reads of articles. */
import { hour } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue, getValues } from '../db/prepared.ts'
import { digestUrl } from '../feeds/kinds.ts'

export type StoredHeadline = {
  id: number
  title: string
  summary: string
  /** Of the feed, BCP 47; or empty. */
  language: string
  url: string | null
  feedUrl: string
  publishedAt: number
  storyId: number | null
  /** Of the article in its story; null where nobody has looked. */
  domain: string | null
  /** Where the first of its copies is, of those that are of other sources; null where it has none before it. */
  firstUrl: string | null
  /** Pages of other sites that its text links to, as a JSON array of numbers; null where there are none. */
  links: string | null
}

/** An article that is older when it comes joins no story: its story is over. */
export const oldestAtArrival = 120 * hour

/** A digest has the words of all stories, and is about none. */
const isNoDigest = `feeds.url <> '${digestUrl}'`

/** Words in the summary of a recording from which it says what it is about, and not only who is heard. */
const leastWords = 25

type Row = StoredHeadline & { enclosures: string | null }

const columns = `
  articles.id, articles.title, articles.summary, feeds.language, articles.url, feeds.url AS feedUrl,
  articles.published_at AS publishedAt, story_articles.story_id AS storyId, story_articles.domain, contents.links,
  (SELECT first.url FROM articles AS first INDEXED BY articles_by_copy_group
   WHERE first.copy_group = articles.copy_group AND first.id < articles.id ORDER BY first.id LIMIT 1) AS firstUrl`
const joined = `
  JOIN feeds ON feeds.id = articles.feed_id
  JOIN contents ON contents.article_id = articles.id
  LEFT JOIN story_articles ON story_articles.article_id = articles.id`

/** All articles of this time (ms) or later have a higher id; the highest of all where there are none. */
export function idBefore(db: ReadDb, since: number): number {
  const first = getValue<number>(db, 'SELECT MIN(id) FROM articles WHERE published_at >= ? AND is_hidden = 0', since)
  return first === null ? (getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0) : first - 1
}

/**
 * Articles with ids above `after`, up to `until`, of at most `most` of them those that are to be grouped, in the order of their
 * time; and the id up to which there are no others. Left out: what is not listed (articles of feeds that are not followed any
 * more, and single pages that the reader saved by their address, of any age, which no feed reports), digests, what has no title,
 * what was old when it came, and what has a story.
 */
export function ungroupedAfter(
  db: ReadDb,
  { after, until, most }: { after: number; until: number; most: number },
): { ids: number[]; upTo: number | null } {
  const next = 'SELECT id FROM articles WHERE id > ? AND id <= ? ORDER BY id LIMIT ?'
  const sql = `SELECT articles.id
    FROM (${next}) AS next
    JOIN articles ON articles.id = next.id ${joined}
    WHERE is_hidden = 0 AND articles.title <> '' AND published_at >= first_seen_at - ${oldestAtArrival} AND ${isNoDigest}
      AND story_articles.story_id IS NULL
    ORDER BY articles.published_at, articles.id`
  const upTo = getValue<number>(db, `SELECT MAX(id) FROM (${next})`, after, until, most)
  return { ids: getValues<number>(db, sql, after, until, most), upTo }
}

/** What was grouped before: articles since `since` up to the id `upTo`, and all of the stories that have one of these. */
export function groupedHeadlines(db: ReadDb, { since, upTo }: { since: number; upTo: number }): StoredHeadline[] {
  const sql = `SELECT ${columns}, contents.enclosures
    FROM articles ${joined}
    WHERE articles.id IN (
      SELECT id FROM articles WHERE published_at >= ? AND id <= ? AND is_hidden = 0 AND title <> ''
        AND published_at >= first_seen_at - ${oldestAtArrival}
      UNION
      SELECT article_id FROM story_articles JOIN stories ON stories.id = story_id WHERE latest_at >= ?)
      AND ${isNoDigest}
    ORDER BY published_at, articles.id`
  return withoutBareRecordings(getRows<Row>(db, sql, since, upTo, since))
}

/** In the order of their time; without recordings of which little is said but that they are there. */
export function headlinesOf(db: ReadDb, articleIds: number[]): StoredHeadline[] {
  const sql = `SELECT ${columns}, contents.enclosures FROM articles ${joined}
    WHERE articles.id IN (SELECT value FROM json_each(?)) ORDER BY published_at, articles.id`
  return withoutBareRecordings(getRows<Row>(db, sql, JSON.stringify(articleIds)))
}

function withoutBareRecordings(rows: Row[]): StoredHeadline[] {
  return rows.flatMap(({ enclosures, ...row }) =>
    row.storyId === null && isBareRecording(row, enclosures) ? [] : [row],
  )
}

function isBareRecording({ summary }: StoredHeadline, enclosures: string | null): boolean {
  if (enclosures === null || !/"(?:audio|video)/.test(enclosures)) return false
  return summary.split(/\s+/, leastWords).length < leastWords
}
