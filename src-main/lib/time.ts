/** Spans of time in ms, and where a day begins. */

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Midnight where the user is, in ms. */
export function todayStart(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0)
}
