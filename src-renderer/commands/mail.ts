/** Commands on mailboxes and their newsletters. Each can be undone. */
import type { Input, Output } from '../../src-main/api/contract/contract.ts'
import type { Mailbox } from '../../src-main/api/mail/model.ts'
import { deeds } from '../messages/newsletters/deeds.ts'
import type { App } from '../state/app.svelte.ts'

type Parts = Pick<App, 'actions' | 'engine'>

export type MailboxEngine = {
  testMailbox(input: Input<'testMailbox'>): Promise<Output<'testMailbox'>>
  addMailbox(input: Input<'addMailbox'>): Promise<Output<'addMailbox'>>
  /** `address`: what the mailbox is called. */
  changeMailbox(input: Input<'changeMailbox'>, address: string): Promise<Output<'changeMailbox'>>
}

/** The calls of the form for a mailbox, which shows refusals itself. */
export function mailboxEngine({ actions, engine }: Parts): MailboxEngine {
  return {
    testMailbox: input => engine.testMailbox(input),
    addMailbox: input =>
      actions.actInForm(
        async () => ({ undoId: null, ...(await engine.addMailbox(input)) }),
        deeds.added(input.address),
      ),
    changeMailbox: (input, address) =>
      actions.actInForm(async () => ({ undoId: null, ...(await engine.changeMailbox(input)) }), deeds.changed(address)),
  }
}

export async function removeMailbox({ actions, engine }: Parts, { id, address }: Mailbox): Promise<void> {
  await actions.act(() => engine.removeMailbox({ mailboxId: id }), deeds.removed(address))
}
