/** Discovers feeds at what the user typed, caches what it fetched, and says which feeds are followed already. */
import type { Discovery } from '../api/model.ts'
import { readAddress } from '../api/names/typed-address.ts'
import { discover } from '../feeds/discover/discover.ts'
import type { DiscoverDeps } from '../feeds/discover/session.ts'
import { splitCredentials, withCredentials } from '../http/credentials.ts'
import { hostPort } from '../http/private-address.ts'
import type { Http } from '../http/types.ts'
import type { WriteDb } from '../store/db/open.ts'
import { feedByUrl } from '../store/feeds/feeds.ts'
import type { DiscoveryCache } from './discovery-cache.ts'
import type { DiscoverRequest } from './protocol.ts'

export type FindingParts = Pick<DiscoverDeps, 'readPage' | 'readFeed' | 'signal'> & {
  db: WriteDb
  http: Pick<Http, 'get'>
  discovered: DiscoveryCache
  /** Whether an address the user typed may be fetched although it is private. */
  mayBePrivate(url: URL, isAllowed?: boolean): Promise<boolean>
}

/** A server's failure is in the answer. */
export async function findFeeds(parts: FindingParts, request: DiscoverRequest): Promise<Discovery> {
  const { db, http, discovered } = parts
  const { address, credentials: written } = splitCredentials(request.address)
  const credentials = request.credentials ?? written
  const typed = readAddress(address)
  const found = await discover(address, {
    http: credentials && typed ? withCredentials(http, new URL(typed.url).host, credentials) : http,
    mayBePrivate: url => parts.mayBePrivate(url, request.allowPrivate),
    readPage: parts.readPage,
    readFeed: parts.readFeed,
    signal: parts.signal,
  })
  if (found.kind === 'failed') return found
  discovered.add(found, typed ? hostPort(new URL(typed.url)) : '', credentials)
  const feeds = found.feeds.map(feed => {
    const known = feedByUrl(db, feed.url)
    return { ...feed, subscribedId: known && !known.isRemoved ? known.id : null }
  })
  return { kind: 'found', feeds }
}
