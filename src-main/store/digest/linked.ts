/** Which article of the library a link of a digest leads to. */
import { hash } from 'node:crypto'
import type { ReadDb } from '../db/open.ts'
import { getRow, getRows } from '../db/prepared.ts'
import { digestUrl } from '../feeds/kinds.ts'
import type { DigestArticle } from './candidates.ts'

type Named = Pick<DigestArticle, 'id' | 'title' | 'feedUrl' | 'publishedAt'>

/** For an article without an address of its own: that of its site, with a mark that is understood here. */
export function localLink(site: string, article: Named): string {
  const url = new URL(site)
  url.hash = `broadsheet-${article.id}-${markOf(article)}`
  return url.href
}

/** Ids are of one database: with this, no other article is opened in another. */
function markOf({ title, feedUrl, publishedAt }: Named): string {
  return hash('sha256', JSON.stringify([feedUrl, title, publishedAt]), 'hex').slice(0, 8)
}

/**
 * The article that a digest's link leads to; null where it is not here, or not any more. `key`: the link in the spelling of
 * identities. Where several articles have one link, as entries of one page do, the headline decides.
 */
export function linkedArticle(db: ReadDb, { url, key, title }: { url: string; key: string | null; title: string }) {
  const [, id, mark] = /#broadsheet-(\d{1,15})-([0-9a-f]{8})$/.exec(url) ?? []
  if (id !== undefined) return localArticle(db, Number(id), mark!)
  if (key === null) return null
  const sql = `SELECT articles.id, articles.title
    FROM feeds CROSS JOIN identities ON identities.feed_id = feeds.id AND kind = 'link' AND key = ?
    JOIN articles ON articles.id = article_id
    WHERE feeds.url <> '${digestUrl}' AND (is_hidden = 0 OR is_saved = 1)
    ORDER BY articles.id`
  const found = getRows<{ id: number; title: string }>(db, sql, key)
  return (found.find(article => article.title === title) ?? found[0])?.id ?? null
}

function localArticle(db: ReadDb, id: number, mark: string): number | null {
  const sql = `SELECT articles.id, articles.title, feeds.url AS feedUrl, published_at AS publishedAt
    FROM articles JOIN feeds ON feeds.id = feed_id WHERE articles.id = ? AND (is_hidden = 0 OR is_saved = 1)`
  const article = getRow<Named>(db, sql, id)
  return article && markOf(article) === mark ? article.id : null
}
