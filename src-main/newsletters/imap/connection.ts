/**
 * One connection to a mailbox, for reading only: folders are opened by EXAMINE and bodies fetched by BODY.PEEK (RFC 9051, 6.3.3
 * and 6.4.5), so that no flag of a message ever changes. The only file that knows the IMAP library.
 */
import type { ImapFlow } from 'imapflow'
import type { MailFolder, MailServer } from '../../api/mail/model.ts'
import { minute, second } from '../../lib/time.ts'
import { MailFailed, mailFailureOf, silentSeconds } from './failure.ts'
import { folderUse } from './folder-use.ts'

export type MailAccess = MailServer & { password: string }

/** `uidValidity`: UIDs hold as long as it stays the same. */
export type OpenFolder = { uidValidity: number; uidNext: number; messages: number }

/** The head of a message: `bytes` is the size of the whole, `head` the header fields asked for, `receivedAt` in ms. */
export type RawHead = { uid: number; bytes: number; receivedAt: number | null; head: Uint8Array }

export type RawMessage = { uid: number; source: Uint8Array }

/** Every call rejects with MailFailed; unless it is for a folder that is not there, the connection is of no use any more. */
export type MailConnection = {
  folders(): Promise<MailFolder[]>
  /** Opens a folder for reading. */
  open(path: string): Promise<OpenFolder>
  /** The UIDs of the open folder's messages, ascending: those that were received on this day or later (ms), or from a UID on. */
  uidsSince(time: number): Promise<number[]>
  uidsFrom(uid: number): Promise<number[]>
  /** Messages that are not there any more are absent. */
  heads(uids: number[]): Promise<RawHead[]>
  /** Each is given as it comes, so that what a broken connection brought is not lost. */
  messages(uids: number[], onMessage: (message: RawMessage) => void): Promise<void>
  /** Answers when the open folder has another number of messages, or after some minutes; false where the server can't tell. */
  waitForNews(signal: AbortSignal): Promise<boolean>
  /** At once, without a word to the server, which may not answer any more. */
  close(): void
}

/** Without a byte for so long the server counts as gone: the library's own five minutes are too long for a person. */
const silence = silentSeconds * second
/** A command of any kind may take so long, whatever trickles in. */
const longestCommand = 10 * minute
/** IDLE is begun anew after this time: routers forget connections that are silent for longer. */
const longestIdle = 4 * minute
/** A message that is larger is not asked for (sync-folder.ts); a server that sends more than was asked is cut off. */
const mostBytes = 40_000_000

/** What is asked of a head: enough to tell whose newsletter it is, without the rest, which may be long. */
const headFields = [
  'Message-ID',
  'Date',
  'From',
  'Sender',
  'Subject',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'List-Post',
  'Precedence',
  'Auto-Submitted',
  'Feedback-ID',
]

/** Connects and logs in. Rejects with MailFailed. */
export async function connectToMailbox(access: MailAccess, signal: AbortSignal): Promise<MailConnection> {
  signal.throwIfAborted()
  const { host, port, security, userName, password } = access
  if (security === 'none' && !isThisComputer(host)) throw new MailFailed({ reason: 'in-the-clear', host })
  // Half a megabyte of code that a program without mailboxes never loads.
  const { ImapFlow } = await import('imapflow')
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'tls' ? undefined : security === 'starttls',
    auth: { user: userName, pass: password },
    clientInfo: { name: 'Broadsheet' },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: longestIdle,
    connectionTimeout: silence,
    greetingTimeout: silence,
    socketTimeout: silence,
    maxLiteralSize: mostBytes,
    maxResponseSize: 2 * mostBytes,
    maxLineLength: 1_000_000,
    // STARTTLS that fails is then a failure, and the password is never sent in the clear.
    tls: { minVersion: 'TLSv1.2' },
  })
  return openConnection(client, access, signal)
}

async function openConnection(client: ImapFlow, access: MailAccess, signal: AbortSignal): Promise<MailConnection> {
  const { host } = access
  // Without a listener, an error between two commands would end the process.
  client.on('error', () => {})
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  client.on('close', () => signal.removeEventListener('abort', close))

  async function within<Answer>(ms: number, command: () => Promise<Answer>, path?: string): Promise<Answer> {
    const timer = setTimeout(close, ms)
    try {
      return await command()
    } catch (error) {
      const failed = error instanceof MailFailed ? error : new MailFailed(mailFailureOf(error, access, path))
      if (failed.failure.reason !== 'no-folder') close()
      throw failed
    } finally {
      clearTimeout(timer)
    }
  }

  await within(3 * silence, () => client.connect())

  async function search(query: Parameters<ImapFlow['search']>[0]): Promise<number[]> {
    const uids = await client.search(query, { uid: true })
    if (!uids) throw new MailFailed({ reason: 'bad-answer', host })
    return uids.toSorted((a, b) => a - b)
  }

  return {
    folders: () =>
      within(longestCommand, async () => {
        const listed = await client.list()
        return listed
          .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
          .map(({ path, specialUse }) => ({ path, use: folderUse(specialUse) }))
      }),
    open: path =>
      within(
        longestCommand,
        async () => {
          const { uidValidity, uidNext, exists } = await client.mailboxOpen(path, { readOnly: true })
          return { uidValidity: Number(uidValidity), uidNext, messages: exists }
        },
        path,
      ),
    uidsSince: time => within(longestCommand, () => search({ since: new Date(time) })),
    uidsFrom: uid =>
      // 'n:*' has the last message also where its UID is less than n.
      within(longestCommand, async () => (await search({ uid: `${uid}:*` })).filter(found => found >= uid)),
    async heads(uids) {
      const query = { uid: true, size: true, internalDate: true, headers: headFields }
      const found = await within(longestCommand, () => client.fetchAll(uids.join(','), query, { uid: true }))
      return found.map(({ uid, size = 0, internalDate, headers = Buffer.alloc(0) }) => ({
        uid,
        bytes: size,
        receivedAt: internalDate ? timeOf(internalDate) : null,
        head: headers,
      }))
    },
    messages: (uids, onMessage) =>
      within(longestCommand, async () => {
        // To its end: a loop that is left leaves the connection waiting for the rest.
        for await (const { uid, source } of client.fetch(uids.join(','), { uid: true, source: true }, { uid: true }))
          if (source) onMessage({ uid, source })
      }),
    async waitForNews(stopSignal) {
      if (!client.capabilities.has('IDLE')) return false
      await within(2 * longestIdle, () => idleUntilNews(client, stopSignal))
      return true
    },
    close,
  }
}

/** Ends IDLE when a message came or went, when the signal aborts, or after `longestIdle`. */
async function idleUntilNews(client: ImapFlow, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise: news, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, longestIdle)
  client.once('exists', resolve)
  client.once('expunge', resolve)
  client.once('close', resolve)
  signal.addEventListener('abort', () => resolve(), { once: true })
  try {
    // It ends when another command is sent.
    const idling = client.idle()
    await Promise.race([news, idling])
    await client.noop()
    await idling
  } finally {
    clearTimeout(timer)
    client.off('exists', resolve)
    client.off('expunge', resolve)
    client.off('close', resolve)
  }
}

function isThisComputer(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}

function timeOf(date: Date | string): number | null {
  const time = new Date(date).getTime()
  return Number.isFinite(time) ? time : null
}
