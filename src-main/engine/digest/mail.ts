/** Sends the digests that wait in the outbox as mail, one after another. */
import { digestMessageId } from '../../api/mail/outgoing.ts'
import type { LeavingArticle } from '../../archive/articles/leaving.ts'
import type { LoadResource } from '../../archive/export-pictures.ts'
import { stackOf } from '../../lib/log.ts'
import { asInteractive } from '../../store/db/write-gate.ts'
import { digestFeed, digestOf } from '../../store/digest/keep.ts'
import {
  dropLetter,
  dropWaiting,
  dueLetter,
  hurryLetters,
  isOldNews,
  settleInterrupted,
  settleLetter,
} from '../../store/digest/outbox.ts'
import { readOutgoing, type StoredOutgoing } from '../../store/mail/outgoing.ts'
import { pollingPausedUntil } from '../../store/polling-pause.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import { leavingDigest } from './leaving.ts'
import { outgoingAccess } from './outgoing-access.ts'

export type DigestMail = {
  /** Sends the letter that is due, where one is. To be called every minute. */
  send(): Promise<void>
  /** There is a network again: what waits is due. */
  hurry(): void
  /** The reader waits for it. */
  sendInBackground(): void
}

export function createDigestMail(context: Context, load: LoadResource): DigestMail {
  const { db, now, announcer, log } = context
  let isSending = false
  const write = (act: () => void) => asInteractive(db, true, act)

  async function sendDue(): Promise<void> {
    write(() => settleInterrupted(db, now()))
    const outgoing = readOutgoing(db)
    const feed = digestFeed(db)
    if (!outgoing || !feed) return write(() => dropWaiting(db))
    const letter = pollingPausedUntil(db, now()) === null ? dueLetter(db, now()) : null
    if (!letter) return
    const id = digestOf(db, feed.id, letter.day)
    const article = id === null ? null : await leavingDigest(context, load, { kind: 'kept', articleId: id })
    if (!article || isOldNews(article.publishedAt, now())) return write(() => dropLetter(db, letter.day))
    await sendLetter(outgoing, letter, article)
    // The settings show what came of it.
    announcer.emit('settings-changed', { settings: readSettings(db) })
  }

  /** The intake notes what came of it. */
  async function sendLetter(
    outgoing: StoredOutgoing,
    { day, tries }: { day: string; tries: number },
    article: LeavingArticle,
  ): Promise<void> {
    const access = outgoingAccess(context, outgoing)
    if (!access) {
      const delivery = { kind: 'failed', failure: { reason: 'no-password' } } as const
      return write(() => settleLetter(db, day, delivery, tries, now()))
    }
    await context.intake.sendMail({
      access,
      content: { kind: 'digest', article },
      messageId: digestMessageId(outgoing.from, day),
      letter: { day, tries },
    })
  }

  async function send(): Promise<void> {
    if (isSending) return
    isSending = true
    try {
      await sendDue()
    } finally {
      isSending = false
    }
  }

  return {
    send,
    hurry: () => write(() => hurryLetters(db, now())),
    sendInBackground: () => void send().catch(error => log(`sending the digest failed: ${stackOf(error)}`)),
  }
}
