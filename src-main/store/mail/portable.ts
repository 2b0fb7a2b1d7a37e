/** Mailboxes and what was decided of senders, without ids of this database: for the journal, and for restoring them from it. */
import type { SenderDecision } from '../../api/mail/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, run } from '../db/prepared.ts'
import { type MailboxState, mailboxState, writeMailboxState } from './changes.ts'
import { listMailboxes, mailboxAt, nextMailboxId } from './mailboxes.ts'
import { readOutgoing, type StoredOutgoing, writeOutgoing } from './outgoing.ts'

/** A sender the reader has decided of. */
export type PortableSender = {
  key: string
  name: string
  address: string
  isNewsletter: boolean
  decision: SenderDecision
  feedUrl: string | null
}

/** All of it: a later list supersedes an earlier one. Without `outgoing` where mail was only read. */
export type MailList = { mailboxes: MailboxState[]; senders: PortableSender[]; outgoing?: StoredOutgoing | null }

export function mailList(db: ReadDb): MailList {
  const mailboxes = listMailboxes(db).map(({ id }) => mailboxState(db, id)!)
  const sql = `SELECT key, name, address, is_newsletter AS isNewsletter, decision, feed_url AS feedUrl
    FROM mail_senders WHERE decision IS NOT NULL ORDER BY key`
  const senders = getRows<Omit<PortableSender, 'isNewsletter'> & { isNewsletter: number }>(db, sql)
  return {
    mailboxes,
    senders: senders.map(row => ({ ...row, isNewsletter: row.isNewsletter === 1 })),
    outgoing: readOutgoing(db),
  }
}

/** Makes mailboxes and decisions what this list says. Ids and UIDs that are known already stay. */
export function restoreMail(db: WriteDb, { mailboxes, senders, outgoing }: MailList): void {
  const kept = new Set<number>()
  for (const mailbox of mailboxes) {
    const id = mailboxAt(db, mailbox)?.id ?? nextMailboxId(db)
    writeMailboxState(db, id, mailbox)
    kept.add(id)
  }
  for (const { id } of listMailboxes(db)) if (!kept.has(id)) writeMailboxState(db, id, null)
  if (outgoing !== undefined) writeOutgoing(db, outgoing)
  run(db, 'UPDATE mail_senders SET decision = NULL, feed_url = NULL')
  const sql = `INSERT INTO mail_senders (key, name, address, is_newsletter, decision, feed_url, latest_at)
    VALUES (@key, @name, @address, @isNewsletter, @decision, @feedUrl, 0)
    ON CONFLICT (key) DO UPDATE SET decision = excluded.decision, feed_url = excluded.feed_url`
  for (const sender of senders) run(db, sql, { ...sender, isNewsletter: Number(sender.isNewsletter) })
}
