/** How much less often feeds are asked than the schedule says, and when that makes one due: for the poller and for windows. */
import type { Feed, Polling, Power } from './model.ts'

const longestInterval = 86_400_000

/** How many times as long a feed is left alone on battery, and where each byte costs. */
export function stretchOf({ isOnBattery, isMetered }: Power): number {
  if (isMetered) return 4
  return isOnBattery ? 2 : 1
}

type Checks = Pick<Feed, 'lastCheckedAt' | 'nextCheckAt'>

/** When a feed is due (ms), as `dueAt` of store/feeds/poll-state.ts. Null where it has no time yet, which is at once. */
export function dueAt({ lastCheckedAt, nextCheckAt }: Checks, stretch: number): number | null {
  if (nextCheckAt === null || lastCheckedAt === null) return nextCheckAt
  return Math.max(nextCheckAt, lastCheckedAt + Math.min((nextCheckAt - lastCheckedAt) * stretch, longestInterval))
}

/** Why a feed is asked later than its own schedule says. */
export type Delay = 'paused' | 'metered' | 'battery'

/** When a feed that is polled is asked next, and what makes that later. */
export function nextTime(
  feed: Checks,
  { pausedUntil, power }: Pick<Polling, 'pausedUntil' | 'power'>,
  savesPower: boolean,
): { at: number | null; delay: Delay | null } {
  const stretched = dueAt(feed, savesPower ? stretchOf(power) : 1)
  if (pausedUntil !== null && pausedUntil > (stretched ?? 0)) return { at: pausedUntil, delay: 'paused' }
  // It is asked once a day as it is, or has no time yet.
  if (stretched === null || stretched === feed.nextCheckAt) return { at: stretched, delay: null }
  return { at: stretched, delay: power.isMetered ? 'metered' : 'battery' }
}
