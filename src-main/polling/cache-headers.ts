/** What a server says about time: how long its answer stays good, and when to come back. */
import { day, second } from '../lib/time.ts'

/** Nobody is believed who wants us away for longer; 'Retry-After: 99999999999' has been seen. */
const longestRetry = 7 * day

/**
 * When a refusal may be tried again, in ms, or null when the server didn't say (RFC 9110, 10.2.3: seconds or a date).
 * Dates count by our clock: the servers that send one are seldom wrong by more than we wait anyway.
 */
export function retryAt(headers: Record<string, string>, now: number): number | null {
  const value = headers['retry-after']?.trim() ?? ''
  const at = /^\d+$/.test(value) ? now + Number(value) * second : Date.parse(value)
  return Number.isFinite(at) && at > now ? Math.min(at, now + longestRetry) : null
}

/** Seconds for which the answer is fresh (RFC 9111, 4.2): max-age before Expires, less its Age; 0 where nothing is said. */
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
