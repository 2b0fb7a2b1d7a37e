/** What a feed is fetched with where the user said so: credentials (sealed before they come here), proxy, user agent. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, run } from '../db/prepared.ts'

export type StoredAccess = {
  credentials: Uint8Array | null
  /** In the stored form of proxy-address.ts. */
  proxy: string | null
  userAgent: string | null
}

export function accessOf(db: ReadDb, feedId: number): StoredAccess | null {
  return getRow<StoredAccess>(db, 'SELECT credentials, proxy, user_agent AS userAgent FROM feeds WHERE id = ?', feedId)
}

/** Saves how to fetch a feed. It is due at once, since what failed may work now. `now` in ms. */
export function saveAccess(db: WriteDb, feedId: number, access: StoredAccess, now: number): void {
  const sql = 'UPDATE feeds SET credentials = ?, proxy = ?, user_agent = ?, next_check_at = ? WHERE id = ?'
  run(db, sql, access.credentials, access.proxy, access.userAgent, now, feedId)
}

/**
 * Deletes a feed's credentials where its address changes to another server, by a redirect or by the user: they were given for
 * one server. The same host is the same server, but not over http instead of https.
 */
export function dropStrayCredentials(db: WriteDb, feedId: number, from: string, to: string): void {
  const [old, next] = [URL.parse(from), URL.parse(to)]
  const isDowngrade = old?.protocol === 'https:' && next?.protocol === 'http:'
  if (old && next && old.host === next.host && !isDowngrade) return
  run(db, 'UPDATE feeds SET credentials = NULL WHERE id = ?', feedId)
}

/** Feeds, unsubscribed ones too, that were fetched from the address the user gave, and have no permission for a private host. */
export function readWithoutPermission(db: ReadDb): { id: number; url: string }[] {
  const sql =
    'SELECT id, url FROM feeds WHERE private_host IS NULL AND moved_from IS NULL AND last_success_at IS NOT NULL'
  return getRows<{ id: number; url: string }>(db, sql)
}

/** `privateHost`: the `host:port` that the feed may be fetched from although it is on this machine or a private network. */
export function allowPrivateHost(db: WriteDb, feedId: number, privateHost: string): void {
  run(db, 'UPDATE feeds SET private_host = ? WHERE id = ?', privateHost, feedId)
}
