/** Which of the feeds that the user wants refreshed may be asked now, and why the others may not (E18). */
import type { HeldBack } from '../api/model.ts'
import { isConnectivity } from '../http/network.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'
import { hostOf } from './poll-queue.ts'
import { shortestRefresh } from './schedule.ts'

export type RefreshRequest = {
  feedIds: number[]
  /** All of them, also those that were asked minutes ago. */
  isForced: boolean
  /** These, although they were asked minutes ago: the user insists. */
  insistOn?: number[]
}

type Known = {
  /** In ms. */
  now: number
  /** Until when a host is left alone, or null. */
  backoffUntil(host: string, now: number): number | null
  isRefreshing(feedId: number): boolean
}

/** Neither force nor insisting overrides a time that a server has named. */
export function sortRequested(
  feeds: PollFeed[],
  { isForced, insistOn = [] }: RefreshRequest,
  { now, backoffUntil, isRefreshing }: Known,
): { allowed: PollFeed[]; heldBack: HeldBack } {
  const insisted = new Set(insistOn)
  const allowed: PollFeed[] = []
  const recent: { feedId: number; at: number }[] = []
  const waits: number[] = []
  let underWay = 0
  for (const feed of feeds) {
    const until = backoffUntil(hostOf(feed.url), now) ?? retryLaterUntil(feed, now)
    const askedAt = recentlyAskedAt(feed, now)
    if (isRefreshing(feed.id)) underWay++
    else if (until !== null) waits.push(until)
    else if (askedAt !== null && !isForced && !insisted.has(feed.id)) recent.push({ feedId: feed.id, at: askedAt })
    else allowed.push(feed)
  }
  const feedIds = recent.map(one => one.feedId)
  return {
    allowed,
    heldBack: {
      recent: feedIds.length === 0 ? null : { feedIds, lastAskedAt: Math.max(...recent.map(one => one.at)) },
      waiting: waits.length === 0 ? null : { feeds: waits.length, from: Math.min(...waits), until: Math.max(...waits) },
      underWay,
    },
  }
}

function retryLaterUntil({ failure }: PollFeed, now: number): number | null {
  return failure?.reason === 'retry-later' && failure.until > now ? failure.until : null
}

/** A poll that no server has seen does not count: whoever is back from a dead network need not wait. */
function recentlyAskedAt({ lastCheckedAt, failure }: PollFeed, now: number): number | null {
  if (lastCheckedAt === null || now < lastCheckedAt || now - lastCheckedAt >= shortestRefresh) return null
  return failure && isConnectivity(failure) ? null : lastCheckedAt
}
