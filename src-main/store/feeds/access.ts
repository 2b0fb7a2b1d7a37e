/** How a feed's server is asked, where the user said so. Credentials are sealed before they come here. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

export type StoredAccess = {
  credentials: Uint8Array | null
  /** As store/feeds/proxy-address.ts keeps it. */
  proxy: string | null
  userAgent: string | null
}

export function accessOf(db: ReadDb, feedId: number): StoredAccess | null {
  return (
    prepared<[number], StoredAccess>(
      db,
      'SELECT credentials, proxy, user_agent AS userAgent FROM feeds WHERE id = ?',
    ).get(feedId) ?? null
  )
}

/** Keeps how to ask; the feed is due at once, since what failed may work now. `now` in ms. */
export function saveAccess(db: WriteDb, feedId: number, access: StoredAccess, now: number): void {
  prepared(db, 'UPDATE feeds SET credentials = ?, proxy = ?, user_agent = ?, next_check_at = ? WHERE id = ?').run(
    access.credentials,
    access.proxy,
    access.userAgent,
    now,
    feedId,
  )
}

/**
 * Credentials were given for one server: where a feed's address leads to another, by a move or by the user's hand, they
 * stay behind. The same host over https instead of http is the same server, not the other way round.
 */
export function dropStrayCredentials(db: WriteDb, feedId: number, from: string, to: string): void {
  const [old, next] = [URL.parse(from), URL.parse(to)]
  const isDowngrade = old?.protocol === 'https:' && next?.protocol === 'http:'
  if (old && next && old.host === next.host && !isDowngrade) return
  prepared(db, 'UPDATE feeds SET credentials = NULL WHERE id = ?').run(feedId)
}

/** Feeds, unsubscribed ones too, that were read at the address the user gave them, and may ask no private host. */
export function readWithoutPermission(db: ReadDb): { id: number; url: string }[] {
  return prepared<[], { id: number; url: string }>(
    db,
    'SELECT id, url FROM feeds WHERE private_host IS NULL AND moved_from IS NULL AND last_success_at IS NOT NULL',
  ).all()
}

/** `privateHost`: the `host:port` that the feed may ask although it is on this machine or a private network. */
export function allowPrivateHost(db: WriteDb, feedId: number, privateHost: string): void {
  prepared(db, 'UPDATE feeds SET private_host = ? WHERE id = ?').run(privateHost, feedId)
}
