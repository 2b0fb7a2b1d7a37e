/** What the poller asks and records: who is due, what came of a poll, and hosts that asked us to stay away. Times in ms. */
import type { Failure } from '../../api/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { dropStrayCredentials } from './access.ts'

/** A feed as the poller needs it; `memory` is JSON that only the poller reads. */
export type PollFeed = {
  id: number
  url: string
  title: string
  privateHost: string | null
  /** Sealed. */
  credentials: Uint8Array | null
  /** As store/feeds/proxy-address.ts keeps it. */
  proxy: string | null
  userAgent: string | null
  memory: string | null
  movedFrom: string | null
  lastCheckedAt: number | null
  lastSuccessAt: number | null
  nextCheckAt: number | null
  failure: string | null
}

const columns = `
  feeds.id, feeds.url, COALESCE(custom_title, NULLIF(title, ''), url) AS title, private_host AS privateHost,
  credentials, proxy, user_agent AS userAgent, poll_memory AS memory,
  moved_from AS movedFrom, last_checked_at AS lastCheckedAt, last_success_at AS lastSuccessAt, next_check_at AS nextCheckAt, failure`

/** Feeds whose time has come, the longest waiting first. One that has no time yet is due. */
export function dueFeeds(db: ReadDb, now: number, limit: number): PollFeed[] {
  return prepared<[number, number], PollFeed>(
    db,
    `SELECT ${columns} FROM feeds
     WHERE removed_at IS NULL AND paused IS NULL AND (next_check_at IS NULL OR next_check_at <= ?)
     ORDER BY next_check_at, id LIMIT ?`,
  ).all(now, limit)
}

/** When the next feed will be due; null when none ever will. */
export function nextDueAt(db: ReadDb): number | null {
  return (
    prepared<[], { at: number | null }>(
      db,
      `SELECT MIN(COALESCE(next_check_at, 0)) AS at FROM feeds WHERE removed_at IS NULL AND paused IS NULL`,
    ).get()?.at ?? null
  )
}

/** Those of these feeds that are followed, in this order; paused ones too, since the user asks for them by name. */
export function pollFeeds(db: ReadDb, feedIds: number[]): PollFeed[] {
  return prepared<[string], PollFeed>(
    db,
    `SELECT ${columns} FROM json_each(?) AS wanted JOIN feeds ON feeds.id = wanted.value
     WHERE removed_at IS NULL ORDER BY wanted.key`,
  ).all(JSON.stringify(feedIds))
}

/** The addresses of all feeds we poll. */
export function followedUrls(db: ReadDb): string[] {
  return prepared<[], string>(db, 'SELECT url FROM feeds WHERE removed_at IS NULL AND paused IS NULL').pluck().all()
}

export type PollRecord = {
  feedId: number
  /** The address that was asked; if the feed has another by now, the outcome is not recorded. */
  url: string
  checkedAt: number
  isSuccess: boolean
  nextCheckAt: number
  failure: Failure | null
  memory: object
  isGone: boolean
  /** The address to follow from now on. Not taken where another feed has it. */
  adopt: { url: string; privateHost: string | null } | null
}

/** Records many polls in one transaction: each costs a wait for the disk. */
export function recordPolls(db: WriteDb, records: PollRecord[]): void {
  if (records.length === 0) return
  db.transaction(() => {
    for (const record of records) recordPoll(db, record)
  }).immediate()
}

function recordPoll(db: WriteDb, record: PollRecord): void {
  const { feedId, url, checkedAt, failure } = record
  const { changes } = prepared(
    db,
    `UPDATE feeds SET
       last_checked_at = @checkedAt,
       last_success_at = CASE WHEN @isSuccess THEN @checkedAt ELSE last_success_at END,
       next_check_at = @nextCheckAt,
       failure = @failure,
       failing_since = CASE WHEN @failure IS NULL THEN NULL ELSE COALESCE(failing_since, @checkedAt) END,
       paused = CASE WHEN @isGone THEN COALESCE(paused, 'gone') WHEN @isSuccess AND paused = 'gone' THEN NULL ELSE paused END,
       poll_memory = @memory
     WHERE id = @feedId AND url = @url`,
  ).run({
    feedId,
    url,
    checkedAt,
    isSuccess: Number(record.isSuccess),
    nextCheckAt: Math.round(record.nextCheckAt),
    failure: failure ? JSON.stringify(failure) : null,
    isGone: Number(record.isGone),
    memory: JSON.stringify(record.memory),
  })
  if (changes > 0 && record.adopt) {
    const adopted = prepared(
      db,
      `UPDATE OR IGNORE feeds SET url = ?, moved_from = ?, private_host = ? WHERE id = ?`,
    ).run(record.adopt.url, url, record.adopt.privateHost, feedId)
    if (adopted.changes > 0) dropStrayCredentials(db, feedId, url, record.adopt.url)
  }
}

/** Moves feeds to a later time, without having asked their servers. */
export function postponeFeeds(db: WriteDb, postponed: { feedId: number; until: number }[]): void {
  db.transaction(() => {
    for (const { feedId, until } of postponed) {
      prepared(db, 'UPDATE feeds SET next_check_at = ? WHERE id = ?').run(Math.round(until), feedId)
    }
  }).immediate()
}

export type HostHold = { host: string; heldUntil: number; refusals: number }

/** Hosts that asked us to stay away, and how often in a row. */
export function hostHolds(db: ReadDb): HostHold[] {
  return prepared<[], HostHold>(db, 'SELECT host, held_until AS heldUntil, refusals FROM hosts').all()
}

export function holdHost(db: WriteDb, { host, heldUntil, refusals }: HostHold): void {
  prepared(
    db,
    `INSERT INTO hosts (host, held_until, refusals) VALUES (?, ?, ?)
     ON CONFLICT (host) DO UPDATE SET held_until = excluded.held_until, refusals = excluded.refusals`,
  ).run(host, Math.round(heldUntil), refusals)
}

/** The host answered properly again. */
export function releaseHost(db: WriteDb, host: string): void {
  prepared(db, 'DELETE FROM hosts WHERE host = ?').run(host)
}

/** Feeds that the clock says were asked in the future, or are due in a time no rule gives: the clock has been wrong. */
export function misdatedFeeds(db: ReadDb, now: number, latestDue: number): number[] {
  return prepared<[number, number], { id: number }>(
    db,
    'SELECT id FROM feeds WHERE removed_at IS NULL AND (last_checked_at > ? OR next_check_at > ?)',
  )
    .all(now, latestDue)
    .map(row => row.id)
}

/** Gives misdated feeds a time that holds; the time of their last check becomes the present. */
export function redateFeeds(db: WriteDb, redated: { feedId: number; nextCheckAt: number }[], now: number): void {
  db.transaction(() => {
    for (const { feedId, nextCheckAt } of redated) {
      prepared(db, 'UPDATE feeds SET next_check_at = ?, last_checked_at = MIN(last_checked_at, ?) WHERE id = ?').run(
        Math.round(nextCheckAt),
        now,
        feedId,
      )
    }
  }).immediate()
}
