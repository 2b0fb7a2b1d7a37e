/** Large messages from a real server: the files in them are not fetched, and the article is that of the whole message. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readItem } from '../../src-main/feeds/mail/article.ts'
import { isContentRead, omissionLine } from '../../src-main/feeds/mail/message.ts'
import { connectToMailbox, type RawMessage } from '../../src-main/newsletters/imap/connection.ts'
import { type Dovecot, hasDovecot, password, startDovecot } from '../support/dovecot.ts'
import { startRelay } from '../support/relay.ts'

const now = Date.UTC(2026, 10, 28)
const head =
  'From: Ann <ann@harbour.example>\r\nSubject: The tide\r\nMessage-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\n'
const text = part('text/html; charset=utf-8', '<p>The tide came in at noon.</p>')
const footer = part('text/plain; charset=utf-8', 'You are on the list of the harbour.')

function part(type: string, body: string, more = ''): string {
  return `Content-Type: ${type}\r\n${more}\r\n${body}\r\n`
}

/** Of about so many bytes in base64, each of its own letter but for `start`. */
function file(name: string, bytes: number, { letter = 'A', start = '', more = '' } = {}): string {
  const body = `${start}${`${letter.repeat(76)}\r\n`.repeat(bytes / 78)}`
  const disposition = `Content-Disposition: attachment; filename="${name}"\r\n`
  return part(`application/pdf; name="${name}"`, body, `${disposition}Content-Transfer-Encoding: base64\r\n${more}`)
}

function multipart(kind: string, boundary: string, parts: string[]): string {
  const all = parts.map(one => `--${boundary}\r\n${one}`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${all}--${boundary}--\r\n`
}

const mega = 1_048_576
const sameStart = `${'JVBERi0'.repeat(10)}JVBERi\r\n`.repeat(5)

const messages = {
  'with one file': multipart('mixed', 'b', [text, file('tides.pdf', 12_000_000)]),
  'with text after its files': multipart('mixed', 'b', [
    text,
    file('tides.pdf', 3 * mega),
    file('boats.pdf', 2 * mega, { letter: 'B' }),
    footer,
  ]),
  'with files that begin alike': multipart('mixed', 'b', [
    text,
    file('first.pdf', 2 * mega, { start: sameStart }),
    file('second.pdf', 3 * mega, { start: sameStart }),
  ]),
  'with a small file that begins like the large one after it': multipart('mixed', 'b', [
    text,
    file('small.pdf', 300_000, { start: sameStart }),
    file('large.pdf', 3 * mega, { start: sameStart }),
    footer,
  ]),
  'with parts in parts': multipart('mixed', 'outer', [
    multipart('related', 'inner', [multipart('alternative', 'in', [footer, text]), file('tides.pdf', 2 * mega)]),
    file('boats.pdf', 2 * mega, { letter: 'B' }),
    footer,
  ]),
  'with a message in it that has a file': multipart('mixed', 'b', [
    text,
    part('message/rfc822', `${head}${multipart('mixed', 'within', [text, file('tides.pdf', 3 * mega)])}`),
    file('boats.pdf', 2 * mega, { letter: 'B' }),
  ]),
  'that is a file alone': file('tides.pdf', 3 * mega),
  'whose file has no end': `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${text}--b\r\n${file('tides.pdf', 3 * mega)}`,
}

describe.skipIf(!hasDovecot)('A large message on Dovecot', () => {
  let server: Dovecot
  beforeAll(async () => {
    server = await startDovecot()
  })
  afterAll(() => server.stop())

  async function fetch(user: string, written: string): Promise<RawMessage> {
    server.deliver(user, written)
    return read(user, server.port, written.length)
  }

  async function read(userName: string, port: number, bytes: number): Promise<RawMessage> {
    const access = { host: '127.0.0.1', port, security: 'none', userName, password } as const
    const connection = await connectToMailbox(access, new AbortController().signal)
    try {
      await connection.open('INBOX')
      return (await connection.largeMessage(1, bytes, { isContentRead, omissionLine }))!
    } finally {
      connection.close()
    }
  }

  test.each(Object.entries(messages))('%s is the article of the whole', async (name, body) => {
    const whole = `${head}${body}`
    const { source, omission } = await fetch(name.replaceAll(' ', '-'), whole)
    const expected = await readItem(Buffer.from(whole), now)
    expect(await readItem(source, now, omission)).toEqual(expected)
  })

  test.each([
    ['with one file', 1],
    ['with text after its files', 2],
    ['with files that begin alike', 2],
    ['with parts in parts', 2],
    ['with a message in it that has a file', 4],
  ] as const)('%s holds no file', async (name, megabytes) => {
    const { source } = await fetch(`short-${name.replaceAll(' ', '-')}`, `${head}${messages[name]}`)
    expect(source.length).toBeLessThan(megabytes * mega)
  })

  test('whose structure its server does not live to tell is read whole the next time', async () => {
    const whole = `${head}${messages['with one file']}`
    server.deliver('deaf', whole)
    const relay = await startRelay(server.port)
    relay.breakAt('BODYSTRUCTURE')
    await expect(read('deaf', relay.port, whole.length)).rejects.toMatchObject({ failure: { reason: 'broken-off' } })
    expect((await read('deaf', relay.port, whole.length)).source.length).toBe(whole.length)
    await relay.close()
  })

  test('with a line in a file as stands in place of one has the file that it has', async () => {
    const forged = file('tides.pdf', 0, { start: `${omissionLine('a'.repeat(36), 9_000_000)}\r\n` })
    const whole = `${head}${multipart('mixed', 'b', [text, forged, file('boats.pdf', 2 * mega)])}`
    const { source, omission } = await fetch('forged', whole)
    expect(source.length).toBeLessThan(mega)
    expect(await readItem(source, now, omission)).toEqual(await readItem(Buffer.from(whole), now))
  })
})
