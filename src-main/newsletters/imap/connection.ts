/**
 * One connection to a mailbox, for reading only: folders are opened by EXAMINE and bodies fetched by BODY.PEEK (RFC 9051, 6.3.3
 * and 6.4.5), so that no flag of a message ever changes. The only file that knows the IMAP library.
 */
import type { ImapFlow, ImapFlowError } from 'imapflow'
import type { MailFolder, MailServer } from '../../api/mail/model.ts'
import { isThisComputer } from '../../api/mail/this-computer.ts'
import { minute, second } from '../../lib/time.ts'
import { silentSeconds } from '../../mail-servers/connection.ts'
import { MailFailed, mailFailureOf } from './failure.ts'
import { folderUse } from './folder-use.ts'
import { type Omissions, pieceBytes, type Questions, readLargeMessage } from './large-message.ts'

export type MailAccess = MailServer & { password: string }

/** `uidValidity`: UIDs hold as long as it stays the same. */
export type OpenFolder = { uidValidity: number; uidNext: number }

/** The head of a message: `bytes` is the size of the whole, `head` the header fields asked for, `receivedAt` in ms. */
export type RawHead = { uid: number; bytes: number; receivedAt: number | null; head: Uint8Array }

/** `omission`: begins the lines that stand in place of files which were not fetched (`omissionLine`). */
export type RawMessage = { uid: number; source: Uint8Array; omission?: string }

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
  /** A large one, of about so many bytes, in a buffer of its own, without large files; null where it is not there any more. */
  largeMessage(uid: number, bytes: number, omissions: Omissions): Promise<RawMessage | null>
  /** Answers when the open folder has another number of messages, or after some minutes; false where the server can't tell. */
  waitForNews(signal: AbortSignal): Promise<boolean>
  /** At once, without a word to the server, which may not answer any more. */
  close(): void
}

/** How long (ms) a server is waited for. */
export type MailPatience = {
  /** Without a byte of it while it is to answer; then it counts as gone. */
  silence: number
  /** Any command, whatever trickles in. */
  command: number
  /** IDLE is begun anew after this time: routers forget connections that are silent for longer. */
  idle: number
}

const usualPatience: MailPatience = { silence: silentSeconds * second, command: 10 * minute, idle: 4 * minute }
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

/** Large messages that a connection did not outlive: some servers fall over the structure of one, which is read whole the next time. */
const readWhole = new Set<string>()

/** Connects and logs in. Rejects with MailFailed. */
export async function connectToMailbox(
  access: MailAccess,
  signal: AbortSignal,
  patience = usualPatience,
): Promise<MailConnection> {
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
    maxIdleTime: patience.idle,
    connectionTimeout: patience.silence,
    greetingTimeout: patience.silence,
    // The library breaks off IDLE by it, too: silence in answer to a command is watched for below.
    socketTimeout: patience.idle + minute,
    maxLiteralSize: mostBytes,
    maxResponseSize: 2 * mostBytes,
    maxLineLength: 1_000_000,
    // STARTTLS that fails is then a failure, and the password is never sent in the clear.
    tls: { minVersion: 'TLSv1.2' },
  })
  return openConnection(client, access, signal, patience)
}

