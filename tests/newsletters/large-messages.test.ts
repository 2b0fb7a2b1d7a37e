/** Large messages from a real server: the files in them are not fetched, and the article is that of the whole message. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readItem } from '../../src-main/feeds/mail/article.ts'
import { isContentRead, omissionLine } from '../../src-main/feeds/mail/message.ts'
import { connectToMailbox, type MailConnection, type RawMessage } from '../../src-main/newsletters/imap/connection.ts'
import {
  pieceBytes,
  type Questions,
  readLargeMessage,
  type Structure,
} from '../../src-main/newsletters/imap/large-message.ts'
import { type Dovecot, hasDovecot, password, startDovecot } from '../support/dovecot.ts'
import { startRelay } from '../support/relay.ts'

const omissions = { isContentRead, omissionLine }
const now = Date.UTC(2026, 10, 28)
const head =
  'From: Ann <ann@harbour.example>\r\nSubject: The tide\r\nMessage-ID: <1@harbour.example>\r\nMIME-Version: 1.0\r\n'
const text = part('text/html; charset=utf-8', '<p>The tide came in at noon.</p>')
const footer = part('text/plain; charset=utf-8', 'You are on the list of the harbour.')

function part(type: string, body: string, more = ''): string {
  return `Content-Type: ${type}\r\n${more}\r\n${body}\r\n`
}

/** Of about so many bytes in base64, each of its own letter but for `start`; `width`: letters of a line. */
function file(name: string, bytes: number, { letter = 'A', start = '', more = '', width = 76 } = {}): string {
  const body = `${start}${`${letter.repeat(width)}\r\n`.repeat(bytes / (width + 2))}`
  const disposition = `Content-Disposition: attachment; filename="${name}"\r\n`
  return part(`application/pdf; name="${name}"`, body, `${disposition}Content-Transfer-Encoding: base64\r\n${more}`)
}

/** A PNG by its first bytes, of about so many bytes in base64. */
function picture(id: string, bytes: number): string {
  const body = `iVBORw0KGgo${'A'.repeat(65)}\r\n${`${'A'.repeat(76)}\r\n`.repeat(bytes / 78)}`
  return part('image/png', body, `Content-ID: <${id}>\r\nContent-Transfer-Encoding: base64\r\n`)
}

