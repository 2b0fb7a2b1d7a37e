/** The source 'Digest': a row of `feeds` that is followed while digests are wanted, and their articles. Times in ms. */
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { indexAll, writeArticles } from '../articles/ingest.ts'
import { type DigestMemory, readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getValue, run } from '../db/prepared.ts'
import { type FeedRecord, feedByUrl, insertFeed } from '../feeds/feeds.ts'
import { type Icon, iconOf, saveIcon } from '../feeds/icons.ts'
import { digestUrl } from '../feeds/kinds.ts'
import { articlesByKey } from '../identity/keys.ts'
import { readOutgoing } from '../mail/outgoing.ts'
import { type Returned, returnedAs } from '../undo-log.ts'
import { queueLetter } from './outbox.ts'

export const digestSource = 'Digest'

/** As nothing is known where the journal has brought the source back. */
const nothingKnown: DigestMemory = { since: 0, lastDay: null, madeAt: null, toldUntil: null }

/** Null where no digests are wanted: never, or not any more. */
export function digestFeed(db: ReadDb): FeedRecord | null {
  const feed = feedByUrl(db, digestUrl)
  return feed && !feed.isRemoved ? feed : null
}

export function isDigest(db: ReadDb, feedId: number): boolean {
  return getValue<string>(db, 'SELECT url FROM feeds WHERE id = ?', feedId) === digestUrl
}

export function digestMemory(db: ReadDb): DigestMemory {
  return readMeta(db, 'digest') ?? nothingKnown
}

type Followed = { feedId: number; isNew: boolean; isMade: boolean; before: Returned | null }

/** From now on digests are wanted. Inside the caller's transaction. */
export function followDigests(db: WriteDb, icon: Icon, now: number): Followed {
  const known = feedByUrl(db, digestUrl)
  const before = known && returnedAs(db, known.id)
  const nothing = { customTitle: null, siteUrl: null, folderId: null, privateHost: null, nextCheckAt: null }
  const { feedId, isNew, isMade } = insertFeed(db, { url: digestUrl, title: digestSource, ...nothing }, now)
  if (isNew) {
    saveIcon(db, feedId, icon, now)
    // Of the time when none was wanted, the first one tells the last day.
    writeMeta(db, 'digest', { ...digestMemory(db), since: now, toldUntil: null })
  }
  return { feedId, isNew, isMade, before }
}

export function digestId(day: string): string {
  return `${digestUrl}:${day}`
}

/** The last one that is there, of any day; null where there is none. */
export function latestDigest(db: ReadDb): { id: number; day: string } | null {
  const sql = `SELECT articles.id, substr(guid, ${digestUrl.length + 2}) AS day
    FROM articles JOIN feeds ON feeds.id = feed_id WHERE feeds.url = ? AND guid IS NOT NULL
    ORDER BY published_at DESC, articles.id DESC LIMIT 1`
  return getRow<{ id: number; day: string }>(db, sql, digestUrl)
}

/** The digest of this day; null where it is not there any more. */
export function digestOf(db: ReadDb, feedId: number, day: string): number | null {
  const found = articlesByKey(db, feedId, { kind: 'guid', key: digestId(day) })
  return found.find(({ isThere }) => isThere)?.articleId ?? null
}

/** Whether there is one for this day, or was: none is made twice, whatever the clock did. */
export function hasDigestFor(db: ReadDb, feedId: number, day: string): boolean {
  return articlesByKey(db, feedId, { kind: 'guid', key: digestId(day) }).length > 0
}

/** There is nothing to tell for this day: the next one tells what comes, and all since `since`. */
export function noteEmptyDigest(db: WriteDb, { day, since }: { day: string; since: number }, now: number): void {
  writeMeta(db, 'digest', { ...digestMemory(db), lastDay: day, madeAt: now, toldUntil: since })
}

type Made = { day: string; until: number; article: ReadyArticle; icon: Icon }

/**
 * Stores the digest of a day, with its letter and what is remembered of it in one transaction; answers its id. Null where digests are not
 * wanted any more, or there is one for that day by now.
 */
export function keepDigest(db: WriteDb, { day, until, article, icon }: Made, now: number): number | null {
  const keep = db.transaction((): number | null => {
    const feed = digestFeed(db)
    if (!feed || hasDigestFor(db, feed.id, day)) return null
    // The journal that has brought the source back knows no icons.
    if (iconOf(db, feed.id) === null) saveIcon(db, feed.id, icon, now)
    const memory = digestMemory(db)
    writeMeta(db, 'digest', { ...memory, lastDay: day, madeAt: now, toldUntil: until })
    run(db, 'UPDATE feeds SET last_checked_at = ?, last_success_at = ? WHERE id = ?', now, now, feed.id)
    const written = writeArticles(db, feed.id, [article], now)
    indexAll(db, written)
    if (readOutgoing(db)) queueLetter(db, day, now)
    return written[0]?.articleId ?? null
  })
  return keep.immediate()
}
