/** What a server's headers say about time: how long its answer stays fresh, and when it may be asked again. */
import { day, second } from '../lib/time.ts'

/** Longer waits are cut to this; 'Retry-After: 99999999999' has been seen. */
const longestRetry = 7 * day

/**
 * When a refusal may be tried again (ms), or null where the server does not say (RFC 9110, 10.2.3: seconds or a date).
 * A date is compared with our clock: servers that send one are seldom wrong by more than the wait.
 */
export function retryAt(headers: Record<string, string>, now: number): number | null {
  const value = headers['retry-after']?.trim() ?? ''
  const at = /^\d+$/.test(value) ? now + Number(value) * second : Date.parse(value)
  return Number.isFinite(at) && at > now ? Math.min(at, now + longestRetry) : null
}

/** Seconds for which the answer is fresh (RFC 9111, 4.2): max-age, else Expires, less its Age; 0 where neither is there. */
export function freshSeconds(headers: Record<string, string>, now: number): number {
  const control = (headers['cache-control'] ?? '').toLowerCase()
  if (/(^|[\s,])no-(cache|store)([\s,]|$)/.test(control)) return 0
  const age = wholeNumber(headers.age) ?? 0
  const maxAge = wholeNumber(/(?:^|[\s,])max-age\s*=\s*"?(\d+)/.exec(control)?.[1])
  if (maxAge !== null) return Math.max(0, maxAge - age)
  const expires = Date.parse(headers.expires ?? '')
  if (Number.isNaN(expires)) return 0
  const date = Date.parse(headers.date ?? '')
  return Math.max(0, Math.floor((expires - (Number.isNaN(date) ? now : date)) / second) - age)
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : null
}
