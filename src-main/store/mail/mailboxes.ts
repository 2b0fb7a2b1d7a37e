/** Mailboxes and the folders of them that are looked at. Times in ms. */
import type { MailFailure, MailServer } from '../../api/mail/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, run } from '../db/prepared.ts'

/** A mailbox as stored. */
export type MailboxRecord = MailServer & {
  id: number
  address: string
  /** Sealed. */
  password: Uint8Array
  readSince: number
  lastSuccessAt: number | null
  failure: MailFailure | null
  failingSince: number | null
}
type MailboxRow = Omit<MailboxRecord, 'failure'> & { failure: string | null }

const columns = `id, address, host, port, security, user_name AS userName, password, read_since AS readSince,
  last_success_at AS lastSuccessAt, failure, failing_since AS failingSince`

function fromRow({ failure, ...row }: MailboxRow): MailboxRecord {
  return { ...row, failure: failure === null ? null : (JSON.parse(failure) as MailFailure) }
}

export function listMailboxes(db: ReadDb): MailboxRecord[] {
  return getRows<MailboxRow>(db, `SELECT ${columns} FROM mailboxes ORDER BY id`).map(fromRow)
}

export function mailboxById(db: ReadDb, mailboxId: number): MailboxRecord | null {
  const row = getRow<MailboxRow>(db, `SELECT ${columns} FROM mailboxes WHERE id = ?`, mailboxId)
  return row && fromRow(row)
}

/** The mailbox that this user has on this server. */
export function mailboxAt(db: ReadDb, { host, port, userName }: Omit<MailServer, 'security'>): MailboxRecord | null {
  const sql = `SELECT ${columns} FROM mailboxes WHERE host = ? AND port = ? AND user_name = ?`
  const row = getRow<MailboxRow>(db, sql, host, port, userName)
  return row && fromRow(row)
}

/** The id of the next mailbox: never one that was given before, so that an undo record meets no other. */
export function nextMailboxId(db: ReadDb): number {
  const sql = `SELECT 1 + MAX(COALESCE((SELECT MAX(id) FROM mailboxes), 0),
    COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'mailboxes'), 0))`
  return getValue<number>(db, sql) ?? 1
}

/** `failure` null: it was looked at from beginning to end. */
export function recordMailboxLook(db: WriteDb, mailboxId: number, failure: MailFailure | null, now: number): void {
  const sql = `UPDATE mailboxes SET
      last_success_at = CASE WHEN @failure IS NULL THEN @now ELSE last_success_at END,
      failing_since = CASE WHEN @failure IS NULL THEN NULL ELSE COALESCE(failing_since, @now) END,
      failure = @failure
    WHERE id = @mailboxId`
  run(db, sql, { mailboxId, failure: failure && JSON.stringify(failure), now })
}

export type FolderRecord = {
  id: number
  path: string
  /** As a number: it has 32 bits. Null before the first look. */
  uidValidity: number | null
  nextUid: number | null
}

export function foldersOf(db: ReadDb, mailboxId: number): FolderRecord[] {
  const sql = `SELECT id, path, uid_validity AS uidValidity, next_uid AS nextUid FROM mail_folders
    WHERE mailbox_id = ? ORDER BY position`
  return getRows<FolderRecord>(db, sql, mailboxId)
}

/** Looks at these folders from now on, in this order; what is known of those that are among them already stays. */
export function setFolders(db: WriteDb, mailboxId: number, paths: string[]): void {
  const wanted = JSON.stringify(paths)
  const drop = 'DELETE FROM mail_folders WHERE mailbox_id = ? AND path NOT IN (SELECT value FROM json_each(?))'
  run(db, drop, mailboxId, wanted)
  const add = `INSERT INTO mail_folders (mailbox_id, path, position) SELECT ?, value, key FROM json_each(?) WHERE true
    ON CONFLICT (mailbox_id, path) DO UPDATE SET position = excluded.position`
  run(db, add, mailboxId, wanted)
}

/** The server has numbered the folder anew: nothing that is known by a UID holds any more. */
export function numberAnew(db: WriteDb, folderId: number, uidValidity: number): void {
  db.transaction(() => {
    run(db, 'DELETE FROM mail_messages WHERE folder_id = ?', folderId)
    run(db, 'UPDATE mail_folders SET uid_validity = ?, next_uid = NULL WHERE id = ?', uidValidity, folderId)
  })()
}

/** What is known of its folders is of another server, or not enough any more: they are looked at from the beginning. */
export function forgetFolders(db: WriteDb, mailboxId: number): void {
  run(db, 'UPDATE mail_folders SET uid_validity = NULL, next_uid = NULL WHERE mailbox_id = ?', mailboxId)
}

/** Messages before this one were looked at. */
export function setNextUid(db: WriteDb, folderId: number, nextUid: number): void {
  run(db, 'UPDATE mail_folders SET next_uid = ? WHERE id = ?', nextUid, folderId)
}
