/** How much the sites of articles post: what many of its feeds bring is one site's. */
import { day } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows } from '../db/prepared.ts'

/** An article of a site (by its registrable domain), and the feed that brought it. */
type Brought = { domain: string; feedId: number }

const countedDays = 7

/**
 * Articles a day, in the last week, of each of these sites: of all feeds of the site that are followed. Where none is, as of
 * what only an aggregator links to, of the quietest feed that brought it.
 */
export function postsPerDay(db: ReadDb, articles: Brought[], now: number): Map<string, number> {
  const bringing = Map.groupBy(articles, ({ domain }) => domain)
  const own = feedsOfSites(db, new Set(bringing.keys()))
  const feedIdsOf = (domain: string) => own.get(domain) ?? bringing.get(domain)!.map(({ feedId }) => feedId)
  const posts = postsOfFeeds(db, new Set([...bringing.keys()].flatMap(feedIdsOf)), now - countedDays * day)
  const perDay = [...bringing.keys()].map((domain): [string, number] => {
    const counts = feedIdsOf(domain).map(feedId => posts.get(feedId) ?? 0)
    const count = own.has(domain) ? counts.reduce((sum, one) => sum + one, 0) : Math.min(...counts)
    return [domain, count / countedDays]
  })
  return new Map(perDay)
}

/** The followed feeds of each of these domains that has any. */
function feedsOfSites(db: ReadDb, domains: Set<string>): Map<string, number[]> {
  const sql = 'SELECT id, COALESCE(site_url, url) AS address FROM feeds WHERE removed_at IS NULL'
  const feedsOf = new Map<string, number[]>()
  for (const { id, address } of getRows<{ id: number; address: string }>(db, sql)) {
    const domain = domainAmong(domains, address)
    if (domain) feedsOf.set(domain, [...(feedsOf.get(domain) ?? []), id])
  }
  return feedsOf
}

/** The one of these domains in which an address is. */
function domainAmong(domains: Set<string>, address: string): string | undefined {
  const host = URL.parse(address)?.hostname ?? ''
  const labels = host.split('.')
  return labels.map((_, from) => labels.slice(from).join('.')).find(domain => domains.has(domain))
}

function postsOfFeeds(db: ReadDb, feedIds: Set<number>, since: number): Map<number, number> {
  const sql = `SELECT wanted.value AS feedId, (
      SELECT COUNT(*) FROM articles INDEXED BY articles_by_feed WHERE feed_id = wanted.value AND published_at >= ?) AS posts
    FROM json_each(?) AS wanted`
  const rows = getRows<{ feedId: number; posts: number }>(db, sql, since, JSON.stringify([...feedIds]))
  return new Map(rows.map(({ feedId, posts }) => [feedId, posts]))
}
