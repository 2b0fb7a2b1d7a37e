/** Hosts that asked us to stay away, kept at hand; and what to do when the clock has been set. */
import { hour, minute } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import {
  type HostHold,
  holdHost,
  hostHolds,
  misdatedFeeds,
  redateFeeds,
  releaseHost,
} from '../store/feeds/poll-state.ts'

/** No rule sends a feed or a host further away than the week of Retry-After. */
const furthest = 8 * 24 * hour

export type Holds = {
  /** Until when the host is left alone, or null. */
  heldUntil(host: string, now: number): number | null
  refusalsOf(host: string): number
  hold(asked: { host: string; until: number }): void
  /** The host answered properly. */
  release(host: string, now: number): void
}

export function createHolds(db: WriteDb): Holds {
  const known = new Map<string, HostHold>(hostHolds(db).map(hold => [hold.host, hold]))
  return {
    heldUntil(host, now) {
      const until = known.get(host)?.heldUntil ?? 0
      return until > now && until < now + furthest ? until : null
    },
    refusalsOf: host => known.get(host)?.refusals ?? 0,
    hold({ host, until }) {
      const before = known.get(host)
      // Requests that were under way together are refused together, and count once.
      const isSame = before !== undefined && Math.abs(before.heldUntil - until) < minute
      const hold = { host, heldUntil: until, refusals: (before?.refusals ?? 0) + (isSame ? 0 : 1) }
      known.set(host, hold)
      holdHost(db, hold)
    },
    release(host, now) {
      const hold = known.get(host)
      if (!hold || (hold.heldUntil > now && hold.heldUntil < now + furthest)) return
      known.delete(host)
      releaseHost(db, host)
    },
  }
}

/** Gives feeds that were dated by a wrong clock a time within the next hour: no storm, and none sleeps for years. */
export function correctDates(db: WriteDb, now: number, random: () => number): void {
  const feedIds = misdatedFeeds(db, now + minute, now + furthest)
  if (feedIds.length === 0) return
  redateFeeds(
    db,
    feedIds.map(feedId => ({ feedId, nextCheckAt: now + random() * hour })),
    now,
  )
}
