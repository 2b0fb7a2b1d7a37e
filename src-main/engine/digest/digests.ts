/** Makes a digest where one is due, and tells the windows. */
import type { Digest } from '../../digest/compose.ts'
import { dueDigest } from '../../digest/due.ts'
import { digestIcon } from '../../digest/icon.ts'
import { writeDigest } from '../../digest/words.ts'
import { isClockTrusted } from '../../polling/clock-trust.ts'
import { asInteractive } from '../../store/db/write-gate.ts'
import {
  digestFeed,
  digestId,
  digestMemory,
  hasDigestFor,
  keepDigest,
  noteEmptyDigest,
} from '../../store/digest/keep.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'

type Parts = Pick<Context, 'db' | 'now' | 'pool' | 'announcer' | 'maintenance' | 'log'>

/** Answers whether one was made. */
export function createDigestMaker({ db, now, pool, announcer, maintenance, log }: Parts): () => Promise<boolean> {
  return async () => {
    const due = await whatIsDue()
    if (!due) return false
    const { day, digest } = due
    if (digest.parts.length === 0) {
      asInteractive(db, true, () => noteEmptyDigest(db, { day, since: digest.since }, now()))
      return false
    }
    const prepared = await pool.run('prepareDigest', { id: digestId(day), ...writeDigest(digest, day) })
    if (!prepared.ok) {
      log(`the digest could not be prepared: ${prepared.failure.reason}`)
      return false
    }
    const made = { day, until: digest.until, article: prepared.article, icon: digestIcon }
    const articleId = asInteractive(db, true, () => keepDigest(db, made, now()))
    const feed = digestFeed(db)
    if (articleId === null || !feed) return false
    announcer.emit('articles-arrived', { feedId: feed.id, newIds: [articleId], editedIds: [] })
    announcer.countsChangedSoon()
    return true
  }

  /** An empty digest where there is nothing to say. */
  async function whatIsDue(): Promise<{ day: string; digest: Digest } | null> {
    const feed = digestFeed(db)
    // A clock that was set tells no day: as for retention, a server's has to agree first.
    if (!feed || feed.paused !== null || !isClockTrusted(db, now())) return null
    const { days, at, most, parts } = readSettings(db).digest
    const due = dueDigest({ days, at }, digestMemory(db), now())
    if (!due || hasDigestFor(db, feed.id, due.day)) return null
    // Of thousands of feeds it reads for a tenth of a second.
    const digest = await maintenance.composeDigest({ since: due.since, until: now(), most, parts })
    return { day: due.day, digest }
  }
}
