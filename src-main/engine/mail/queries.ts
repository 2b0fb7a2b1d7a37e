/** Queries of mailboxes and of who writes to them. */
import type { Checked, Output } from '../../api/contract/contract.ts'
import type { Mailbox } from '../../api/mail/model.ts'
import { feedById } from '../../store/feeds/feeds.ts'
import { foldersOf, listMailboxes, type MailboxRecord, mailboxById } from '../../store/mail/mailboxes.ts'
import { listSenders, sendersOfFeed } from '../../store/mail/senders.ts'
import type { Context } from '../context/context.ts'

export function makeMailQueries({ db, intake, secrets }: Context) {
  return {
    mailboxes: (): Output<'mailboxes'> => ({ mailboxes: listMailboxes(db).map(serialize) }),

    mailSenders: (): Output<'mailSenders'> => ({ senders: listSenders(db) }),

    waysOut({ feedId }: Checked<'waysOut'>): Output<'waysOut'> {
      const feed = feedById(db, feedId)
      const senders = feed ? sendersOfFeed(db, feed.url) : []
      return {
        senders: senders.flatMap(({ id: senderId, address, unsubscribe }) =>
          unsubscribe && (unsubscribe.httpUrl ?? unsubscribe.mailto) !== null ? { senderId, address, unsubscribe } : [],
        ),
      }
    },

    async testMailbox({ mailboxId, password, ...server }: Checked<'testMailbox'>): Promise<Output<'testMailbox'>> {
      const known = mailboxId === undefined ? null : mailboxById(db, mailboxId)
      // A password that is stored is for the server that it was given for.
      const stored = known && known.host === server.host ? secrets.open(known.password) : null
      const used = password ?? stored
      if (used === null) return { kind: 'failed', failure: { reason: 'no-password' } }
      return intake.testMailbox({ ...server, password: used })
    },
  }

  function serialize({ password: _, ...mailbox }: MailboxRecord): Mailbox {
    return { ...mailbox, folders: foldersOf(db, mailbox.id).map(({ path }) => path) }
  }
}
