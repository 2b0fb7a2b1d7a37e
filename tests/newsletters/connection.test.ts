import { type AddressInfo, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MailFailure } from '../../src-main/api/mail/model.ts'
import { explainMail } from '../../src-main/api/mail/reasons.ts'
import { isContentRead, omissionLine } from '../../src-main/feeds/mail/message.ts'
import {
  connectToMailbox,
  type MailAccess,
  type MailConnection,
  type RawMessage,
} from '../../src-main/newsletters/imap/connection.ts'
import type { MailFailed } from '../../src-main/newsletters/imap/failure.ts'
import { type Dovecot, hasDovecot, password, startDovecot } from '../support/dovecot.ts'

const omissions = { isContentRead, omissionLine }
const never = new AbortController().signal
const message = (id: number) =>
  `From: Ann <ann@harbour.example>\r\nSubject: Issue ${id}\r\nMessage-ID: <${id}@harbour.example>\r\n\r\nThe tide.\r\n`

describe.skipIf(!hasDovecot)('A connection to a mailbox on Dovecot', () => {
  let server: Dovecot
  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server.stop())

  const accessOf = (userName: string): MailAccess => ({
    host: '127.0.0.1',
    port: server.port,
    security: 'none',
    userName,
    password,
  })
  async function reading<Read>(user: string, read: (connection: MailConnection) => Promise<Read>): Promise<Read> {
    const connection = await connectToMailbox(accessOf(user), never)
    try {
      return await read(connection)
    } finally {
      connection.close()
    }
  }

  test('names the folders, and what they are for', async () => {
    server.deliver('folders', message(1))
    server.deliver('folders', message(2), { folder: 'Reading' })

    const folders = await reading('folders', connection => connection.folders())

    expect(folders).toEqual([
      { path: 'INBOX', use: 'inbox' },
      { path: 'Reading', use: null },
    ])
  })

  test('reads heads and messages, and changes no flag', async () => {
    server.deliver('flags', message(1))
    server.deliver('flags', message(2), { flags: 'FS' })
    const before = server.files('flags')

    const read = await reading('flags', async connection => {
      await connection.open('INBOX')
      const uids = await connection.uidsSince(Date.now() - 86_400_000)
      const heads = await connection.heads(uids)
      const messages: RawMessage[] = []
      await connection.messages(uids, message => messages.push(message))
      return { uids, heads, messages }
    })

    expect(read.uids).toEqual([1, 2])
    expect(read.heads.map(({ head }) => Buffer.from(head).toString())[0]).toContain('Message-ID: <1@harbour.example>')
    expect(read.messages.map(({ source }) => Buffer.from(source).toString())).toEqual([message(1), message(2)])
    expect(server.files('flags')).toEqual(before)
  })

  test.each([
    { name: 'as the server said', said: (bytes: number) => bytes },
    { name: 'larger than the server said', said: () => 1_000 },
    { name: 'smaller than the server said', said: (bytes: number) => bytes + 1_000_000 },
  ])('reads a message in pieces, of a size $name', async ({ said }) => {
    // The last piece may be a whole one.
    for (const bytes of [2_500_000, 2 * 1_048_576]) {
      const written = `${`${message(1)}${'tide '.repeat(bytes / 5)}`.slice(0, bytes - 2)}\r\n`
      const user = `pieces-${bytes}-${said(bytes)}`
      server.deliver(user, written)

      const read = await reading(user, async connection => {
        await connection.open('INBOX')
        return connection.largeMessage(1, said(bytes), omissions)
      })

      expect(Buffer.from(read!.source).equals(Buffer.from(written))).toBe(true)
      expect(read!.source.buffer.byteLength).toBe(bytes)
    }
  })

  test('a message in pieces that is not there any more is none', async () => {
    server.deliver('nothing', message(1))
    const source = await reading('nothing', async connection => {
      await connection.open('INBOX')
      return connection.largeMessage(7, 5_000_000, omissions)
    })
    expect(source).toBeNull()
  })

  test('a message that is far larger than it was said to be is not read to its end', async () => {
    server.deliver('endless', `${message(1)}${'tide\r\n'.repeat(7_000_000)}`)
    await reading('endless', async connection => {
      await connection.open('INBOX')
      const read = connection.largeMessage(1, 5_000_000, omissions).then(message => message?.source.length)
      await expect(read).rejects.toMatchObject({ failure: { reason: 'bad-answer' } })
    })
  })

  test('finds no message after the last one', async () => {
    server.deliver('last', message(1))

    const uids = await reading('last', async connection => {
      await connection.open('INBOX')
      return [await connection.uidsFrom(1), await connection.uidsFrom(2)]
    })

    expect(uids).toEqual([[1], []])
  })

  test('is told of a message that comes while it waits', async () => {
    server.deliver('news', message(1))

    const isTold = await reading('news', async connection => {
      await connection.open('INBOX')
      const waiting = connection.waitForNews(never)
      server.deliver('news', message(2))
      return waiting
    })

    expect(isTold).toBe(true)
  })

  test('stops waiting when it is asked to', async () => {
    server.deliver('stops', message(1))
    const stop = new AbortController()

    const uids = await reading('stops', async connection => {
      await connection.open('INBOX')
      const waiting = connection.waitForNews(stop.signal)
      stop.abort()
      await waiting
      return connection.uidsFrom(1)
    })

    expect(uids).toEqual([1])
  })

  test('says which folder is not there, and goes on', async () => {
    server.deliver('gone', message(1))

    await reading('gone', async connection => {
      await expect(connection.open('Old letters')).rejects.toMatchObject({
        failure: { reason: 'no-folder', path: 'Old letters' },
      })
      expect((await connection.open('INBOX')).uidNext).toBe(2)
    })
  })

  test('does not wait for a server that falls silent', async () => {
    const silent = createServer(socket => {
      socket.on('error', () => {})
      socket.write('* OK Good morning\r\n')
    })
    await new Promise<void>(done => silent.listen(0, '127.0.0.1', done))
    const { port } = silent.address() as AddressInfo
    const patience = { silence: 100, command: 60_000, idle: 600_000 }

    const connecting = connectToMailbox({ ...accessOf('silent'), port }, never, patience)

    await expect(connecting).rejects.toMatchObject({ failure: { reason: 'timeout', host: '127.0.0.1' } })
    silent.close()
  })

  test.each([
    { name: 'a wrong password', wrong: () => ({ password: 'another' }), reason: 'log-in' },
    { name: 'a port where nothing listens', wrong: () => ({ port: 1 }), reason: 'refused' },
    { name: 'a name that no server has', wrong: () => ({ host: 'mail.invalid', security: 'starttls' }), reason: 'dns' },
    { name: 'another computer, in the clear', wrong: () => ({ host: 'mail.invalid' }), reason: 'in-the-clear' },
    {
      name: 'a certificate that nobody vouches for',
      wrong: () => ({ security: 'tls', port: server.tlsPort }),
      reason: 'tls',
    },
    { name: 'the same by STARTTLS', wrong: () => ({ security: 'starttls' }), reason: 'tls' },
    { name: 'a port that is not secure', wrong: () => ({ security: 'tls' }), reason: 'tls' },
  ] satisfies { name: string; wrong: () => Partial<MailAccess>; reason: MailFailure['reason'] }[])(
    'says in words what is wrong: $name',
    async ({ wrong, reason }) => {
      const failed = (await connectToMailbox({ ...accessOf('wrong'), ...wrong() }, never).catch(
        error => error,
      )) as MailFailed

      expect(failed.failure.reason).toBe(reason)
      for (const text of Object.values(explainMail(failed.failure))) {
        expect(text).toMatch(/^[“A-Z0-9].*[.!?]$/s)
        expect(text).not.toMatch(/undefined|null|ECONN|ERR_|SSL/)
      }
    },
  )
})
