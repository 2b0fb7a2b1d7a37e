/** Commands on mailboxes and their newsletters. Each can be undone. */
import type { Input, Output } from '../../src-main/api/contract/contract.ts'
import type { Mailbox, MailSender } from '../../src-main/api/mail/model.ts'
import type { Delivery, Outgoing } from '../../src-main/api/mail/outgoing.ts'
import type { Feed } from '../../src-main/api/model.ts'
import { deeds } from '../messages/newsletters/deeds.ts'
import { words as digestMailWords } from '../messages/newsletters/digest-mail.ts'
import type { App } from '../state/app.svelte.ts'
import { type Changing, unsubscribe } from './changes.ts'

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

/** Where what is kept goes: a folder, none, or one that is made for it. */
export type KeepIn = { kind: 'folder'; folderId: number | null } | { kind: 'new'; title: string }

/** Makes sources of senders, as one deed with the folder that is made for them. Answers whether it was done. */
export async function keepSenders({ actions, engine }: Parts, senders: MailSender[], into: KeepIn): Promise<boolean> {
  const senderIds = senders.map(({ id }) => id)
  const command = async () => {
    const made = into.kind === 'new' ? await engine.createFolder({ title: into.title, parentId: null }) : null
    const folderId = into.kind === 'new' ? (made?.folderId ?? null) : into.folderId
    const { undoId } = await engine.decideSenders({ senderIds, decision: 'kept', folderId })
    return made ? { undoId: made.undoId, more: [undoId] } : { undoId }
  }
  return (await actions.act(command, deeds.kept(senders.length, senders[0]?.name ?? ''))) !== undefined
}

/** Leaves senders out; a source that has no other sender is unsubscribed from. Answers whether it was done. */
export async function leaveOutSenders({ actions, engine }: Parts, senders: MailSender[]): Promise<boolean> {
  const command = () => engine.decideSenders({ senderIds: senders.map(({ id }) => id), decision: 'left-out' })
  return (await actions.act(command, deeds.leftOut(senders.length, senders[0]?.name ?? ''))) !== undefined
}

/** Of a newsletter it is asked whether its sender is to be told, too, where its messages offer a way. */
export async function unsubscribeFrom(app: Changing & Pick<App, 'dialogs'>, feed: Feed): Promise<void> {
  const offers =
    feed.kind === 'newsletter' ? await app.actions.attempt(() => app.engine.waysOut({ feedId: feed.id })) : null
  if (!offers || offers.senders.length === 0) return unsubscribe(app, feed)
  app.dialogs.show('unsubscribe', { feed, senders: offers.senders })
}

/** Makes two newsletters one. Answers whether it was done. */
export async function joinNewsletters({ actions, engine }: Parts, feed: Feed, into: Feed): Promise<boolean> {
  const command = () => engine.joinNewsletters({ feedId: feed.id, intoFeedId: into.id })
  return (await actions.act(command, deeds.joined(feed.title, into.title))) !== undefined
}

export type OutgoingEngine = {
  /** Sends a few words. */
  test(input: Input<'testDigestMail'>): Promise<Delivery>
  save(input: Input<'setDigestMail'>): Promise<unknown>
}

/** The calls of the form for sending digests as mail, which shows refusals itself. */
export function outgoingEngine({ actions, engine }: Parts, before: Outgoing | null): OutgoingEngine {
  return {
    test: input => engine.testDigestMail(input),
    save: input =>
      actions.actInForm(() => engine.setDigestMail(input), digestMailWords.set(input.to, before?.to ?? null)),
  }
}

/** `to`: where they were sent. */
export async function stopDigestMail({ actions, engine }: Parts, to: string): Promise<void> {
  await actions.act(() => engine.stopDigestMail({}), digestMailWords.stopped(to))
}
