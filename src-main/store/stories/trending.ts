/**
 * What is covered by many sources just now. A story's rank is the sum over its sites of w × 2^(-age / half-life): w falls with
 * how much a site posts, so that a wire does not outvote a blog, and the age is that of the site's latest article.
 */
import { defaultSettings } from '../../api/settings.ts'
import { hour } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { postsPerDay } from './site-posts.ts'
import { unreadOfStories } from './stories.ts'

/** An article of a story within the window. */
export type Covering = { id: number; domain: string; feedTitle: string; publishedAt: number; hasImage: 0 | 1 }

export type RankedStory = {
  storyId: number
  rank: number
  sources: number
  isRising: boolean
  first: Covering
  latestAt: number
  /** Each site's latest article, the latest first. */
  latestOfEach: Covering[]
  leadId: number
}

/** A story that fewer sites have written about is not trending. */
export const leastTrending = 3
const mostStories = 30
/**
 * Of a week in a large library there are thousands of stories, of which as many are looked at as take some ms: those that
 * would rank highest if all of their sites had written as lately as the last one, and as rarely.
 */
const mostLookedAt = 150

type Row = Covering & { storyId: number; feedId: number }

/** The first one ranks highest. `hours`: how far back. */
export function trendingStories(db: ReadDb, { hours, now }: { hours: number; now: number }): RankedStory[] {
  const halfLife = (hours * hour) / 3
  const rows = coveringSince(db, now - hours * hour, halfLife)
  const posts = postsPerDay(db, rows, now)
  const stories = Map.groupBy(rows, ({ storyId }) => storyId)
  return [...stories]
    .map(([storyId, covering]) => rankedStory(storyId, covering, { hours, halfLife, now, posts }))
    .filter(({ sources }) => sources >= leastTrending)
    .sort((a, b) => b.rank - a.rank || b.latestAt - a.latestAt)
    .slice(0, mostStories)
}

/** Of the hours that are set. */
export function trendingAsSet(db: ReadDb, now: number): RankedStory[] {
  const set = getValue<string>(db, "SELECT value FROM settings WHERE name = 'trendingHours'")
  return trendingStories(db, { hours: set === null ? defaultSettings.trendingHours : Number(set), now })
}

/** The unread articles of all that is trending as it is set, without those above `newestId`. */
export function unreadOfTrending(db: ReadDb, newestId: number, now: number): number[] {
  const storyIds = trendingAsSet(db, now).map(({ storyId }) => storyId)
  return unreadOfStories(db, storyIds).flatMap(({ id }) => (id <= newestId ? [id] : []))
}

/** Articles of stories that may be trending, oldest first. */
function coveringSince(db: ReadDb, since: number, halfLife: number): Row[] {
  // In the order of sources × 2^(-age / half-life).
  const sql = `SELECT articles.id, story_id AS storyId, feed_id AS feedId, COALESCE(domain, 'article ' || articles.id) AS domain,
      COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle, published_at AS publishedAt,
      articles.image IS NOT NULL AS hasImage
    FROM (
      SELECT id FROM stories WHERE latest_at >= ? AND sources >= ${leastTrending}
      ORDER BY latest_at + log2(sources) * ? DESC LIMIT ${mostLookedAt}) AS likely
    CROSS JOIN story_articles ON story_articles.story_id = likely.id
    CROSS JOIN articles ON articles.id = article_id
    CROSS JOIN feeds ON feeds.id = feed_id
    WHERE published_at >= ? AND is_hidden = 0${andVisible(db)}
    ORDER BY published_at, articles.id`
  return getRows<Row>(db, sql, since, halfLife, since)
}

type Ranking = { hours: number; halfLife: number; now: number; posts: Map<string, number> }

function rankedStory(storyId: number, covering: Row[], { hours, halfLife, now, posts }: Ranking): RankedStory {
  const bySite = [...Map.groupBy(covering, ({ domain }) => domain).values()]
  let rank = 0
  for (const ofSite of bySite) {
    const { domain, publishedAt } = ofSite.at(-1)!
    const weight = 1 / (1 + Math.log1p(posts.get(domain) ?? 0))
    rank += weight * 2 ** (-Math.max(0, now - publishedAt) / halfLife)
  }
  const latestOfEach = bySite.map(ofSite => ofSite.at(-1)!).sort((a, b) => b.publishedAt - a.publishedAt)
  return {
    storyId,
    rank,
    sources: bySite.length,
    isRising: isRising(bySite, now, hours),
    first: covering[0]!,
    latestAt: covering.at(-1)!.publishedAt,
    latestOfEach,
    leadId: (covering.find(({ hasImage }) => hasImage === 1) ?? covering[0]!).id,
  }
}

/** At least two sites, and a third of them, have joined in the last sixth of the window. */
function isRising(bySite: Row[][], now: number, hours: number): boolean {
  const since = now - (hours * hour) / 6
  const joined = bySite.filter(ofSite => ofSite[0]!.publishedAt >= since).length
  return joined >= 2 && joined * 3 >= bySite.length && joined < bySite.length
}
