/** When to ask a feed's server next. Numbers and reasons: docs/etiquette.md. */
import type { Failure } from '../api/model.ts'
import { isConnectivity } from '../http/network.ts'
import { day, hour, minute, second } from '../lib/time.ts'
import type { PollMemory } from './poll-memory.ts'

const usualInterval = hour
/** A server without validators sends everything every time. */
const intervalWithoutValidators = 6 * hour
const longestInterval = day
/** Three of these are the three days after which a feed that is gone is left alone. */
const goneInterval = 36 * hour
const backoffHours = [1, 2, 4, 8, 16, 24]
/** Feeds added together drift apart by this share of their interval. */
const jitter = 0.15
/** The user's own refresh comes no closer to the last poll than this (E18). */
export const shortestRefresh = 5 * minute

/** In ms, after a poll that ended with `failure` or with none; `random` answers 0 to 1. */
export function nextCheckAt(
  memory: PollMemory,
  now: number,
  random: () => number,
  failure: Failure | null = null,
): number {
  if (failure?.reason === 'retry-later') return afterBackoff(failure.until, random)
  // As likely our failure as the server's: the interval does not grow (E10).
  if (failure && isConnectivity(failure)) return now + usualInterval * (1 + random() * jitter)
  if (memory.goneAt.length > 0) return now + goneInterval * (1 + random() * jitter)
  if (memory.failures > 0) return now + failureInterval(memory.failures) * (1 + random() * jitter)
  const interval = pollInterval(memory, now)
  // No jitter beyond the cap of a day: feeds there drift apart by what the polls themselves take.
  const due = now + Math.min(interval * (1 + random() * jitter), longestInterval)
  return afterSkipped(due, now + longestInterval, memory)
}

/** Ms between polls of a feed that works: the longest that we, the publisher and the server's cache headers want (E4 to E7). */
export function pollInterval(memory: PollMemory, now: number): number {
  const lowerBounds = [
    usualInterval,
    memory.validators ? 0 : intervalWithoutValidators,
    memory.freshSeconds * second,
    (memory.ttlMinutes ?? 0) * minute,
    quietInterval(memory.newestAt === null ? 0 : now - memory.newestAt),
  ]
  return Math.min(Math.max(...lowerBounds), longestInterval)
}

/** A feed without news for a month is asked every 4 hours, after half a year twice a day (E20). */
function quietInterval(silence: number): number {
  if (silence >= 180 * day) return 12 * hour
  return silence >= 30 * day ? 4 * hour : 0
}

/** 1, 2, 4, 8, 16, 24 hours, and so on daily (E10). */
function failureInterval(failures: number): number {
  return (backoffHours[Math.min(failures, backoffHours.length) - 1] ?? 1) * hour
}

/** Until when to stay away after a refusal that gave no time: an hour, then doubling up to a day (E8). */
export function refusedUntil(refusals: number, now: number): number {
  return now + Math.min(hour * 2 ** Math.min(refusals - 1, 5), day)
}

/** Every client that got the same Retry-After comes back at once; we come up to five minutes later. */
export function afterBackoff(until: number, random: () => number): number {
  return until + random() * 5 * minute
}

/** Moves a time out of the publisher's skipHours and skipDays (RSS 2.0; UTC), but never past `latest`. */
function afterSkipped(due: number, latest: number, { skipHours, skipDays }: PollMemory): number {
  const hours = new Set(skipHours)
  const days = new Set(skipDays)
  // A publisher who skips everything is ignored.
  if (hours.size >= 24 || days.size >= 7) return due
  let at = due
  while (at < latest && isSkipped(new Date(at), hours, days)) at = (Math.floor(at / hour) + 1) * hour
  return Math.max(due, Math.min(at + (at > due ? due % (15 * minute) : 0), latest))
}

function isSkipped(date: Date, hours: Set<number>, days: Set<number>): boolean {
  return hours.has(date.getUTCHours()) || days.has(date.getUTCDay())
}
