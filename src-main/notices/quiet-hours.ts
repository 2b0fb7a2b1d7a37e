/** Whether the reader is to be told of nothing at a time of the day. */
import type { Settings } from '../api/settings.ts'

/** By the computer's own clock as it shows the time, so that a change to summer time moves nothing. */
export function isQuietAt(now: number, quietHours: Settings['quietHours']): boolean {
  if (!quietHours) return false
  const at = new Date(now)
  const time = `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`
  const { from, to } = quietHours
  return from <= to ? from <= time && time < to : from <= time || time < to
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
