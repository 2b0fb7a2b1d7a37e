/** Messages whose heads were read and whose texts were not: those of senders the reader has not kept, and those to be fetched. */
import type { Failure } from '../../api/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, run } from '../db/prepared.ts'

export type WaitingMessage = {
  folderId: number
  uid: number
  senderId: number
  messageId: string | null
  /** Ms. */
  sentAt: number
  bytes: number
}

export function noteMessage(db: WriteDb, message: WaitingMessage): void {
  const sql = `INSERT INTO mail_messages (folder_id, uid, sender_id, message_id, sent_at, bytes)
    VALUES (@folderId, @uid, @senderId, @messageId, @sentAt, @bytes) ON CONFLICT DO NOTHING`
  run(db, sql, message)
}

/** A message that is to be fetched, and the feed that gets it. */
export type WantedMessage = { uid: number; messageId: string | null; bytes: number; feedId: number; feedUrl: string }

/** Those of a folder whose newsletters are followed, the newest first. */
export function wantedMessages(db: ReadDb, folderId: number, limit: number): WantedMessage[] {
  const sql = `SELECT uid, message_id AS messageId, bytes, feeds.id AS feedId, feeds.url AS feedUrl
    FROM mail_messages
    JOIN mail_senders ON mail_senders.id = sender_id
    JOIN feeds ON feeds.url = feed_url AND feeds.removed_at IS NULL AND feeds.paused IS NULL
    WHERE mail_messages.folder_id = ? AND mail_messages.failure IS NULL
    ORDER BY sent_at DESC, uid DESC LIMIT ?`
  return getRows<WantedMessage>(db, sql, folderId, limit)
}

/** They are articles now, or are not on the server any more. */
export function forgetMessages(db: WriteDb, folderId: number, uids: number[]): void {
  const sql = 'DELETE FROM mail_messages WHERE folder_id = ? AND uid IN (SELECT value FROM json_each(?))'
  run(db, sql, folderId, JSON.stringify(uids))
}

/** It can't be read, and is not fetched again. */
export function failMessage(db: WriteDb, folderId: number, uid: number, failure: Failure): void {
  const sql = 'UPDATE mail_messages SET failure = ? WHERE folder_id = ? AND uid = ?'
  run(db, sql, JSON.stringify(failure), folderId, uid)
}

/** Whether a feed has, or had, the article of this message: also where it came by another folder, or was deleted. */
export function isKnownMessage(db: ReadDb, feedId: number, guid: string): boolean {
  const sql = "SELECT 1 FROM identities WHERE feed_id = ? AND kind = 'guid' AND key = ? LIMIT 1"
  return getValue<number>(db, sql, feedId, guid) === 1
}
