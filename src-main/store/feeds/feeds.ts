/** Feeds: the sources we follow. Unsubscribing keeps the row, for saved articles, undo and subscribing again. */

import type { Failure, Feed } from '../../api/model.ts'
import type { FeedRetention } from '../../api/storage-model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'
import { dropStrayCredentials } from './access.ts'
import { kindOf } from './kinds.ts'
import { isSameName } from './names.ts'
import { readingFrom, type StoredReading } from './reading.ts'
import { beginVisibilityChange } from './visibility.ts'

/** A feed as stored. Its icon has no address yet: the engine signs one. */
export type FeedRecord = Omit<Feed, 'iconUrl'> & {
  iconVersion: string | null
  privateHost: string | null
  language: string
  isRemoved: boolean
}

type FeedRow = Omit<FeedRecord, 'kind' | 'failure' | 'isRemoved' | 'retention' | 'reading'> & {
  failure: string | null
  isRemoved: number
  retention: string | null
  reading: StoredReading
}

const columns = `
  feeds.id, feeds.url, feeds.title AS originalTitle, feeds.site_url AS siteUrl, feeds.description, feeds.language,
  COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS title,
  feeds.folder_id AS folderId, feeds.position, feeds.icon_version AS iconVersion, feeds.added_at AS addedAt,
  feeds.last_checked_at AS lastCheckedAt, feeds.last_success_at AS lastSuccessAt, feeds.next_check_at AS nextCheckAt,
  feeds.failure, feeds.failing_since AS failingSince, feeds.paused, feeds.moved_from AS movedFrom,
  feeds.retention, feeds.reading, feeds.private_host AS privateHost, feeds.removed_at IS NOT NULL AS isRemoved`

/** All feeds we follow, in the order of their folders. */
export function listFeeds(db: ReadDb): FeedRecord[] {
  const sql = `SELECT ${columns} FROM feeds WHERE removed_at IS NULL ORDER BY position, title COLLATE NOCASE, id`
  return getRows<FeedRow>(db, sql).map(fromRow)
}

/** Those of them that any reader could follow: what comes by mail is of these mailboxes alone. */
export function webFeeds(db: ReadDb): FeedRecord[] {
  return listFeeds(db).filter(({ kind }) => kind === 'web')
}

/** The feed with this id, unsubscribed or not. */
export function feedById(db: ReadDb, feedId: number): FeedRecord | null {
  const row = getRow<FeedRow>(db, `SELECT ${columns} FROM feeds WHERE id = ?`, feedId)
  return row ? fromRow(row) : null
}

/** The feed with this address, unsubscribed or not. */
export function feedByUrl(db: ReadDb, url: string): FeedRecord | null {
  const row = getRow<FeedRow>(db, `SELECT ${columns} FROM feeds WHERE url = ?`, url)
  return row ? fromRow(row) : null
}

export type NewFeed = {
  url: string
  title: string
  customTitle: string | null
  siteUrl: string | null
  folderId: number | null
  /** `host:port` that the user allowed although it is on this machine or a private network. */
  privateHost: string | null
  nextCheckAt: number | null
}

/**
 * Subscribes to a feed and answers its id. One that was unsubscribed comes back with its articles and what was read; one that
 * is followed already stays as it is. `isNew`: it was not followed; `isMade`: it had no row.
 */
export function insertFeed(
  db: WriteDb,
  feed: NewFeed,
  now: number,
): { feedId: number; isNew: boolean; isMade: boolean } {
  const known = feedByUrl(db, feed.url)
  if (known && !known.isRemoved) return { feedId: known.id, isNew: false, isMade: false }
  if (known) {
    const sql = `UPDATE feeds SET custom_title = ?, folder_id = ?, private_host = COALESCE(?, private_host), next_check_at = ?,
        paused = NULL,
        -- its articles may have been deleted: the next fetch is unconditional
        poll_memory = CASE WHEN json_valid(poll_memory) THEN json_remove(poll_memory, '$.validators', '$.bodyHash') END
      WHERE id = ?`
    run(db, sql, feed.customTitle, feed.folderId, feed.privateHost, feed.nextCheckAt, known.id)
    setRemoved(db, [known.id], null)
    return { feedId: known.id, isNew: true, isMade: false }
  }
  const sql = `INSERT INTO feeds (id, url, title, custom_title, site_url, folder_id, position, added_at, private_host,
      next_check_at)
    VALUES (${nextFeedId}, @url, @title, @customTitle, @siteUrl, @folderId,
      (SELECT COALESCE(MAX(position) + 1, 0) FROM feeds), @now, @privateHost, @nextCheckAt)`
  const { lastInsertRowid } = run(db, sql, { ...feed, now })
  return { feedId: Number(lastInsertRowid), isNew: true, isMade: true }
}

