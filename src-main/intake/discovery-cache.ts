/** Caches what discovery fetched, so that following a feed that was found asks its server no second time. */
import type { Credentials } from '../api/model.ts'
import type { DiscoveredBody, DiscoverOutcome } from '../feeds/discover/session.ts'
import type { Clock } from '../lib/clock.ts'
import { minute, second } from '../lib/time.ts'

type Discovered = Extract<DiscoverOutcome, { kind: 'found' }>

/** What is cached of a feed that discovery found. `body`: null where discovery did not fetch the feed itself. */
type Entry = {
  body: DiscoveredBody | null
  /** Host and port of what the user typed, for which the credentials were given. */
  typedHost: string
  credentials: Credentials | null
}

export type DiscoveryCache = {
  add(found: Discovered, typedHost: string, credentials: Credentials | null): void
  get(feedUrl: string): Entry | null
}

const maxAge = 5 * minute
const maxBytes = 40_000_000
const maxEntries = 500

export function createDiscoveryCache(clock: Clock): DiscoveryCache {
  const entries = new Map<string, Entry & { until: number }>()

  function evict(): void {
    const now = clock.now()
    // One that lasts longer than that was added before the clock was set back.
    for (const [url, { until }] of entries) if (until <= now || until > now + maxAge) entries.delete(url)
    let bytes = 0
    for (const { body } of entries.values()) bytes += body?.bytes.length ?? 0
    for (const [url, { body }] of entries) {
      if (entries.size <= maxEntries && bytes <= maxBytes) return
      entries.delete(url)
      bytes -= body?.bytes.length ?? 0
    }
  }

  return {
    add({ feeds, bodies }, typedHost, credentials) {
      const until = clock.now() + maxAge
      for (const { url } of feeds) {
        entries.delete(url)
        entries.set(url, { body: bodies.get(url) ?? null, typedHost, credentials, until })
      }
      evict()
      // Frees the memory even if nothing is looked up any more.
      clock.setTimer(maxAge + second, evict)
    },
    get(feedUrl) {
      evict()
      return entries.get(feedUrl) ?? null
    },
  }
}
