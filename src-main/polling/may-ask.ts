/** Which of the feeds a user asks for may be asked now, and why not the others (E18). Pure. */
import type { Failure, HeldBack } from '../api/model.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'
import { hostOf } from './host-queues.ts'
import { isConnectivity } from './poll-memory.ts'
import { shortestRefresh } from './schedule.ts'

export type RefreshRequest = {
  feedIds: number[]
  /** All of them, also those that were asked minutes ago. */
  isForced: boolean
  /** These, although they were asked minutes ago: the user insists. */
  insistOn?: number[]
}

type Known = {
  now: number
  /** Until when a host is left alone, or null. */
  heldUntil(host: string, now: number): number | null
  isUnderWay(feedId: number): boolean
}

/** Neither force nor insisting leads past a time that a server has named. */
export function sortAsked(
  feeds: PollFeed[],
  { isForced, insistOn = [] }: RefreshRequest,
  { now, heldUntil, isUnderWay }: Known,
): { allowed: PollFeed[]; held: HeldBack } {
  const insisted = new Set(insistOn)
  const allowed: PollFeed[] = []
  const recent: { feedId: number; at: number }[] = []
  const waits: number[] = []
  let underWay = 0
  for (const feed of feeds) {
    const until = heldUntil(hostOf(feed.url), now) ?? askedToWaitUntil(feed, now)
    const askedAt = recentlyAskedAt(feed, now)
    if (isUnderWay(feed.id)) underWay++
    else if (until !== null) waits.push(until)
    else if (askedAt !== null && !isForced && !insisted.has(feed.id)) recent.push({ feedId: feed.id, at: askedAt })
    else allowed.push(feed)
  }
  return {
    allowed,
    held: {
      recent: recent.length === 0 ? null : { feedIds: recent.map(one => one.feedId), lastAskedAt: latest(recent) },
      waiting: waits.length === 0 ? null : { feeds: waits.length, from: Math.min(...waits), until: Math.max(...waits) },
      underWay,
    },
  }
}

function latest(recent: { at: number }[]): number {
  return Math.max(...recent.map(one => one.at))
}

function askedToWaitUntil({ failure }: PollFeed, now: number): number | null {
  const known = failureOf(failure)
  return known?.reason === 'retry-later' && known.until > now ? known.until : null
}

/** Who is back from a dead network or has mended an address need not wait: no server was bothered. */
function recentlyAskedAt({ lastCheckedAt, failure }: PollFeed, now: number): number | null {
  if (lastCheckedAt === null || now < lastCheckedAt || now - lastCheckedAt >= shortestRefresh) return null
  const known = failureOf(failure)
  return known && isConnectivity(known) ? null : lastCheckedAt
}

function failureOf(json: string | null): Failure | null {
  return json === null ? null : (JSON.parse(json) as Failure)
}
