/**
 * Whether the computer's clock can be right. An empty battery sets it to 1970, a typing mistake ten years ahead; retention
 * would then delete what is new. After a jump it deletes nothing by age until a server's clock agrees. Times in ms.
 */
import type { Http, HttpAnswer } from '../http/types.ts'
import { day, hour, minute } from '../lib/time.ts'
import { readMeta, writeMeta } from '../store/db/meta.ts'
import type { ReadDb, WriteDb } from '../store/db/open.ts'
import { misdatedFeeds, redateFeeds } from '../store/feeds/poll-state.ts'

/** A clock that moved further since it was last seen is in doubt, as after a month switched off; the first poll confirms it. */
const longestTrustedStep = 7 * day
/** No rule leaves a feed or a host alone for longer than the week of Retry-After: a later time is of a wrong clock. */
export const longestPlausibleWait = 8 * day

/** Whether the clock can show `now` after what it showed last. */
export function isClockTrusted(db: ReadDb, now: number): boolean {
  const seenAt = readMeta(db, 'clockSeenAt')
  return seenAt === null || Math.abs(now - seenAt) <= longestTrustedStep
}

/** Remembers what the clock shows, at most once an hour, and never a time in doubt. */
export function noteClock(db: WriteDb, now: number): void {
  const seenAt = readMeta(db, 'clockSeenAt')
  if (seenAt !== null && Math.abs(now - seenAt) < hour) return
  if (isClockTrusted(db, now)) writeMeta(db, 'clockSeenAt', now)
}

/** A server's clock agrees with ours. */
export function confirmClock(db: WriteDb, now: number): void {
  db.transaction(() => {
    writeMeta(db, 'clockSeenAt', now)
    writeMeta(db, 'clockConfirmedAt', now)
  })()
}

/** Whether an answer's Date (RFC 9110, 6.6.1) is within a day of our clock. An answer from a cache may be that old. */
export function agreesWithClock(answer: HttpAnswer, now: number): boolean {
  if (answer.kind !== 'answer') return false
  const theirs = Date.parse(answer.headers.date ?? '')
  return Math.abs(theirs - now) <= day
}

/** The client, which calls `onAgreed` when a server's clock agrees with ours, at most once an hour. */
export function watchClock(http: Pick<Http, 'get'>, now: () => number, onAgreed: () => void): Pick<Http, 'get'> {
  let agreedAt = Number.NEGATIVE_INFINITY
  return {
    async get(request) {
      const answer = await http.get(request)
      if (Math.abs(now() - agreedAt) >= hour && agreesWithClock(answer, now())) {
        agreedAt = now()
        onAgreed()
      }
      return answer
    },
  }
}

/** Spreads feeds whose times a wrong clock has written over the next hour: no storm, and none sleeps for years. */
export function correctDates(db: WriteDb, now: number, random: () => number): void {
  const feedIds = misdatedFeeds(db, now + minute, now + longestPlausibleWait)
  if (feedIds.length === 0) return
  const redated = feedIds.map(feedId => ({ feedId, nextCheckAt: now + random() * hour }))
  redateFeeds(db, redated, now)
}