/** A message as a part of another: what its head says of its own body, and its body. */
function asPart(message: string): string {
  const end = message.indexOf('\r\n\r\n')
  const fields = message.slice(0, Math.max(end, 0)).split(/\r\n(?![ \t])/)
  return [...fields.filter(field => /^content-/i.test(field)), '', message.slice(end + 4), ''].join('\r\n')
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
  'with a file in lines of 60 letters': multipart('mixed', 'b', [text, file('tides.pdf', 20_000_000, { width: 60 })]),
  'with a file in one line': multipart('mixed', 'b', [text, file('tides.pdf', 20_000_000, { width: 19_999_996 })]),
  'with a table that is not encoded': multipart('mixed', 'b', [
    text,
    part('text/csv', '11:05,2.41\r\n'.repeat(250_000), 'Content-Disposition: attachment; filename="tides.csv"\r\n'),
  ]),
  'with parts forty deep': Array.from({ length: 40 }, (_, at) => `deep${at}x`).reduceRight(
    (within, boundary) => multipart('mixed', boundary, [within]),
    multipart('mixed', 'b', [text, file('tides.pdf', 3 * mega)]),
  ),
  'with a picture in its text': multipart('related', 'b', [
    part('text/html; charset=utf-8', '<p>The tide: <img src="cid:tide" alt="The tide"></p>'),
    picture('tide', 1_800_000),
    file('tides.pdf', 3 * mega, { letter: 'B' }),
  ]),
  'with a picture too large for its text': multipart('related', 'b', [
    part('text/html; charset=utf-8', '<p>The tide: <img src="cid:tide" alt="The tide"></p>'),
    picture('tide', 4_500_000),
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

  async function fetch(user: string, written: string | Uint8Array): Promise<RawMessage> {
    server.deliver(user, written)
    return read(user, server.port, written.length)
  }

  async function read(user: string, port: number, bytes: number): Promise<RawMessage> {
    return connected(user, port, async connection => (await connection.largeMessage(1, bytes, omissions))!)
  }

  async function connected<Answer>(
    userName: string,
    port: number,
    ask: (connection: MailConnection) => Promise<Answer>,
  ): Promise<Answer> {
    const access = { host: '127.0.0.1', port, security: 'none', userName, password } as const
    const connection = await connectToMailbox(access, new AbortController().signal)
    try {
      await connection.open('INBOX')
      return await ask(connection)
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
    ['with a file in one line', 1],
    ['with a table that is not encoded', 1],
    ['with a picture in its text', 3],
    ['with a message in it that has a file', 4],
  ] as const)('%s holds no file', async (name, megabytes) => {
    const { source } = await fetch(`short-${name.replaceAll(' ', '-')}`, `${head}${messages[name]}`)
    expect(source.length).toBeLessThan(megabytes * mega)
  })

  test('that has any message of the corpus before its file is the article of the whole', async () => {
    const folder = join(import.meta.dirname, '../fixtures/mail')
    const wholes = new Map<string, Uint8Array>()
    for (const name of readdirSync(folder).filter(one => one.endsWith('.eml'))) {
      const given = readFileSync(join(folder, name), 'latin1').replace(/\r?\n/g, '\r\n')
      const parts = [asPart(given), file('tides.pdf', 1.1 * mega, { letter: 'B' })]
      const written = Buffer.from(`X-Name: ${name}\r\n${head}${multipart('mixed', 'whole', parts)}`, 'latin1')
      server.deliver('corpus', written)
      // No IMAP server sends bytes of zero (RFC 9051, 4.3); Dovecot sends these in their place.
      wholes.set(
        name,
        written.map(byte => byte || 0x80),
      )
    }
    const different = new Set(wholes.keys())
    await connected('corpus', server.port, async connection => {
      for (let uid = 1; uid <= wholes.size; uid++) {
        const { source, omission } = (await connection.largeMessage(uid, 2 * mega, omissions))!
        const name = /X-Name: (\S+)/.exec(Buffer.from(source).toString('latin1'))![1]!
        const whole = await readItem(wholes.get(name)!, now)
        if (isDeepStrictEqual(await readItem(source, now, omission), whole)) different.delete(name)
      }
    })
    expect([...different]).toEqual([])
  })

  test('of 30 MB is fetched for its text and its picture, and not for its file', async () => {
    const whole = `${head}${multipart('related', 'b', [text, picture('tide', 300_000), file('tides.pdf', 30_000_000, { letter: 'B' })])}`
    server.deliver('heavy', whole)
    const relay = await startRelay(server.port)
    await read('heavy', relay.port, whole.length)
    expect(relay.received()).toBeLessThan(2 * mega)
    await relay.close()
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
    const forged = file('tides.pdf', 0, {
      start: `${omissionLine('a'.repeat(36), { bytes: 9_000_000, lineEnds: 0 })}\r\n`,
    })
    const whole = `${head}${multipart('mixed', 'b', [text, forged, file('boats.pdf', 2 * mega)])}`
    const { source, omission } = await fetch('forged', whole)
    expect(source.length).toBeLessThan(mega)
    expect(await readItem(source, now, omission)).toEqual(await readItem(Buffer.from(whole), now))
  })
})

describe('A large message whose structure is not that of the message', () => {
  const whole = Buffer.from(`${head}${messages['with text after its files']}`)
  const pdf = { part: '2', type: 'application/pdf', disposition: 'attachment', size: 3 * mega }
  const start = whole.indexOf('AAAA')

  /** As a server would answer that says this of the message. */
  function questionsOf(structure: Structure | null): Questions & { asked(): number } {
    let asked = 0
    return {
      asked: () => asked,
      structure: async () => structure,
      async starts(parts, bytes) {
        if (parts.length > 50) throw new Error('Too long a command')
        return new Map(parts.map(one => [one, whole.subarray(start, start + bytes)]))
      },
      async piece(at) {
        if (!Number.isSafeInteger(at)) throw new Error('No number')
        asked++
        return Buffer.from(whole.subarray(at, at + pieceBytes))
      },
    }
  }

  const mixed = (childNodes: Structure[]): Structure => ({
    type: 'multipart/mixed',
    parameters: { boundary: 'b' },
    childNodes,
  })

  test.each([
    ['is not told', null],
    ['says another size', mixed([{ ...pdf, size: 3 * mega + 1 }])],
    ['says a size beyond the end', mixed([{ ...pdf, size: 30 * mega }])],
    ['says a size below nothing', mixed([{ ...pdf, size: -3 * mega }])],
    ['says no number', mixed([{ ...pdf, size: Number.NaN }])],
    ['says a size without end', mixed([{ ...pdf, size: Number.POSITIVE_INFINITY }])],
    ['says another boundary', { ...mixed([pdf]), parameters: { boundary: 'c' } }],
    [
      'has a thousand files',
      mixed(Array.from({ length: 1_000 }, (_, at) => ({ ...pdf, part: `${at}`, size: 2 * mega }))),
    ],
    ['is deeper than messages are', Array.from({ length: 5_000 }).reduce<Structure>(one => mixed([one]), mixed([pdf]))],
  ])('is read whole where it %s', async (_, structure) => {
    const questions = questionsOf(structure)
    const read = await readLargeMessage(questions, { bytes: whole.length, mostBytes: 40_000_000 }, omissions)
    expect(read.kind === 'read' && whole.equals(read.source) && read.omission === null).toBe(true)
    expect(questions.asked()).toBeLessThan((2 * whole.length) / pieceBytes + 2)
  })
})
