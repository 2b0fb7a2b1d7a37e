/** The categories that most sites have used lately, counted by the articles that are there now. */
import type { Aliases } from '../../api/categories/aliases.ts'
import type { TopCategory } from '../../api/categories/model.ts'
import { bestSpelling, categoryKey } from '../../api/categories/names.ts'
import type { CategoryAlias } from '../../api/settings.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb } from '../db/open.ts'
import { getRow, getRows, getValue } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { inCategory } from '../search/categories.ts'
import { type RecentUse, recentUses } from '../search/recent-categories.ts'

/** One site with a category on all of its articles says nothing of the others. */
const leastSites = 2
const mostShown = 20
/** Looked at by the feeds that have used them, and of these, counted by their articles. */
const mostKnown = 120
const mostCounted = 28

/** The site that a feed is of. */
export type SiteOf = (feed: { url: string; siteUrl: string | null }) => string

type Candidate = { name: string; sites: Set<string> }

/** Those of most sites first, then those of most articles. `since` in ms. */
export function topCategories(
  db: ReadDb,
  since: number,
  { aliases, joined, siteOf }: { aliases: Aliases; joined: CategoryAlias[]; siteOf: SiteOf },
): TopCategory[] {
  const keys = [...new Set(joined.flatMap(({ name, as }) => [name, as]).map(categoryKey))]
  const uses = recentUses(db, since, { keys, most: mostKnown })
  const sites = sitesOf(db, new Set(uses.map(({ feedId }) => feedId)), siteOf)
  const candidates = [...Map.groupBy(uses, ({ name }) => aliases.keyOf(name)).values()]
    .map(ofOne => candidateOf(ofOne, aliases, sites))
    .filter(candidate => candidate.sites.size >= leastSites)
    .sort((a, b) => b.sites.size - a.sites.size || (a.name < b.name ? -1 : 1))
    .slice(0, mostCounted)
  const from = firstIdSince(db, since)
  return candidates
    .map(({ name }) => counted(db, name, { since, from, sites }))
    .filter(one => one.sites >= leastSites)
    .sort((a, b) => b.sites - a.sites || b.articles - a.articles || (a.name < b.name ? -1 : 1))
    .slice(0, mostShown)
}

function candidateOf(uses: RecentUse[], aliases: Aliases, sites: Map<number, string>): Candidate {
  const chosen = aliases.chosenName(uses[0]!.name)
  return {
    name: chosen ?? bestSpelling(uses.map(({ name }) => name)),
    sites: new Set(uses.flatMap(({ feedId }) => sites.get(feedId) ?? [])),
  }
}

function sitesOf(db: ReadDb, feedIds: Set<number>, siteOf: SiteOf): Map<number, string> {
  const sql = 'SELECT id, url, site_url AS siteUrl FROM feeds WHERE id IN (SELECT value FROM json_each(?))'
  const feeds = getRows<{ id: number; url: string; siteUrl: string | null }>(db, sql, JSON.stringify([...feedIds]))
  return new Map(feeds.map(feed => [feed.id, siteOf(feed)]))
}

/** All articles of that time or later have this id or a higher one. */
function firstIdSince(db: ReadDb, since: number): number {
  const sql = 'SELECT MIN(id) FROM articles INDEXED BY articles_by_date WHERE is_hidden = 0 AND published_at >= ?'
  return getValue<number>(db, sql, since) ?? Number.MAX_SAFE_INTEGER
}

type Window = { since: number; from: number; sites: Map<number, string> }

function counted(db: ReadDb, name: string, { since, from, sites }: Window): TopCategory {
  const { sql, values } = inCategory(db, name, from)
  const articles = foldsCopies(db) ? 'COUNT(DISTINCT COALESCE(copy_group, -id))' : 'COUNT(*)'
  const count = `SELECT ${articles} AS articles, json_group_array(DISTINCT feed_id) AS feeds
    FROM articles NOT INDEXED WHERE is_hidden = 0${andVisible(db)} AND published_at >= ? AND ${sql}`
  const found = getRow<{ articles: number; feeds: string }>(db, count, since, ...values)
  const feedIds = JSON.parse(found?.feeds ?? '[]') as number[]
  return {
    name,
    articles: found?.articles ?? 0,
    sites: new Set(feedIds.flatMap(feedId => sites.get(feedId) ?? [])).size,
  }
}
