/** Which articles' full texts are fetched without being asked for one by one. */
import { day } from '../../lib/time.ts'
import type { ReadDb } from '../db/open.ts'
import { getRow, getValue } from '../db/prepared.ts'
import type { StoredFullText } from './full-texts.ts'

/** A page that could not be had is asked for again by itself after this long. The reader may try at any time. */
const retryAfter = day

type Known = { url: string | null; fullText: StoredFullText | null }

/** Whether the page of such an article is still to be asked for. `now` in ms. */
export function isToBeFetched({ url, fullText }: Known, now: number): boolean {
  if (url === null || fullText?.kind === 'text') return false
  return fullText === null || now - fullText.fetchedAt >= retryAfter || now < fullText.fetchedAt
}

/** An article's address and its feed, with what the page is asked with. */
export type PageOfArticle = {
  url: string | null
  feedUrl: string
  privateHost: string | null
  /** Sealed. */
  credentials: Uint8Array | null
  /** As store/feeds/proxy-address.ts keeps it. */
  proxy: string | null
  userAgent: string | null
}

/** Null where there is no such article. */
export function pageOfArticle(db: ReadDb, articleId: number): PageOfArticle | null {
  const sql = `SELECT articles.url, feeds.url AS feedUrl, feeds.private_host AS privateHost, feeds.credentials, feeds.proxy,
      feeds.user_agent AS userAgent
    FROM articles JOIN feeds ON feeds.id = articles.feed_id WHERE articles.id = ?`
  return getRow<PageOfArticle>(db, sql, articleId)
}

/** Older articles are rarely read; of a feed that is new there may be thousands. */
const prefetchedFor = 7 * day

/** The newest unread article of these feeds whose page was never asked for; null where there is none. `now` in ms. */
export function nextToPrefetch(
  db: ReadDb,
  feedIds: number[],
  now: number,
  skipped: ReadonlySet<number>,
): number | null {
  if (feedIds.length === 0) return null
  const sql = `SELECT id FROM articles
    WHERE is_read = 0 AND is_hidden = 0 AND url IS NOT NULL AND published_at >= ?
      AND feed_id IN (SELECT value FROM json_each(?)) AND id NOT IN (SELECT value FROM json_each(?))
      AND NOT EXISTS (SELECT 1 FROM full_texts WHERE article_id = articles.id)
    ORDER BY published_at DESC, id DESC LIMIT 1`
  return getValue<number>(db, sql, now - prefetchedFor, JSON.stringify(feedIds), JSON.stringify([...skipped]))
}
