/**
 * Brings what is known of one folder up to date: the heads of messages that have not been looked at, then the texts of those
 * whose newsletters are followed. Each batch is a transaction of its own and says how far it came, so that whatever ends this,
 * the next time goes on there.
 */
import { isOwnMessageId } from '../api/mail/outgoing.ts'
import type { Failed } from '../feeds/documents.ts'
import { isContentRead, type MailHead, omissionLine, type ReadMail } from '../feeds/mail/message.ts'
import type { Stored } from '../store/articles/ingest.ts'
import type { ArrivedDocument } from '../store/articles/ingest-queue.ts'
import type { WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { type FolderRecord, type MailboxRecord, numberAnew, setNextUid } from '../store/mail/mailboxes.ts'
import {
  failMessage,
  forgetMessages,
  isKnownMessage,
  noteMessage,
  type WantedMessage,
  wantedMessages,
} from '../store/mail/messages.ts'
import { noteSender } from '../store/mail/senders.ts'
import type { MailConnection, RawHead, RawMessage } from './imap/connection.ts'

export type SyncDeps = {
  db: WriteDb
  /** In a worker; null where a head can't be read. Rejects only when it is aborted. */
  readHeads(heads: Uint8Array[]): Promise<(MailHead | null)[]>
  /** In a worker, to which the bytes are moved; `omission` as a `RawMessage` has it. Rejects only when it is aborted. */
  readMessage(source: Uint8Array, omission?: string): Promise<{ ok: true; mail: ReadMail } | Failed>
  /** Null where the feed is not followed any more. Rejects where the disk fails. */
  storeFeed(from: { id: number; url: string }, feed: ArrivedDocument, now: number): Promise<Stored | null>
  now(): number
  /** Articles came to a feed. */
  onArticles(feedId: number, stored: Stored): void
  /** Somebody wrote, or the mailbox was looked at. */
  onChanged(): void
}

/** Some 100 KB: what a connection brings that does not live long is not lost. */
const headsAtOnce = 100
const messagesAtOnce = 25
const bytesAtOnce = 4_000_000
/** A larger one is no newsletter. */
const largestMessage = 32_000_000

/** Rejects with MailFailed where the mailbox fails, and with SQLite's error where the disk does. */
export async function syncFolder(
  connection: MailConnection,
  mailbox: Pick<MailboxRecord, 'readSince'>,
  folder: FolderRecord,
  deps: SyncDeps,
): Promise<void> {
  const { db } = deps
  const opened = await connection.open(folder.path)
  const isNumberedAnew = folder.uidValidity !== opened.uidValidity
  if (isNumberedAnew) asBatch(db, () => numberAnew(db, folder.id, opened.uidValidity))
  const nextUid = isNumberedAnew ? null : folder.nextUid
  if (nextUid === null || opened.uidNext > nextUid) {
    const uids = await (nextUid === null ? connection.uidsSince(mailbox.readSince) : connection.uidsFrom(nextUid))
    for (const batch of batchesOf(uids, headsAtOnce)) await noteHeads(connection, mailbox, folder.id, batch, deps)
    if (nextUid === null) asBatch(db, () => setNextUid(db, folder.id, Math.max(opened.uidNext, (uids.at(-1) ?? 0) + 1)))
  }
  await fetchWanted(connection, folder.id, deps)
}

async function noteHeads(
  connection: MailConnection,
  { readSince }: Pick<MailboxRecord, 'readSince'>,
  folderId: number,
  uids: number[],
  { db, readHeads, now, onChanged }: SyncDeps,
): Promise<void> {
  const raw = await connection.heads(uids)
  const heads = await readHeads(raw.map(({ head }) => head))
  const noteAll = db.transaction(() => {
    for (const [index, one] of raw.entries()) {
      const head = heads[index]
      if (head) noteHead(db, folderId, one, head, { readSince, now: now() })
    }
    setNextUid(db, folderId, uids.at(-1)! + 1)
  })
  asBatch(db, () => noteAll.immediate())
  onChanged()
}

function noteHead(
  db: WriteDb,
  folderId: number,
  { uid, bytes, receivedAt }: RawHead,
  head: MailHead,
  { readSince, now }: { readSince: number; now: number },
): void {
  const sentAt = Math.min(head.sentAt ?? receivedAt ?? now, now)
  // The server's search is by whole days.
  if ((receivedAt ?? sentAt) < readSince) return
  const { newsletter, senderKey, fromName, fromAddress, subject, unsubscribe, messageId } = head
  const key = newsletter?.key ?? senderKey
  if (key === null || (messageId !== null && isOwnMessageId(messageId))) return
  const senderId = noteSender(db, {
    key,
    name: newsletter?.name || fromName || fromAddress,
    address: fromAddress,
    isNewsletter: newsletter !== null,
    unsubscribe,
    subject,
    sentAt,
  })
  noteMessage(db, { folderId, uid, senderId, messageId, sentAt, bytes })
}

/** The newest first, until none is left. */
async function fetchWanted(connection: MailConnection, folderId: number, deps: SyncDeps): Promise<void> {
  const { db } = deps
  for (;;) {
    const wanted = wantedMessages(db, folderId, messagesAtOnce)
    if (wanted.length === 0) return
    const known = wanted.filter(
      ({ feedId, messageId }) => messageId !== null && isKnownMessage(db, feedId, `mid:${messageId}`),
    )
    const others = wanted.filter(message => !known.includes(message))
    const tooLarge = others.filter(({ bytes }) => bytes > largestMessage)
    asBatch(db, () => setAside(db, folderId, known, tooLarge))
    const batch = withinBytes(others.filter(message => !tooLarge.includes(message)))
    if (batch.length > 0) await fetchBatch(connection, folderId, batch, deps)
  }
}

function setAside(db: WriteDb, folderId: number, known: WantedMessage[], tooLarge: WantedMessage[]): void {
  forgetMessages(
    db,
    folderId,
    known.map(({ uid }) => uid),
  )
  const failure = { reason: 'too-large', megabytes: largestMessage / 1_000_000 } as const
  for (const { uid } of tooLarge) failMessage(db, folderId, uid, failure)
}

function withinBytes(messages: WantedMessage[]): WantedMessage[] {
  let sum = 0
  const end = messages.findIndex(({ bytes }, index) => {
    sum += bytes
    return index > 0 && sum > bytesAtOnce
  })
  return end < 0 ? messages : messages.slice(0, end)
}

/** A message of the batch as the server sent it and the worker read it. */
type Arrived = WantedMessage & { read: Awaited<ReturnType<SyncDeps['readMessage']>> }

/** What came before a connection breaks off is stored. */
async function fetchBatch(
  connection: MailConnection,
  folderId: number,
  batch: WantedMessage[],
  deps: SyncDeps,
): Promise<void> {
  const wanted = new Map(batch.map(message => [message.uid, message]))
  const reading: Promise<Arrived>[] = []
  let failed: { error: unknown } | null = null
  try {
    await fetchSources(connection, batch, ({ uid, source, omission }) => {
      const message = wanted.get(uid)
      if (message) reading.push(deps.readMessage(source, omission).then(read => ({ ...message, read })))
    })
  } catch (error) {
    failed = { error }
  }
  const arrived = await Promise.all(reading)
  await storeBatch(folderId, arrived, deps)
  if (failed) throw failed.error
  const came = new Set(arrived.map(({ uid }) => uid))
  const gone = batch.map(({ uid }) => uid).filter(uid => !came.has(uid))
  asBatch(deps.db, () => forgetMessages(deps.db, folderId, gone))
}

async function fetchSources(
  connection: MailConnection,
  batch: WantedMessage[],
  onMessage: (message: RawMessage) => void,
): Promise<void> {
  const [first] = batch
  if (!first || first.bytes <= bytesAtOnce) {
    const uids = batch.map(({ uid }) => uid)
    return connection.messages(uids, onMessage)
  }
  // It is alone in its batch.
  const message = await connection.largeMessage(first.uid, first.bytes, { isContentRead, omissionLine })
  if (message) onMessage(message)
}

async function storeBatch(folderId: number, arrived: Arrived[], deps: SyncDeps): Promise<void> {
  const { db } = deps
  const done: number[] = []
  for (const [feedId, messages] of Map.groupBy(arrived, message => message.feedId)) {
    if (await storeMessages({ id: feedId, url: messages[0]!.feedUrl }, messages, deps))
      done.push(...messages.flatMap(({ uid, read }) => (read.ok ? [uid] : [])))
  }
  asBatch(db, () => {
    for (const { uid, read } of arrived) if (!read.ok) failMessage(db, folderId, uid, read.failure)
    forgetMessages(db, folderId, done)
  })
}

/** False where the feed was unsubscribed meanwhile: they go on waiting. */
async function storeMessages(
  feed: { id: number; url: string },
  messages: Arrived[],
  { storeFeed, now, onArticles }: SyncDeps,
): Promise<boolean> {
  const articles = messages.flatMap(({ read }) => (read.ok ? [read.mail.article] : []))
  if (articles.length === 0) return true
  const document = { title: '', siteUrl: null, description: '', language: '', articles }
  const stored = await storeFeed(feed, document, now())
  if (!stored) return false
  if (stored.newIds.length + stored.editedIds.length > 0) onArticles(feed.id, stored)
  return true
}

function batchesOf<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