/** Never that of a deleted feed (store/articles/purge-feeds.ts): what is still being fetched for it would come to the new one. */
const nextFeedId = `(1 + MAX(
  COALESCE((SELECT MAX(id) FROM feeds), 0),
  COALESCE((SELECT CAST(value AS INTEGER) FROM facts WHERE name = 'lastGoneFeed'), 0)))`

/**
 * Updates what the publisher says of its feed; empty values change nothing. A title that came with an imported list is the
 * user's own, unless the first fetch shows that it is the publisher's.
 */
export function describeFeed(
  db: WriteDb,
  feedId: number,
  described: { title: string; siteUrl: string | null; description: string; language: string },
): void {
  const sql = 'SELECT custom_title FROM feeds WHERE id = ? AND last_success_at IS NULL AND custom_title IS NOT NULL'
  const listed = getValue<string>(db, sql, feedId)
  if (listed !== null && isSameName(listed, described.title)) renameFeed(db, feedId, null)
  const update = `UPDATE feeds SET title = COALESCE(NULLIF(@title, ''), title), site_url = COALESCE(@siteUrl, site_url),
      description = COALESCE(NULLIF(@description, ''), description), language = COALESCE(NULLIF(@language, ''), language)
    WHERE id = @feedId`
  const { title, siteUrl, description, language } = described
  run(db, update, { feedId, title, siteUrl, description, language })
}

/**
 * Unsubscribes (a time) or subscribes again (null): hides or shows the articles; saved ones stay listed under Saved. Of a feed
 * with many, `visibilityStep` does the rest.
 */
export function setRemoved(db: WriteDb, feedIds: number[], removedAt: number | null): void {
  db.transaction(() => {
    const sql = 'UPDATE feeds SET removed_at = ? WHERE id IN (SELECT value FROM json_each(?))'
    run(db, sql, removedAt, JSON.stringify(feedIds))
    beginVisibilityChange(db, feedIds)
  })()
}

/** Gives a feed the user's own title; null goes back to the publisher's. */
export function renameFeed(db: WriteDb, feedId: number, title: string | null): void {
  run(db, 'UPDATE feeds SET custom_title = ? WHERE id = ?', title, feedId)
}

/** The feeds of a folder (null: of none), in their order. */
export function feedsIn(db: ReadDb, folderId: number | null): number[] {
  const sql = 'SELECT id FROM feeds WHERE folder_id IS ? AND removed_at IS NULL ORDER BY position, id'
  return getValues<number>(db, sql, folderId)
}

/** Moves feeds into a folder (null: none), to a position in it or to its end. */
export function moveFeeds(db: WriteDb, feedIds: number[], folderId: number | null, position: number | undefined): void {
  db.transaction(() => {
    const moved = new Set(feedIds)
    const others = feedsIn(db, folderId).filter(id => !moved.has(id))
    const at = Math.min(position ?? others.length, others.length)
    const inOrder = [...others.slice(0, at), ...feedIds, ...others.slice(at)]
    const sql = 'UPDATE feeds SET folder_id = ?, position = ? WHERE id = ?'
    for (const [index, feedId] of inOrder.entries()) run(db, sql, folderId, index, feedId)
  }).immediate()
}

/** Stops or resumes polling, also of a feed that its server said is gone. */
export function setPaused(db: WriteDb, feedIds: number[], isPaused: boolean, now: number): void {
  const sql = `UPDATE feeds SET paused = ?, next_check_at = CASE WHEN ? THEN next_check_at ELSE ? END
    WHERE id IN (SELECT value FROM json_each(?))`
  run(db, sql, isPaused ? 'by-user' : null, Number(isPaused), now, JSON.stringify(feedIds))
}

export type NewAddress = { feedId: number; url: string; privateHost: string | null }

/**
 * Gives a feed another address, due at once, and forgets the old server's answers; except where this takes a move back: that
 * is remembered, since the same redirect would be followed again. `now` in ms.
 */
export function changeFeedUrl(db: WriteDb, { feedId, url, privateHost }: NewAddress, now: number): void {
  db.transaction(() => {
    const known = feedById(db, feedId)
    if (known) dropStrayCredentials(db, feedId, known.url, url)
    const sql = `UPDATE feeds SET
        poll_memory = CASE WHEN moved_from = @url THEN json_object('declinedMove', url) END,
        url = @url, private_host = @privateHost, moved_from = NULL, failure = NULL, failing_since = NULL, paused = NULL,
        next_check_at = @now
      WHERE id = @feedId`
    run(db, sql, { url, privateHost, now, feedId })
  }).immediate()
}

/** In place: of thousands of feeds, copies are a tenth of what the list costs. */
function fromRow(row: FeedRow): FeedRecord {
  return Object.assign(row, {
    kind: kindOf(row.url),
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure),
    isRemoved: row.isRemoved === 1,
    retention: row.retention === null ? null : (JSON.parse(row.retention) as FeedRetention),
    reading: readingFrom(row.reading),
  })
}
