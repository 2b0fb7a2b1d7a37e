/** What polling reads and writes: which feeds are due, what a poll came to, which hosts are left alone. Times in ms. */
import type { Failure } from '../../api/model.ts'
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, getValues, run } from '../db/prepared.ts'
import { noteStored } from '../db/write-gate.ts'
import { dropStrayCredentials } from './access.ts'
import { isAtTheWeb } from './kinds.ts'

/** A feed as the poller needs it. */
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
  /** JSON, parsed when the feed is asked (polling/poll-memory.ts): each tick reads up to 2,000 feeds that are due. */
  memory: string | null
  lastCheckedAt: number | null
  failure: Failure | null
}
type PollRow = Omit<PollFeed, 'failure'> & { failure: string | null }

const columns = `
  feeds.id, feeds.url, COALESCE(custom_title, NULLIF(title, ''), url) AS title, private_host AS privateHost,
  credentials, proxy, user_agent AS userAgent, poll_memory AS memory, last_checked_at AS lastCheckedAt, failure`

function fromRow({ failure, ...row }: PollRow): PollFeed {
  return { ...row, failure: failure ? (JSON.parse(failure) as Failure) : null }
}

/**
 * When a feed is due: its next check, counted from the last one `@stretch` times as long, but a day after the last one at most.
 * One that has no time yet is due.
 */
const dueAt = `COALESCE(MAX(
  next_check_at,
  COALESCE(last_checked_at + MIN((next_check_at - last_checked_at) * @stretch, ${day}), next_check_at)
), 0)`

/** Feeds whose time has come, the longest waiting first. */
export function dueFeeds(db: ReadDb, now: number, limit: number, stretch = 1): PollFeed[] {
  const sql = `SELECT ${columns} FROM feeds
    WHERE removed_at IS NULL AND paused IS NULL AND ${isAtTheWeb} AND ${dueAt} <= @now
    ORDER BY next_check_at, id LIMIT @limit`
  return getRows<PollRow>(db, sql, { now, limit, stretch }).map(fromRow)
}

/** When the next feed will be due; null when none ever will. */
export function nextDueAt(db: ReadDb, stretch = 1): number | null {
  const sql = `SELECT MIN(${dueAt}) FROM feeds WHERE removed_at IS NULL AND paused IS NULL AND ${isAtTheWeb}`
  return getValue<number>(db, sql, { stretch })
}

/** Those of these feeds that are followed, in this order; paused ones too, since the user asks for them by name. */
export function pollFeeds(db: ReadDb, feedIds: number[]): PollFeed[] {
  const sql = `SELECT ${columns} FROM json_each(?) AS wanted JOIN feeds ON feeds.id = wanted.value
    WHERE removed_at IS NULL AND ${isAtTheWeb} ORDER BY wanted.key`
  return getRows<PollRow>(db, sql, JSON.stringify(feedIds)).map(fromRow)
}

/** The addresses of all feeds we poll. */
export function followedUrls(db: ReadDb): string[] {
  return getValues<string>(db, `SELECT url FROM feeds WHERE removed_at IS NULL AND paused IS NULL AND ${isAtTheWeb}`)
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
  noteStored(db)
}

function recordPoll(db: WriteDb, record: PollRecord): void {
  const { feedId, url, checkedAt, failure } = record
  const sql = `UPDATE feeds SET
      last_checked_at = @checkedAt,
      last_success_at = CASE WHEN @isSuccess THEN @checkedAt ELSE last_success_at END,
      next_check_at = @nextCheckAt,
      failure = @failure,
      failing_since = CASE WHEN @failure IS NULL THEN NULL ELSE COALESCE(failing_since, @checkedAt) END,
      paused = CASE WHEN @isGone THEN COALESCE(paused, 'gone') WHEN @isSuccess AND paused = 'gone' THEN NULL ELSE paused END,
      poll_memory = @memory
    WHERE id = @feedId AND url = @url`
  const { changes } = run(db, sql, {
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
    const sql = `UPDATE OR IGNORE feeds SET url = ?, moved_from = ?, private_host = ? WHERE id = ?`
    const adopted = run(db, sql, record.adopt.url, url, record.adopt.privateHost, feedId)
    if (adopted.changes > 0) dropStrayCredentials(db, feedId, url, record.adopt.url)
  }
}

/** Moves feeds to a later time, without having asked their servers. */
export function postponeFeeds(db: WriteDb, postponed: { feedId: number; until: number }[]): void {
  if (postponed.length === 0) return
  db.transaction(() => {
    for (const { feedId, until } of postponed) {
      run(db, 'UPDATE feeds SET next_check_at = ? WHERE id = ?', Math.round(until), feedId)
    }
  }).immediate()
  noteStored(db)
}

/** A host that is left alone until a time, and how often in a row it has refused. */
export type HostBackoff = { host: string; until: number; refusals: number }

export function hostBackoffs(db: ReadDb): HostBackoff[] {
  return getRows<HostBackoff>(db, 'SELECT host, held_until AS until, refusals FROM hosts')
}

export function saveHostBackoff(db: WriteDb, { host, until, refusals }: HostBackoff): void {
  const sql = `INSERT INTO hosts (host, held_until, refusals) VALUES (?, ?, ?)
    ON CONFLICT (host) DO UPDATE SET held_until = excluded.held_until, refusals = excluded.refusals`
  run(db, sql, host, Math.round(until), refusals)
}

export function clearHostBackoff(db: WriteDb, host: string): void {
  run(db, 'DELETE FROM hosts WHERE host = ?', host)
}

/** Feeds that the clock says were asked in the future, or are due in a time no rule gives: the clock has been wrong. */
export function misdatedFeeds(db: ReadDb, now: number, latestDue: number): number[] {
  const sql = 'SELECT id FROM feeds WHERE removed_at IS NULL AND (last_checked_at > ? OR next_check_at > ?)'
  return getValues<number>(db, sql, now, latestDue)
}

/** Gives misdated feeds a time that holds; the time of their last check becomes the present. */
export function redateFeeds(db: WriteDb, redated: { feedId: number; nextCheckAt: number }[], now: number): void {
  db.transaction(() => {
    for (const { feedId, nextCheckAt } of redated) {
      const sql = 'UPDATE feeds SET next_check_at = ?, last_checked_at = MIN(last_checked_at, ?) WHERE id = ?'
      run(db, sql, Math.round(nextCheckAt), now, feedId)
    }
  }).immediate()
}
