/** Commands that change mailboxes, and what is kept of their newsletters. */
import type { Checked, Input, Output } from '../../api/contract/contract.ts'
import { NotFound } from '../../lib/refused.ts'
import { day } from '../../lib/time.ts'
import { type MailboxState, mailboxState, writeMailboxState } from '../../store/mail/changes.ts'
import { mailboxAt, nextMailboxId } from '../../store/mail/mailboxes.ts'
import { senderById } from '../../store/mail/senders.ts'
import { doUndoably } from '../../store/undo-log.ts'
import { announceMail } from '../context/announce-mail.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { decideSenders } from './decide-senders.ts'
import { joinNewsletters } from './join-newsletters.ts'

export function makeMailCommands(context: Context) {
  const { db, intake, secrets, visibilityJob, now } = context

  return {
    addMailbox({ password, days, ...mailbox }: Checked<'addMailbox'>): Output<'addMailbox'> {
      const known = mailboxAt(db, mailbox)
      if (known) return { kind: 'already-there', mailboxId: known.id }
      const mailboxId = nextMailboxId(db)
      const undoId = write(mailboxId, { ...mailbox, password: sealed(password), readSince: now() - days * day })
      announceMail(context)
      return { kind: 'added', mailboxId, undoId }
    },

    changeMailbox({
      mailboxId,
      server,
      password,
      days,
      ...changes
    }: Checked<'changeMailbox'>): Output<'changeMailbox'> {
      const known = requireMailbox(mailboxId)
      const taken = mailboxAt(db, { ...known, ...server })
      if (taken && taken.id !== mailboxId) return { kind: 'taken', mailboxId: taken.id }
      const undoId = write(mailboxId, {
        ...known,
        ...server,
        ...defined(changes),
        password: password === undefined ? known.password : sealed(password),
        readSince: days === undefined ? known.readSince : now() - days * day,
      })
      announceMail(context, mailboxId)
      return { kind: 'changed', undoId }
    },

    removeMailbox({ mailboxId }: Input<'removeMailbox'>): Output<'removeMailbox'> {
      requireMailbox(mailboxId)
      const undoId = write(mailboxId, null)
      announceMail(context)
      return { undoId }
    },

    async importMail({ file }: Input<'importMail'>): Promise<Output<'importMail'>> {
      const imported = await intake.importMail({ file })
      if (imported.kind === 'failed') return imported
      await visibilityJob.run()
      announceSources(context)
      announceMail(context)
      return imported
    },

    joinNewsletters: (input: Input<'joinNewsletters'>): Promise<Output<'joinNewsletters'>> =>
      joinNewsletters(context, input),

    /** The address is the sender's own, as stored: a window can have no other asked. */
    async tellSender({ senderId }: Input<'tellSender'>): Promise<Output<'tellSender'>> {
      const url = senderById(db, senderId)?.unsubscribe
      if (!url?.isOneClick || url.httpUrl === null) throw new NotFound(`one click of sender ${senderId}`)
      return intake.tellSender({ url: url.httpUrl })
    },

    decideSenders: (input: Checked<'decideSenders'>): Output<'decideSenders'> => decideSenders(context, input),
  }

  function requireMailbox(mailboxId: number): MailboxState {
    const mailbox = mailboxState(db, mailboxId)
    if (!mailbox) throw new NotFound(`mailbox ${mailboxId}`)
    return mailbox
  }

  /** Answers the undoId; null where nothing is another. */
  function write(mailboxId: number, after: MailboxState | null): number | null {
    const before = mailboxState(db, mailboxId)
    if (JSON.stringify(before) === JSON.stringify(after)) return null
    return doUndoably(db, now(), () => {
      writeMailboxState(db, mailboxId, after)
      const change = { mailboxId, before, after: mailboxState(db, mailboxId) }
      return { kind: 'mail', change: { mailboxes: [change], senders: [] } }
    })
  }

  function sealed(password: string): string {
    return Buffer.from(secrets.seal(password)).toString('hex').toUpperCase()
  }
}

/** What is absent stays: spread, an undefined value would take its place. */
function defined<Changes extends object>(changes: Changes): { [K in keyof Changes]?: NonNullable<Changes[K]> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never
}
