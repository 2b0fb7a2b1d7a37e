/** A mailbox and who writes to it, for tests of what the user does with both; no server is behind it. */
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { noteSender } from '../../src-main/store/mail/senders.ts'
import { makeArticle, someNoon } from './articles.ts'
import { letter } from './letters.ts'

export const aMailbox: Input<'addMailbox'> = {
  address: 'ada@harbour.example',
  host: 'imap.harbour.example',
  port: 993,
  security: 'tls',
  userName: 'ada',
  password: 'tide table',
  folders: ['INBOX', 'Letters'],
  days: 30,
}

export const anOutgoing: Input<'setDigestMail'> = {
  host: 'mail.harbour.example',
  port: 465,
  security: 'tls',
  userName: 'ada',
  password: 'tide table',
  from: 'ada@harbour.example',
  to: 'ada@harbour.example',
}

/** Two newsletters and a person. */
export function addSenders(db: WriteDb): { weekly: number; daily: number; person: number } {
  const base = { unsubscribe: null, subject: 'The tide', sentAt: someNoon }
  return {
    weekly: noteSender(db, {
      ...base,
      key: 'list:weekly.harbour.example',
      name: 'Harbour Weekly',
      address: 'weekly@harbour.example',
      isNewsletter: true,
    }),
    daily: noteSender(db, {
      ...base,
      key: 'list:daily.quay.example',
      name: 'Quay Daily',
      address: 'daily@quay.example',
      isNewsletter: true,
    }),
    person: noteSender(db, {
      ...base,
      key: 'from:eve@quay.example',
      name: 'Eve',
      address: 'eve@quay.example',
      isNewsletter: false,
    }),
  }
}

/** A newsletter that is left by one request. */
export function aSenderWithOneClick(db: WriteDb): number {
  return noteSender(db, {
    key: 'list:tide.harbour.example',
    name: 'Tide',
    address: 'tide@harbour.example',
    isNewsletter: true,
    unsubscribe: { httpUrl: 'https://harbour.example/leave', mailto: null, isOneClick: true },
    subject: 'The tide',
    sentAt: someNoon,
  })
}

/** What `addMailWorld` makes, besides a server for outgoing mail: a mailbox, a newsletter that is left out, one that is kept, a person. */
export type MailWorld = {
  mailbox: number
  weekly: number
  daily: number
  person: number
  /** Newsletters that are followed, with two articles each. */
  tides: number
  boats: number
}

export async function addMailWorld(db: WriteDb, client: EngineClient): Promise<MailWorld> {
  const added = await client.addMailbox(aMailbox)
  await client.setDigestMail(anOutgoing)
  const senders = addSenders(db)
  await client.decideSenders({ senderIds: [senders.daily], decision: 'kept' })
  const [tides, boats] = await Promise.all(['Tides', 'Boats'].map(name => addNewsletter(db, client, name)))
  return { mailbox: added.mailboxId, ...senders, tides: tides!, boats: boats! }
}

/** Keeps a newsletter of this name, with two articles. */
export async function addNewsletter(db: WriteDb, client: EngineClient, name: string): Promise<number> {
  const from = { name, address: `${name}@harbour.example`, isNewsletter: true, unsubscribe: null, subject: '' }
  const senderId = noteSender(db, { ...from, key: `list:${name}.harbour.example`, sentAt: someNoon })
  const { feedIds } = await client.decideSenders({ senderIds: [senderId], decision: 'kept' })
  const articles = [1, 2].map(id => makeArticle({ title: `${name} ${id}`, guid: `mid:${id}@${name}` }))
  storeArticles(db, feedIds[0]!, articles, someNoon)
  return feedIds[0]!
}

/** A message as a file is given to `importMail`. */
export const aMessageFile = () =>
  Buffer.from(letter({ id: 1, list: 'monthly.harbour.example', name: 'Monthly' })).toString('base64')

type Deed = (world: MailWorld & { client: EngineClient; world: number }) => Promise<number | null>

const undoIdOf = async (
  answer: Promise<{ undoId: number | null } | { kind: 'already-there' | 'taken' | 'failed' }>,
) => {
  const given = await answer
  return 'undoId' in given ? given.undoId : null
}

/** How each command on mailboxes and senders is done, to be taken back. */
export const mailDeeds: Record<
  'joinNewsletters' | 'importMail' | 'addMailbox' | 'changeMailbox' | 'removeMailbox' | 'decideSenders',
  Record<string, Deed>
> = {
  addMailbox: { 'a second one': ({ client }) => undoIdOf(client.addMailbox({ ...aMailbox, userName: 'eve' })) },
  changeMailbox: {
    'another server and password': ({ client, mailbox }) => {
      const { host: _, port, security, userName } = aMailbox
      const server = { host: 'mail.harbour.example', port, security, userName }
      return undoIdOf(client.changeMailbox({ mailboxId: mailbox, server, password: 'ebb' }))
    },
    'other folders, and further back': ({ client, mailbox }) =>
      undoIdOf(client.changeMailbox({ mailboxId: mailbox, folders: ['Letters', 'Lists'], days: 365 })),
  },
  removeMailbox: { '': ({ client, mailbox }) => undoIdOf(client.removeMailbox({ mailboxId: mailbox })) },
  joinNewsletters: {
    'with their articles': ({ client, tides, boats }) =>
      undoIdOf(client.joinNewsletters({ feedId: tides, intoFeedId: boats })),
  },
  importMail: { 'of a new sender': ({ client }) => undoIdOf(client.importMail({ file: aMessageFile() })) },
  decideSenders: {
    'to keep them, in a folder': ({ client, weekly, person, world }) =>
      undoIdOf(client.decideSenders({ senderIds: [weekly, person], decision: 'kept', folderId: world })),
    'to leave one out that was kept': ({ client, daily }) =>
      undoIdOf(client.decideSenders({ senderIds: [daily], decision: 'left-out' })),
    'to leave one out': ({ client, weekly }) =>
      undoIdOf(client.decideSenders({ senderIds: [weekly], decision: 'left-out' })),
  },
}
