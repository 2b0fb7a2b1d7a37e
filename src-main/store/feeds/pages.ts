/**
 * The source 'Pages': single pages that were saved by their address. It is a row of `feeds` that counts as unsubscribed, so that
 * it is never polled, listed or exported as a feed, and its articles are listed where they are saved.
 */
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getValue } from '../db/prepared.ts'

/** In place of a feed's address. No feed can have it: feeds are at http and https alone. */
export const pagesUrl = 'broadsheet:pages'
export const pagesTitle = 'Pages'

/** Null before the first page. */
export function pagesId(db: ReadDb): number | null {
  return getValue<number>(db, 'SELECT id FROM feeds WHERE url = ?', pagesUrl)
}

export type KnownPage = { articleId: number; isSaved: boolean }

/** The page with this address, saved or not any more. */
export function pageAt(db: ReadDb, url: string): KnownPage | null {
  const sql = `SELECT id AS articleId, is_saved AS isSaved FROM articles WHERE feed_id = ? AND (url = ? OR guid = ?) LIMIT 1`
  const page = getRow<{ articleId: number; isSaved: number }>(db, sql, pagesId(db), url, url)
  return page && { ...page, isSaved: page.isSaved === 1 }
}

/** `host` (`host:port`) is in the reader's own network, and they have saved a page of it. */
export function allowPrivatePages(db: WriteDb, host: string): void {
  const hosts = readMeta(db, 'privatePages') ?? []
  if (!hosts.includes(host)) writeMeta(db, 'privatePages', [...hosts, host])
}

/** The `privateHost` for a medium of this source at `host` (`host:port`). Pages come from many hosts, each allowed by itself. */
export function privateHostAt(
  db: ReadDb,
  source: { url: string; privateHost: string | null },
  host: string,
): string | null {
  if (source.url !== pagesUrl) return source.privateHost
  return readMeta(db, 'privatePages')?.includes(host) ? host : null
}
