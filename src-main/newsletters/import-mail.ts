/**
 * Takes in messages from files (.eml, .mbox): each becomes an article of its sender's newsletter, as if it had come by a mailbox.
 * Who gives a file wants what is in it: a sender that is no newsletter is kept, too.
 */
import type { ImportedMail } from '../api/mail/model.ts'
import type { Failure } from '../api/model.ts'
import type { Failed } from '../feeds/documents.ts'
import { type ByteRange, isMbox, type MboxState, mboxStart } from '../feeds/mail/mbox.ts'
import type { MailHead, ReadMail } from '../feeds/mail/message.ts'
import { durably } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { feedByUrl } from '../store/feeds/feeds.ts'
import { noteSender, senderById, senderByKey } from '../store/mail/senders.ts'
import { keepSender, nothingDecided, recordDecided } from './keep-sender.ts'
import type { SyncDeps } from './sync-folder.ts'

export type ImportDeps = Pick<SyncDeps, 'db' | 'storeFeed' | 'now' | 'onArticles'> & {
  /** In a worker, to which the bytes are copied: they are a part of the file. */
  readMessage: SyncDeps['readMessage']
  /** The places in an mbox file at which messages begin, of those whose first lines end in this piece. In a worker. */
  findMessages(piece: Uint8Array, before: MboxState): Promise<{ ok: true; starts: number[]; state: MboxState } | Failed>
}

const messagesAtOnce = 25
const pieceBytes = 1_048_576

/** `file` in base64. What is wrong with a message is counted. Rejects where the disk fails; what was stored before is kept, and can be taken back. */
export async function importMail(deps: ImportDeps, file: string): Promise<ImportedMail> {
  const bytes = Buffer.from(file, 'base64')
  const totals = { messages: 0, newMessages: 0, unreadable: 0 }
  const feedIds = new Set<number>()
  let undoId: number | null = null
  let failure: Failure | null = null
  const ranges = await messagesIn(deps, bytes)
  for (let start = 0; start < ranges.length; start += messagesAtOnce) {
    const batch = ranges.slice(start, start + messagesAtOnce)
    const read = await Promise.all(batch.map(range => deps.readMessage(bytes.subarray(range.start, range.end))))
    const mails = read.flatMap(one => (one.ok && keyOf(one.mail.head) !== null ? [one.mail] : []))
    failure ??= read.find(one => !one.ok)?.failure ?? null
    totals.messages += mails.length
    totals.unreadable += read.length - mails.length
    const kept = keepSenders(deps, mails, undoId)
    undoId = kept.undoId
    for (const [url, ofFeed] of kept.byFeed) {
      const feed = feedByUrl(deps.db, url)!
      const document = {
        title: '',
        siteUrl: null,
        description: '',
        language: '',
        articles: ofFeed.map(one => one.article),
      }
      const stored = await deps.storeFeed({ id: feed.id, url }, document, deps.now())
      feedIds.add(feed.id)
      totals.newMessages += stored?.newIds.length ?? 0
      if (stored && stored.newIds.length > 0) deps.onArticles(feed.id, stored)
    }
  }
  if (totals.messages === 0) return { kind: 'failed', failure: failure ?? noMessage }
  return { kind: 'imported', ...totals, feedIds: [...feedIds], undoId }
}

const noMessage: Failure = { reason: 'malformed', detail: 'there is no message in it', line: null }

/** An mbox file has many messages, any other is one. */
async function messagesIn({ findMessages }: ImportDeps, bytes: Uint8Array): Promise<ByteRange[]> {
  if (!isMbox(bytes)) return bytes.length === 0 ? [] : [{ start: 0, end: bytes.length }]
  const starts: number[] = []
  let state = mboxStart
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    const found = await findMessages(bytes.subarray(at, at + pieceBytes), state)
    if (!found.ok) break
    starts.push(...found.starts)
    state = found.state
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? bytes.length }))
}

function keyOf({ newsletter, senderKey }: MailHead): string | null {
  return newsletter?.key ?? senderKey
}

/** The user is told that they are kept: with this commit they are on the disk. Answers the messages by the address of their feed. */
function keepSenders({ db, now }: ImportDeps, mails: ReadMail[], undoId: number | null) {
  const byFeed = new Map<string, ReadMail[]>()
  const decided = nothingDecided()
  const keepAll = db.transaction((): number | null => {
    for (const mail of mails) {
      const { newsletter, fromName, fromAddress, unsubscribe, subject, sentAt } = mail.head
      const key = keyOf(mail.head)!
      const isMade = senderByKey(db, key) === null
      const senderId = noteSender(db, {
        key,
        name: newsletter?.name || fromName || fromAddress,
        address: fromAddress,
        isNewsletter: newsletter !== null,
        unsubscribe,
        subject,
        sentAt: sentAt ?? now(),
      })
      keepSender(db, senderById(db, senderId)!, { folderId: null, now: now(), isMade }, decided)
      const url = senderById(db, senderId)!.feedUrl!
      byFeed.set(url, [...(byFeed.get(url) ?? []), mail])
    }
    return recordDecided(db, decided, undoId, now())
  })
  return { byFeed, undoId: asBatch(db, () => durably(db, () => keepAll.immediate())) }
}
