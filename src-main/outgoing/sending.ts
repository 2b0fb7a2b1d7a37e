/** Sends mail, as a part of the intake, and notes what came of it. */
import type { Delivery } from '../api/mail/outgoing.ts'
import type { WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { sealHandingOver, settleLetter, startHandingOver } from '../store/digest/outbox.ts'
import { type LetterContent, writeLetter } from './letter.ts'
import { handOver, type OutgoingAccess } from './smtp.ts'

export type MailRequest = {
  access: OutgoingAccess
  content: LetterContent
  messageId: string
  /** The letter of the outbox that this is, and how often it was tried before; null for one that stands nowhere. */
  letter: { day: string; tries: number } | null
}

export type MailSending = {
  sendMail(request: MailRequest): Promise<Delivery>
  /** Once the signal has aborted: answers when nothing is being sent any more. */
  close(): Promise<void>
}

type Parts = { db: WriteDb; now(): number; signal: AbortSignal }

export function createMailSending({ db, now, signal }: Parts): MailSending {
  const underWay = new Set<Promise<Delivery>>()

  async function send({ access, content, messageId, letter }: MailRequest): Promise<Delivery> {
    const { from, to } = access
    const message = await writeLetter({ from, to, messageId, at: now() }, content)
    const onComplete = () => {
      if (!letter) return
      asBatch(db, () => startHandingOver(db, letter.day))
      // By then the end has been sent.
      setImmediate(() => asBatch(db, () => sealHandingOver(db)))
    }
    const delivery = await handOver(access, { message, onComplete, signal })
    // Broken off by ourselves, it waits as before.
    const isAsBefore = signal.aborted && delivery.kind === 'failed'
    if (letter && !isAsBefore) asBatch(db, () => settleLetter(db, letter.day, delivery, letter.tries, now()))
    return delivery
  }

  return {
    async sendMail(request) {
      const sending = send(request)
      underWay.add(sending)
      try {
        return await sending
      } finally {
        underWay.delete(sending)
      }
    },
    close: async () => void (await Promise.allSettled(underWay)),
  }
}
