/** What discovery fetched, kept for some minutes, so that following a feed that was found asks its server no second time. */
import type { Credentials } from '../api/model.ts'
import type { DiscoveredBody, DiscoverOutcome } from '../feeds/discover/types.ts'
import type { Clock } from '../lib/clock.ts'
import { minute, second } from '../lib/time.ts'

export type Kept = {
  /** `typedHost`: host and port of what the user typed, for which the credentials were meant. */
  keep(found: Extract<DiscoverOutcome, { kind: 'found' }>, typedHost: string, credentials: Credentials | null): void
  body(url: string): DiscoveredBody | null
  /** For an address that discovery named: the host that the user had typed. */
  typedHost(url: string): string | null
  /** What the user gave for it with the search that found it. */
  credentials(url: string): Credentials | null
}

type Entry = { body: DiscoveredBody | null; typedHost: string; credentials: Credentials | null; until: number }

const keptFor = 5 * minute
const mostBytes = 40_000_000
const mostEntries = 500

export function createKept(clock: Clock): Kept {
  const entries = new Map<string, Entry>()

  function drop(): void {
    const now = clock.now()
    for (const [url, { until }] of entries) if (until <= now || until > now + keptFor) entries.delete(url)
    const bytes = () => [...entries.values()].reduce((sum, { body }) => sum + (body?.bytes.length ?? 0), 0)
    while (entries.size > mostEntries || bytes() > mostBytes) {
      const oldest = entries.keys().next().value
      if (oldest === undefined) return
      entries.delete(oldest)
    }
  }

  function fresh(url: string): Entry | null {
    drop()
    return entries.get(url) ?? null
  }

  return {
    keep({ feeds, bodies }, typedHost, credentials) {
      const until = clock.now() + keptFor
      for (const { url } of feeds) {
        entries.delete(url)
        entries.set(url, { body: bodies.get(url) ?? null, typedHost, credentials, until })
      }
      drop()
      // So that the memory is given back even if nobody asks again.
      clock.setTimer(keptFor + second, drop)
    },
    body: url => fresh(url)?.body ?? null,
    typedHost: url => fresh(url)?.typedHost ?? null,
    credentials: url => fresh(url)?.credentials ?? null,
  }
}
