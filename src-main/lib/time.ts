/** Spans of time in ms, and where a day begins. */

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** `2026-03-01T13:05:00.000Z`, null for null. */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** `2026-03-01 14:05`, where the user is. */
export function localTime(ms: number): string {
  // Sweden writes a date as ISO 8601 does.
  return new Date(ms).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
}

/** Midnight where the user is, in ms. */
export function todayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
