/** Who sends newsletters, or anything else, to the mailboxes, and what the reader decided of each. */
import type { MailSender, SenderDecision, Unsubscribe } from '../../api/mail/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, run } from '../db/prepared.ts'
import { mailScheme } from '../feeds/kinds.ts'

/** What a message says of its sender. */
export type SeenSender = {
  key: string
  name: string
  address: string
  isNewsletter: boolean
  unsubscribe: Unsubscribe | null
  subject: string
  /** Ms. */
  sentAt: number
}

/**
 * Notes the sender of a message and answers its id. The latest message has the say; one that was told to be a newsletter once
 * stays one.
 */
export function noteSender(db: WriteDb, seen: SeenSender): number {
  const sql = `INSERT INTO mail_senders (key, name, address, is_newsletter, unsubscribe, subject, latest_at)
    VALUES (@key, @name, @address, @isNewsletter, @unsubscribe, @subject, @sentAt)
    ON CONFLICT (key) DO UPDATE SET
      name = CASE WHEN excluded.latest_at >= latest_at THEN excluded.name ELSE name END,
      address = CASE WHEN excluded.latest_at >= latest_at THEN excluded.address ELSE address END,
      unsubscribe = CASE WHEN excluded.latest_at >= latest_at THEN excluded.unsubscribe ELSE unsubscribe END,
      subject = CASE WHEN excluded.latest_at >= latest_at THEN excluded.subject ELSE subject END,
      is_newsletter = MAX(is_newsletter, excluded.is_newsletter),
      latest_at = MAX(latest_at, excluded.latest_at)
    RETURNING id`
  const unsubscribe = seen.unsubscribe && JSON.stringify(seen.unsubscribe)
  return getValue<number>(db, sql, { ...seen, isNewsletter: Number(seen.isNewsletter), unsubscribe })!
}

/** `feedUrl`: set where it is kept. */
export type SenderRecord = {
  id: number
  key: string
  name: string
  address: string
  isNewsletter: boolean
  decision: SenderDecision | null
  feedUrl: string | null
  unsubscribe: Unsubscribe | null
}
type SenderRow = Omit<SenderRecord, 'isNewsletter' | 'unsubscribe'> & {
  isNewsletter: number
  unsubscribe: string | null
}

const columns = `id, key, name, address, is_newsletter AS isNewsletter, decision, feed_url AS feedUrl, unsubscribe`

function fromRow({ isNewsletter, unsubscribe, ...row }: SenderRow): SenderRecord {
  return {
    ...row,
    isNewsletter: isNewsletter === 1,
    unsubscribe: unsubscribe === null ? null : (JSON.parse(unsubscribe) as Unsubscribe),
  }
}

export function senderById(db: ReadDb, senderId: number): SenderRecord | null {
  const row = getRow<SenderRow>(db, `SELECT ${columns} FROM mail_senders WHERE id = ?`, senderId)
  return row && fromRow(row)
}

/** Those whose messages are articles of this feed, the one that wrote last first. */
export function sendersOfFeed(db: ReadDb, feedUrl: string): SenderRecord[] {
  const sql = `SELECT ${columns} FROM mail_senders WHERE feed_url = ? ORDER BY latest_at DESC, id`
  return getRows<SenderRow>(db, sql, feedUrl).map(fromRow)
}

export function senderByKey(db: ReadDb, key: string): SenderRecord | null {
  const row = getRow<SenderRow>(db, `SELECT ${columns} FROM mail_senders WHERE key = ?`, key)
  return row && fromRow(row)
}

/** All that the windows show: the one that wrote last first. One whose feed was unsubscribed from is left out. */
export function listSenders(db: ReadDb): MailSender[] {
  const sql = `SELECT mail_senders.id, mail_senders.name, address, is_newsletter AS isNewsletter,
      CASE WHEN decision = 'kept' AND feeds.id IS NULL THEN 'left-out' ELSE decision END AS decision,
      feeds.id AS feedId, subject AS latestSubject, latest_at AS latestAt,
      (SELECT COUNT(*) FROM mail_messages WHERE sender_id = mail_senders.id) AS waiting
    FROM mail_senders LEFT JOIN feeds ON feeds.url = feed_url AND feeds.removed_at IS NULL
    ORDER BY latest_at DESC, mail_senders.id`
  return getRows<Omit<MailSender, 'isNewsletter'> & { isNewsletter: number }>(db, sql).map(row => ({
    ...row,
    isNewsletter: row.isNewsletter === 1,
  }))
}

/** The address, in place of a feed's, of the newsletter with this key. */
export function newsletterUrl(key: string): string {
  return mailScheme + key
}

/** Deletes a sender of whose messages none waits; one that has some is undecided. */
export function forgetSender(db: WriteDb, senderId: number): void {
  setSenderState(db, senderId, { decision: null, feedUrl: null })
  const sql = `DELETE FROM mail_senders WHERE id = ?
    AND NOT EXISTS (SELECT 1 FROM mail_messages WHERE sender_id = mail_senders.id)`
  run(db, sql, senderId)
}

/** What was decided of a sender; to be undone, and for the journal. */
export type SenderState = { decision: SenderDecision | null; feedUrl: string | null }

export function setSenderState(db: WriteDb, senderId: number, { decision, feedUrl }: SenderState): void {
  run(db, 'UPDATE mail_senders SET decision = ?, feed_url = ? WHERE id = ?', decision, feedUrl, senderId)
}
