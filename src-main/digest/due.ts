/** When a digest is to be made. By the computer's own clock as it shows the time, so that summer time moves nothing. */
import type { DigestTimes } from '../api/settings.ts'
import { day as oneDay } from '../lib/time.ts'
import type { DigestMemory } from '../store/db/meta.ts'

/** How far back the first one looks, and the one after a long time. */
const firstSpan = oneDay
const longestSpan = 31 * oneDay

/** '2026-11-28', of the day where the reader is. */
export function localDay(at: number): string {
  const date = new Date(at)
  const twoDigits = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}

/**
 * The day that one is due for, and since when it tells; null where none is. One that was missed, because the computer slept or
 * the program did not run, is due until the next is; of several that were missed, the last. Never two for one day.
 */
export function dueDigest(
  times: DigestTimes,
  memory: DigestMemory,
  now: number,
): { day: string; since: number } | null {
  const slot = lastSlot(times, now)
  if (slot === null || (slot < memory.since && memory.since <= now)) return null
  const day = localDay(slot)
  // One that was made later than now was made by a wrong clock: its day says nothing.
  const isOrdered = memory.madeAt === null || memory.madeAt <= now
  const { lastDay } = memory
  if (lastDay !== null && (isOrdered ? day <= lastDay : day === lastDay)) return null
  return { day, since: sinceWhen(memory, now) }
}

export function sinceWhen({ toldUntil }: Pick<DigestMemory, 'toldUntil'>, now: number): number {
  if (toldUntil === null || toldUntil > now) return now - firstSpan
  return Math.max(toldUntil, now - longestSpan)
}

/** The last time a digest was wanted, today or within the week before. */
function lastSlot({ days, at }: DigestTimes, now: number): number | null {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  const today = new Date(now)
  for (let back = 0; back <= 7; back++) {
    // A time that a change to summer time leaves out is an hour later; of one that comes twice this is the first.
    const slot = new Date(today.getFullYear(), today.getMonth(), today.getDate() - back, hours, minutes)
    if (slot.getTime() <= now && days.includes(slot.getDay())) return slot.getTime()
  }
  return null
}
