/** What a command did to mailboxes and senders, so that it can be taken back. */
import { isDeepStrictEqual } from 'node:util'
import type { MailSecurity } from '../../api/mail/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, run } from '../db/prepared.ts'
import type { PutBack } from '../feeds/states.ts'
import { foldersOf, forgetFolders, setFolders } from './mailboxes.ts'
import { readOutgoing, type StoredOutgoing, writeOutgoing } from './outgoing.ts'
import { forgetSender, type SenderState, senderById, setSenderState } from './senders.ts'

/** A mailbox with its folders. The password stays sealed, in hex. */
export type MailboxState = {
  address: string
  host: string
  port: number
  security: MailSecurity
  userName: string
  password: string
  readSince: number
  folders: string[]
}

export type MailboxChange = { mailboxId: number; before: MailboxState | null; after: MailboxState | null }
/** `before` null: nobody had heard of the sender. */
export type SenderChange = { senderId: number; before: SenderState | null; after: SenderState }
export type OutgoingChange = { before: StoredOutgoing | null; after: StoredOutgoing | null }
export type MailChange = { mailboxes: MailboxChange[]; senders: SenderChange[]; outgoing?: OutgoingChange }

/** Null where there is no such mailbox. */
export function mailboxState(db: ReadDb, mailboxId: number): MailboxState | null {
  const sql = `SELECT address, host, port, security, user_name AS userName, hex(password) AS password,
      read_since AS readSince
    FROM mailboxes WHERE id = ?`
  const row = getRow<Omit<MailboxState, 'folders'>>(db, sql, mailboxId)
  return row && { ...row, folders: foldersOf(db, mailboxId).map(({ path }) => path) }
}

/**
 * Makes or changes the mailbox with this id to be so; null: deletes it, with what is known of its messages. What was wrong before
 * says nothing of another server or password.
 */
export function writeMailboxState(db: WriteDb, mailboxId: number, state: MailboxState | null): void {
  if (!state) {
    run(db, 'DELETE FROM mailboxes WHERE id = ?', mailboxId)
    return
  }
  const before = mailboxState(db, mailboxId)
  const { folders, ...columns } = state
  const sql = `INSERT INTO mailboxes (id, address, host, port, security, user_name, password, read_since)
    VALUES (@mailboxId, @address, @host, @port, @security, @userName, unhex(@password), @readSince)
    ON CONFLICT (id) DO UPDATE SET address = excluded.address, host = excluded.host, port = excluded.port,
      security = excluded.security, user_name = excluded.user_name, password = excluded.password,
      read_since = excluded.read_since, failure = NULL, failing_since = NULL`
  run(db, sql, { ...columns, mailboxId })
  setFolders(db, mailboxId, folders)
  if (before && (isElsewhere(before, state) || state.readSince < before.readSince)) forgetFolders(db, mailboxId)
}

function isElsewhere(one: MailboxState, other: MailboxState): boolean {
  return one.host !== other.host || one.port !== other.port || one.userName !== other.userName
}

/** Puts mailboxes, senders and the way out back as they were, except what was changed since. */
export function takeBackMail(db: WriteDb, { mailboxes, senders, outgoing }: MailChange): PutBack[] {
  return [
    ...mailboxes.map(change => takeBackMailbox(db, change)),
    ...senders.map(change => takeBackSender(db, change)),
    ...(outgoing ? [takeBackOutgoing(db, outgoing)] : []),
  ]
}

function takeBackOutgoing(db: WriteDb, { before, after }: OutgoingChange): PutBack {
  const now = readOutgoing(db)
  if (!isDeepStrictEqual(now, after)) return now ? 'changed-since' : 'gone'
  writeOutgoing(db, before)
  return 'done'
}

function takeBackMailbox(db: WriteDb, { mailboxId, before, after }: MailboxChange): PutBack {
  const now = mailboxState(db, mailboxId)
  if (JSON.stringify(now) !== JSON.stringify(after)) return now ? 'changed-since' : 'gone'
  if (before && isTaken(db, mailboxId, before)) return 'changed-since'
  writeMailboxState(db, mailboxId, before)
  return 'done'
}

function takeBackSender(db: WriteDb, { senderId, before, after }: SenderChange): PutBack {
  const now = senderById(db, senderId)
  if (!now) return 'gone'
  if (now.decision !== after.decision || now.feedUrl !== after.feedUrl) return 'changed-since'
  if (before) setSenderState(db, senderId, before)
  else forgetSender(db, senderId)
  // The articles that were made of its messages go with their feed: they are to be found again.
  if (after.decision === 'kept') lookAgain(db)
  return 'done'
}

/** The heads of all folders are read anew: messages that became articles are not waiting any more. */
function lookAgain(db: WriteDb): void {
  run(db, 'UPDATE mail_folders SET next_uid = NULL')
}

function isTaken(db: ReadDb, mailboxId: number, { host, port, userName }: MailboxState): boolean {
  const sql = 'SELECT 1 FROM mailboxes WHERE host = ? AND port = ? AND user_name = ? AND id <> ?'
  return getRow(db, sql, host, port, userName, mailboxId) !== null
}
