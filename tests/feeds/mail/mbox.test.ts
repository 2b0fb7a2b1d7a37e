/** Files of many messages, taken apart in pieces of any size. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MboxState, mboxStart, messageRanges, withoutMboxMarks } from '../../../src-main/feeds/mail/mbox.ts'
import { mailPool } from '../../support/mail.ts'

const pool = mailPool()

const file = [
  'From a@b.example Sat Jan  3 01:05:34 1996\nSubject: one\n\nFirst.\n>From here on it is quoted.\n\n',
  'From MAILER-DAEMON Sat Jan  3 01:05 1996\nSubject: two\n\nFrom the beginning, nothing.\n\nFrom 10:30 on.\n\n',
  'From - Sat Jan 03 01:05:34 1996\nSubject: three\n\n>>From twice.\n',
].join('')

async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function messagesOf(written: string, size: number): Promise<string[]> {
  const bytes = Buffer.from(written)
  const found: string[] = []
  for await (const { start, end } of messageRanges(piecesOf(bytes, size)))
    found.push(Buffer.from(withoutMboxMarks(bytes.subarray(start, end))).toString())
  return found
}

test.each([1, 2, 7, 41, 100_000])('its messages are found in pieces of %i bytes, as they were sent', async size => {
  expect(await messagesOf(file, size)).toEqual([
    'Subject: one\n\nFirst.\nFrom here on it is quoted.\n\n',
    'Subject: two\n\nFrom the beginning, nothing.\n\nFrom 10:30 on.\n\n',
    'Subject: three\n\n>From twice.\n',
  ])
})

test.each([3, 64, 100_000])('so they are where lines end in CRLF, in pieces of %i bytes', async size => {
  const found = await messagesOf(file.replaceAll('\n', '\r\n'), size)
  expect(found.map(one => /^Subject: (\w+)\r\n\r\n/.exec(one)?.[1])).toEqual(['one', 'two', 'three'])
})

test('a file of no messages has none, and a message alone is left as it is', async () => {
  expect(await messagesOf('', 10)).toEqual([])
  expect(await messagesOf('Dear reader,\n\nFrom me to you.\n', 10)).toEqual([])
  const alone = Buffer.from('Subject: x\n\n>From here on.\n')
  expect(withoutMboxMarks(alone)).toBe(alone)
})

test('one line of a hundred megabytes is read in pieces, and only its beginning is remembered', async () => {
  let state: MboxState = mboxStart
  const piece = new Uint8Array(1_000_000).fill(0x46)
  for (let at = 0; at < 100; at++) {
    const answer = await pool.run('splitMbox', { bytes: piece, state })
    if (!answer.ok) throw new Error(answer.failure.reason)
    expect(answer.starts).toEqual([])
    state = answer.state
  }
  expect(state.read).toBe(100_000_000)
  expect(state.line.length).toBeLessThanOrEqual(1_000)
})

describe('whatever the messages are', () => {
  const line = fc.oneof(fc.constantFrom('', 'From here', '>From a@b.example', 'x', 'F', '>'), fc.string())
  const text = fc.array(line, { maxLength: 8 }).map(lines => lines.join('\n').replaceAll('\r', ''))

  test('they come back as they were, from pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 90 }),
        async (all, size) => {
          const messages = all.map(one => `Subject: x\n\n${one}\n`)
          const quoted = messages.map(one => one.replace(/^>*From /gm, '>$&'))
          const written = quoted.map(one => `From a@b.example Sat Jan  3 01:05:34 1996\n${one}\n`).join('')
          expect(await messagesOf(written, size)).toEqual(messages.map(one => `${one}\n`))
        },
      ),
    )
  })
})
