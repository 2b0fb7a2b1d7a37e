/** Calls about digests that are sent as mail. */
import type { Checked, Output } from '../../api/contract/contract.ts'
import { digestMessageId, type Outgoing } from '../../api/mail/outgoing.ts'
import type { LoadResource } from '../../archive/export-pictures.ts'
import type { Digest } from '../../digest/compose.ts'
import { localDay } from '../../digest/due.ts'
import { NotFound } from '../../lib/refused.ts'
import { hurryLetter, hurryLetters, listLetters, noteArrived } from '../../store/digest/outbox.ts'
import { readOutgoing, type StoredOutgoing, writeOutgoing } from '../../store/mail/outgoing.ts'
import { readSettings } from '../../store/settings.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { leavingDigest } from './leaving.ts'
import type { DigestMail } from './mail.ts'
import { outgoingAccess, sealPassword } from './outgoing-access.ts'

type Typed = Checked<'setDigestMail'>
type Parts = { mail: DigestMail; load: LoadResource; compose(since: number | undefined): Promise<Digest> }

const noPassword = { kind: 'failed', failure: { reason: 'no-password' } } as const

export function makeDigestMailCalls(context: Context, { mail, load, compose }: Parts) {
  const { db, intake, announcer, now } = context

  return {
    digestMail(): Output<'digestMail'> {
      const stored = readOutgoing(db)
      return { outgoing: stored && withoutPassword(stored), letter: listLetters(db).at(-1) ?? null }
    },

    setDigestMail: (typed: Typed): Output<'setDigestMail'> => write(asStored(typed)),

    stopDigestMail: (): Output<'stopDigestMail'> => write(null),

    async testDigestMail(typed: Typed): Promise<Output<'testDigestMail'>> {
      const access = outgoingAccess(context, asStored(typed))
      if (!access || (access.password === '' && access.userName !== '')) return noPassword
      const messageId = digestMessageId(access.from, localDay(now()), `test${now()}`)
      return intake.sendMail({ access, content: { kind: 'test' }, messageId, letter: null })
    },

    sendDigestAgain({ day }: Checked<'sendDigestAgain'>): Output<'sendDigestAgain'> {
      if (!listLetters(db).some(letter => letter.day === day)) throw new NotFound(`the letter of ${day}`)
      hurryLetter(db, day, now())
      mail.sendInBackground()
      return {}
    },

    digestArrived({ day }: Checked<'digestArrived'>): Output<'digestArrived'> {
      if (!listLetters(db).some(letter => letter.day === day)) throw new NotFound(`the letter of ${day}`)
      noteArrived(db, day)
      announcer.emit('settings-changed', { settings: readSettings(db) })
      return {}
    },

    async mailDigest({ since }: Checked<'mailDigest'>): Promise<Output<'mailDigest'>> {
      const outgoing = readOutgoing(db)
      if (!outgoing) return { kind: 'no-server' }
      const digest = await compose(since)
      if (digest.parts.length === 0) return { kind: 'nothing-to-tell' }
      const access = outgoingAccess(context, outgoing)
      if (!access) return { ...noPassword, to: outgoing.to }
      const article = await leavingDigest(context, load, { kind: 'composed', digest })
      if (!article) return { kind: 'nothing-to-tell' }
      const messageId = digestMessageId(outgoing.from, localDay(digest.until), `${digest.until}`)
      const delivery = await intake.sendMail({ access, content: { kind: 'digest', article }, messageId, letter: null })
      return { ...delivery, to: outgoing.to }
    },
  }

  /** A password that is stored is for the server that it was given for. */
  function asStored({ password, ...outgoing }: Typed): StoredOutgoing {
    const stored = readOutgoing(db)
    const kept = stored?.host === outgoing.host ? stored.password : ''
    return { ...outgoing, password: password === undefined ? kept : sealPassword(context, password) }
  }

  /** What waits is sent by it at once. */
  function write(after: StoredOutgoing | null): { undoId: number | null } {
    const undoId = doUndoably(db, now(), () => {
      const before = readOutgoing(db)
      if (!before && !after) return null
      writeOutgoing(db, after)
      hurryLetters(db, now())
      return { kind: 'mail', change: { mailboxes: [], senders: [], outgoing: { before, after } } }
    })
    announcer.emit('settings-changed', { settings: readSettings(db) })
    mail.sendInBackground()
    return { undoId }
  }
}

function withoutPassword({ password: _, ...outgoing }: StoredOutgoing): Outgoing {
  return outgoing
}