async function openConnection(
  client: ImapFlow,
  access: MailAccess,
  signal: AbortSignal,
  patience: MailPatience,
): Promise<MailConnection> {
  const { host } = access
  // Without a listener, an error between two commands would end the process.
  client.on('error', () => {})
  const close = () => client.close()
  signal.addEventListener('abort', close, { once: true })
  client.on('close', () => signal.removeEventListener('abort', close))

  /** Runs a command, and ends the connection where it fails. */
  async function run<Answer>(command: () => Promise<Answer>, path?: string): Promise<Answer> {
    let isGivenUp = false
    const stop = watchSilence(client, patience, () => {
      isGivenUp = true
      close()
    })
    try {
      return await command()
    } catch (error) {
      const failed = isGivenUp
        ? new MailFailed({ reason: 'timeout', host, seconds: patience.silence / second })
        : error instanceof MailFailed
          ? error
          : new MailFailed(mailFailureOf(error, access, path))
      if (failed.failure.reason !== 'no-folder') close()
      throw failed
    } finally {
      stop()
    }
  }

  await run(() => client.connect())

  async function search(query: Parameters<ImapFlow['search']>[0]): Promise<number[]> {
    const uids = await client.search(query, { uid: true })
    if (!uids) throw new MailFailed({ reason: 'bad-answer', host })
    return uids.toSorted((a, b) => a - b)
  }

  return {
    folders: () =>
      run(async () => {
        const listed = await client.list()
        return listed
          .filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
          .map(({ path, specialUse }) => ({ path, use: folderUse(specialUse) }))
      }),
    open: path =>
      run(async () => {
        const { uidValidity, uidNext } = await client.mailboxOpen(path, { readOnly: true })
        return { uidValidity: Number(uidValidity), uidNext }
      }, path),
    uidsSince: time => run(() => search({ since: new Date(time) })),
    uidsFrom: uid =>
      // 'n:*' has the last message also where its UID is less than n.
      run(async () => (await search({ uid: `${uid}:*` })).filter(found => found >= uid)),
    async heads(uids) {
      const query = { uid: true, size: true, internalDate: true, headers: headFields }
      const found = await run(() => client.fetchAll(uids.join(','), query, { uid: true }))
      return found.map(({ uid, size = 0, internalDate, headers = Buffer.alloc(0) }) => ({
        uid,
        bytes: size,
        receivedAt: internalDate ? timeOf(internalDate) : null,
        head: headers,
      }))
    },
    messages: (uids, onMessage) =>
      run(async () => {
        // To its end: a loop that is left leaves the connection waiting for the rest.
        for await (const { uid, source } of client.fetch(uids.join(','), { uid: true, source: true }, { uid: true }))
          if (source) onMessage({ uid, source })
      }),
    async largeMessage(uid, bytes, omissions) {
      const { mailbox } = client
      const message = [host, access.userName, mailbox ? mailbox.path : '', uid].join(' ')
      const one = (query: Parameters<ImapFlow['fetchOne']>[1]) =>
        run(async () => (await client.fetchOne(`${uid}`, { uid: true, ...query }, { uid: true })) || null)
      const questions: Questions = {
        async structure() {
          if (readWhole.has(message)) return null
          readWhole.add(message)
          const found = await run(() =>
            client.fetchOne(`${uid}`, { uid: true, bodyStructure: true }, { uid: true }).catch(unlessRefused),
          )
          return found ? (found.bodyStructure ?? null) : null
        },
        async starts(parts, maxLength) {
          const found = await one({ bodyParts: parts.map(key => ({ key, start: 0, maxLength })) })
          return found && (found.bodyParts ?? new Map())
        },
        async piece(start) {
          const found = await one({ source: { start, maxLength: pieceBytes } })
          return found && (found.source ?? new Uint8Array())
        },
      }
      const read = await readLargeMessage(questions, { bytes, mostBytes }, omissions)
      readWhole.delete(message)
      if (read.kind === 'gone') return null
      if (read.kind === 'read') return { uid, source: read.source, ...(read.omission && { omission: read.omission }) }
      close()
      throw new MailFailed({ reason: 'bad-answer', host })
    },
    async waitForNews(stopSignal) {
      if (!client.capabilities.has('IDLE')) return false
      const idling = client.idle()
      // Told of below; it may end before anybody waits for it.
      idling.catch(() => {})
      const isRefused = await untilNews(client, idling, stopSignal, patience)
      // It ends IDLE, and shows whether the connection is alive.
      await run(() => client.noop())
      await run(() => idling)
      return !isRefused
    },
    close,
  }
}

/** For a command that the server may refuse: null then, and the connection is as good as before. */
function unlessRefused(error: Partial<ImapFlowError>): null {
  if (error.responseStatus !== undefined) return null
  throw error
}

/** Answers when a message came or went, the signal aborts, IDLE ends, or after some minutes; true where the server refused it. */
async function untilNews(
  client: ImapFlow,
  idling: Promise<boolean | undefined>,
  signal: AbortSignal,
  { idle }: MailPatience,
): Promise<boolean> {
  const { promise: news, resolve } = Promise.withResolvers<void>()
  const told = () => resolve()
  const timer = setTimeout(told, idle)
  const events = ['exists', 'expunge', 'close'] as const
  for (const event of events) client.on(event, told)
  signal.addEventListener('abort', told, { once: true })
  if (signal.aborted) told()
  try {
    return (await Promise.race([news, idling.catch(() => undefined)])) === false
  } finally {
    clearTimeout(timer)
    for (const event of events) client.off(event, told)
    signal.removeEventListener('abort', told)
  }
}

/** Calls `onSilent` where nothing comes for too long, or all of it takes too long. The answer ends the watch. */
function watchSilence(client: ImapFlow, { silence, command }: MailPatience, onSilent: () => void): () => void {
  let received = client.stats().received
  let silentFor = 0
  let tookSoFar = 0
  const step = Math.min(second, silence)
  const timer = setInterval(() => {
    const now = client.stats().received
    silentFor = now === received ? silentFor + step : 0
    received = now
    tookSoFar += step
    if (silentFor >= silence || tookSoFar >= command) onSilent()
  }, step)
  return () => clearInterval(timer)
}

function timeOf(date: Date | string): number | null {
  const time = new Date(date).getTime()
  return Number.isFinite(time) ? time : null
}
