/** When a server is asked for a new version again. */
import type { Polling } from '../../api/model.ts'
import { day, hour } from '../../lib/time.ts'

/**
 * Once a day, and up to four hours later by the computer's `place` (0 to 100), so that not all ask at once. A clock that was set
 * back must not put it off for years.
 */
export function isDue(now: number, checkedAt: number | null, place: number): boolean {
  if (checkedAt === null || checkedAt > now) return true
  return now - checkedAt >= day + (place / 100) * 4 * hour
}

/**
 * False while nothing is to be asked of servers by itself: the reader has paused polling, or nobody answers. `polling`: null
 * before the engine has said anything.
 */
export function isFreeToAsk(polling: Pick<Polling, 'network' | 'pausedUntil'> | null, now: number): boolean {
  return polling === null || (polling.network === 'online' && (polling.pausedUntil ?? 0) < now)
}
