/**
 * May the computer's clock be believed? An empty battery puts it to 1970, a slip of the hand ten years ahead; what goes by
 * age would then delete what is new. After a jump nothing does, until a server's clock agrees.
 */
import type { HttpAnswer } from '../http/types.ts'
import { day, hour } from '../lib/time.ts'
import { readFact, writeFact } from '../store/db/meta.ts'
import type { ReadDb, WriteDb } from '../store/db/open.ts'

/** A computer that was off for longer is in doubt as well; its first poll settles it. */
const believedStep = 7 * day

/** Whether the clock, at `now` (ms), is where it can be after what it showed last. */
export function isClockTrusted(db: ReadDb, now: number): boolean {
  const seenAt = readFact(db, 'clockSeenAt')
  return seenAt === null || Math.abs(now - seenAt) <= believedStep
}

/** Remembers what the clock shows, at most once an hour. A time that is in doubt is not remembered. */
export function noteClock(db: WriteDb, now: number): void {
  const seenAt = readFact(db, 'clockSeenAt')
  if (seenAt !== null && Math.abs(now - seenAt) < hour) return
  if (isClockTrusted(db, now)) writeFact(db, 'clockSeenAt', now)
}

/** A server's clock agrees with ours. */
export function confirmClock(db: WriteDb, now: number): void {
  db.transaction(() => {
    writeFact(db, 'clockSeenAt', now)
    writeFact(db, 'clockConfirmedAt', now)
  })()
}

/** Whether an answer's Date (RFC 9110, 6.6.1) is within a day of our clock. An answer from a cache may be that old. */
export function agreesWithClock(answer: HttpAnswer, now: number): boolean {
  if (answer.kind !== 'answer') return false
  const theirs = Date.parse(answer.headers.date ?? '')
  return Math.abs(theirs - now) <= day
}

/** A client that tells, at most once an hour, that a server's clock agrees with ours. */
export function watchClock<Client extends { get(request: never): Promise<HttpAnswer> }>(
  client: Client,
  now: () => number,
  onAgreed: () => void,
): Client {
  let toldAt = Number.NEGATIVE_INFINITY
  const get = async (request: never): Promise<HttpAnswer> => {
    const answer = await client.get(request)
    if (Math.abs(now() - toldAt) >= hour && agreesWithClock(answer, now())) {
      toldAt = now()
      onAgreed()
    }
    return answer
  }
  return { ...client, get }
}
