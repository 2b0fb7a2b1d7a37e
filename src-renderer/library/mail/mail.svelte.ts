/** Mailboxes and who writes to them, as the engine last said. */
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { Mailbox, MailSender } from '../../../src-main/api/mail/model.ts'
import { coalesced } from '../../lib/requests.ts'

export class Mail {
  mailboxes = $state.raw<Mailbox[]>([])
  /** The one that wrote last first. */
  senders = $state.raw<MailSender[]>([])
  /** Newsletters of which the reader has not decided. */
  readonly undecided = $derived(this.senders.filter(({ isNewsletter, decision }) => isNewsletter && decision === null))
  readonly #engine: EngineClient

  constructor(engine: EngineClient) {
    this.#engine = engine
    engine.on('mail-changed', () => void this.load().catch(() => undefined))
    // A newsletter that is unsubscribed is no feed of its sender any more.
    engine.on('sources-changed', () => void this.load().catch(() => undefined))
  }

  readonly load = coalesced(async () => {
    const [{ mailboxes }, { senders }] = await Promise.all([this.#engine.mailboxes({}), this.#engine.mailSenders({})])
    this.mailboxes = mailboxes
    this.senders = senders
  })
}
