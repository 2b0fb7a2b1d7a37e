/** What a window may ask of mailboxes and newsletters: a part of the contract (contract/contract.ts). */
import { z } from 'zod'
import { once } from '../once.ts'
import { hostName, id, ids } from '../shapes.ts'
import type { ImportedMail, Mailbox, MailFailure, MailFolder, MailSender, Told, Unsubscribe } from './model.ts'

const none = once(() => z.strictObject({}))
const server = once(() =>
  z.strictObject({
    host: hostName(),
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'none']),
    userName: z.string().trim().min(1).max(320),
  }),
)
const password = once(() => z.string().min(1).max(1_000))
const folders = once(() => z.array(z.string().min(1).max(1_000)).min(1).max(50))
const address = once(() => z.string().trim().min(3).max(320))
/** How many days before today are read at first. */
const days = once(() => z.int().min(1).max(3_650))

export const mailQueries = {
  mailboxes: none,
  /** All who wrote to the mailboxes, the last one first. */
  mailSenders: none,
  /** How the senders of a newsletter can be told that it is not wanted any more. */
  waysOut: () => z.strictObject({ feedId: id }),
  /** Logs in and lists the folders. Takes as long as the server does. `mailboxId`: with its password, where none is given. */
  testMailbox: () => server().extend({ password: password().optional(), mailboxId: id.optional() }),
}

export const mailCommands = {
  addMailbox: () => server().extend({ address: address(), password: password(), folders: folders(), days: days() }),
  /** What is absent stays. */
  changeMailbox: () =>
    z.strictObject({
      mailboxId: id,
      server: server().optional(),
      address: address().optional(),
      password: password().optional(),
      folders: folders().optional(),
      days: days().optional(),
    }),
  /** The newsletters that came by it stay, with their articles. */
  removeMailbox: () => z.strictObject({ mailboxId: id }),
  /** Makes two newsletters one: the first goes, with all that it has sent, into the other. */
  joinNewsletters: () => z.strictObject({ feedId: id, intoFeedId: id }),
  /** Takes in a message (.eml) or a file of many (.mbox), in base64: all of their senders are kept. */
  importMail: () => z.strictObject({ file: z.string().max(280_000_000) }),
  /** Sends the one request that the sender's messages offer for leaving (RFC 8058); nothing else of the user's changes. */
  tellSender: () => z.strictObject({ senderId: id }),
  /** Keeps senders as feeds of their own, in this folder; or leaves them out; or has not decided after all. */
  decideSenders: () =>
    z.strictObject({
      senderIds: ids,
      decision: z.enum(['kept', 'left-out']).nullable(),
      folderId: id.nullish(),
    }),
}

type Undoable = { undoId: number | null }

export type MailOutputs = {
  mailboxes: { mailboxes: Mailbox[] }
  mailSenders: { senders: MailSender[] }
  /** Of those who offer one. */
  waysOut: { senders: { senderId: number; address: string; unsubscribe: Unsubscribe }[] }
  testMailbox: { kind: 'works'; folders: MailFolder[] } | { kind: 'failed'; failure: MailFailure }

  addMailbox: ({ kind: 'added'; mailboxId: number } & Undoable) | { kind: 'already-there'; mailboxId: number }
  /** 'taken': another mailbox has this server and user. */
  changeMailbox: ({ kind: 'changed' } & Undoable) | { kind: 'taken'; mailboxId: number }
  removeMailbox: Undoable
  tellSender: Told
  decideSenders: { feedIds: number[] } & Undoable
  joinNewsletters: Undoable
  importMail: ImportedMail
}
