/** What the headers of messages say: who wrote when and about what, of which newsletter it is, and how one leaves it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MailHead } from '../../../src-main/feeds/mail/message.ts'
import { headsOf, mailPool, message, now, utf8Message } from '../../support/mail.ts'

const pool = mailPool()

async function head(...lines: string[]): Promise<MailHead> {
  const [only] = await headsOf(pool, [message(...lines, '')])
  return only!
}

describe('the subject', () => {
  test.each([
    ['in encoded words', '=?utf-8?Q?Gr=C3=BC=C3=9Fe?= aus =?iso-8859-1?Q?K=F6ln?=', 'Grüße aus Köln'],
    ['broken within a letter', '=?utf-8?B?8J+Y?=\r\n =?utf-8?B?gCBoaQ==?=', '😀 hi'],
    ['in words that need no space between them', '=?utf-8?Q?one?= =?utf-8?Q?_two?=', 'one two'],
    ['of Japan', '=?iso-2022-jp?B?GyRCRnxLXDhsGyhC?=', '日本語'],
    ['in an unknown charset', '=?x-none?Q?plain?=', 'plain'],
    ['folded', 'one\r\n\ttwo\r\n  three', 'one two three'],
    ['with references of HTML', 'Tom &amp; Jerry', 'Tom & Jerry'],
    ['that would turn the line around', 'a\u202eb'.replace('\u202e', '=?utf-8?B?4oCu?='), 'ab'],
    ['that is empty', '', ''],
  ])('%s', async (_, written, read) => {
    expect((await head(`Subject: ${written}`, 'From: a@b.example')).subject).toBe(read)
  })

  test('in bytes that nobody encoded: UTF-8, what the message says of its text, or Western', async () => {
    const [utf8, western, cyrillic] = await headsOf(pool, [
      utf8Message('Subject: Grüße — ⚡', ''),
      message('Subject: Gr\xfc\xdfe', ''),
      message('Content-Type: text/plain; charset=koi8-r', 'Subject: \xf0\xd2\xc9\xd7\xc5\xd4', ''),
    ])
    expect([utf8, western, cyrillic].map(one => one?.subject)).toEqual(['Grüße — ⚡', 'Grüße', 'Привет'])
  })

  test('of two, the first counts', async () => {
    expect((await head('Subject: one', 'Subject: two')).subject).toBe('one')
  })
})

describe('the sender', () => {
  test.each([
    ['"Weekly, The" <News@Weekly.example>', 'Weekly, The', 'news@weekly.example'],
    ['=?utf-8?Q?Caf=C3=A9?= <c@cafe.example>', 'Café', 'c@cafe.example'],
    ['news@weekly.example (The Weekly)', 'The Weekly', 'news@weekly.example'],
    ['news@weekly.example', '', 'news@weekly.example'],
    ['"news@weekly.example" <news@weekly.example>', '', 'news@weekly.example'],
    ['Bank <bank@bank.example>, Other <other@other.example>', 'Bank', 'bank@bank.example'],
    ['Nobody', 'Nobody', ''],
    ['', '', ''],
  ])('%s', async (written, fromName, fromAddress) => {
    expect(await head(`From: ${written}`)).toMatchObject({
      fromName,
      fromAddress,
      senderKey: fromAddress === '' ? null : `from:${fromAddress}`,
    })
  })

  test('a carriage return alone brings no other field with it', async () => {
    const read = await head('Subject: hello\rList-Id: <evil.example>\rFrom: x@evil.example', 'From: a@b.example')
    expect(read).toMatchObject({ fromAddress: 'a@b.example', newsletter: null })
  })
})

describe('when it was sent', () => {
  const at = (...parts: [number, number, number, number]) => Date.UTC(...parts)
  test.each([
    ['by its date', ['Date: Fri, 27 Nov 2026 09:00:00 +0100 (CET)'], at(2026, 10, 27, 8)],
    ['by a date without seconds', ['Date: 27 Nov 2026 09:00 GMT'], at(2026, 10, 27, 9)],
    [
      'by the newest server, where the date is missing',
      ['Received: by b; Thu, 26 Nov 2026 10:00:00 +0000', 'Received: by a; Thu, 26 Nov 2026 09:00:00 +0000'],
      at(2026, 10, 26, 10),
    ],
    [
      'by the server, where the date is in the future',
      ['Date: Fri, 1 Jan 2027 00:00:00 +0000', 'Received: by a; Thu, 26 Nov 2026 09:00:00 +0000'],
      at(2026, 10, 26, 9),
    ],
    ['by a date of tomorrow, from another zone', ['Date: Sun, 29 Nov 2026 11:00:00 +0000'], at(2026, 10, 29, 11)],
    ['never, where all of it is nonsense', ['Date: yesterday', 'Received: by a; soon'], null],
    ['never by the clock of a computer that has none', ['Date: Thu, 1 Jan 1970 00:00:00 +0000'], null],
    ['never later than in a day', ['Date: Mon, 30 Nov 2026 00:00:00 +0000'], null],
  ])('%s', async (_, lines, sentAt) => {
    expect((await head(...lines)).sentAt).toBe(sentAt)
  })
})

describe('the newsletter', () => {
  const from = 'From: The Weekly <news@mail.weekly.example>'
  const leave = 'List-Unsubscribe: <https://click.sender.co.uk/u/1>'
  test.each([
    [
      'by List-Id',
      ['List-Id: The Weekly News <Weekly.News.example>', leave],
      'list:weekly.news.example',
      'The Weekly News',
    ],
    ['by List-Id in encoded words', ['List-Id: =?utf-8?Q?Caf=C3=A9?= <cafe.example>'], 'list:cafe.example', 'Café'],
    ['by a bare List-Id', ['List-Id: weekly.news.example'], 'list:weekly.news.example', 'The Weekly'],
    [
      'by a List-Id whose words a machine wrote',
      ['List-Id: 6f1e0a2b3c4d5e6f7a8b9c0dmc list <6f1e0a.12.list-id.mail.example>'],
      'list:6f1e0a.12.list-id.mail.example',
      'The Weekly',
    ],
    ['by the way out and the sender', [leave], 'unsub:sender.co.uk/news@mail.weekly.example', 'The Weekly'],
    [
      'by a way out by mail',
      ['List-Unsubscribe: <mailto:leave@lists.weekly.example>'],
      'unsub:weekly.example/news@mail.weekly.example',
      'The Weekly',
    ],
    ['by a mark of bulk mail', ['Precedence: bulk'], 'from:news@mail.weekly.example', 'The Weekly'],
    [
      'by the list that it is posted to',
      ['List-Post: <mailto:a@b.example>'],
      'from:news@mail.weekly.example',
      'The Weekly',
    ],
    [
      'of a forum that mails by itself',
      ['Auto-Submitted: auto-generated', leave],
      'unsub:sender.co.uk/news@mail.weekly.example',
      'The Weekly',
    ],
  ])('%s', async (_, lines, key, name) => {
    expect((await head(from, ...lines)).newsletter).toMatchObject({ key, name })
  })

  test.each([
    ['of one person', []],
    ['of somebody who is away', ['Precedence: bulk', 'Auto-Submitted: auto-replied']],
    ['of a machine', ['Precedence: bulk', 'Auto-Submitted: auto-generated']],
    ['that came back', ['Precedence: bulk', 'Content-Type: multipart/report; report-type=delivery-status; boundary=x']],
    ['with a List-Id that names nothing', ['List-Id: <>']],
    ['with a way out that is none', ['List-Unsubscribe: <javascript:alert(1)>']],
  ])('a message %s is none, and its sender can be chosen all the same', async (_, lines) => {
    expect(await head(from, ...lines)).toMatchObject({ newsletter: null, senderKey: 'from:news@mail.weekly.example' })
  })
})

describe('the way out', () => {
  const post = 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'
  test.each([
    [
      'by one click, where both are said',
      ['List-Unsubscribe: <mailto:u@list.example?subject=leave>, <https://list.example/u?id=1>', post],
      { httpUrl: 'https://list.example/u?id=1', mailto: 'mailto:u@list.example?subject=leave', isOneClick: true },
    ],
    [
      'by its page, without the second field',
      ['List-Unsubscribe: <https://list.example/u>'],
      { httpUrl: 'https://list.example/u', mailto: null, isOneClick: false },
    ],
    [
      'never by one click without encryption',
      ['List-Unsubscribe: <http://list.example/u>', post],
      { httpUrl: 'http://list.example/u', mailto: null, isOneClick: false },
    ],
    [
      'folded within its address',
      ['List-Unsubscribe: <https://list.example/u?a=1\r\n &b=2>', post],
      { httpUrl: 'https://list.example/u?a=1&b=2', mailto: null, isOneClick: true },
    ],
    [
      'by the encrypted one of two',
      ['List-Unsubscribe: <http://list.example/u>, <https://list.example/s>'],
      { httpUrl: 'https://list.example/s', mailto: null, isOneClick: false },
    ],
    [
      'without brackets',
      ['List-Unsubscribe: https://list.example/u'],
      { httpUrl: 'https://list.example/u', mailto: null, isOneClick: false },
    ],
    [
      'by mail that goes to nobody else, and has no header of its own',
      ['List-Unsubscribe: <mailto:u@list.example?cc=x@evil.example&subject=a%0d%0aBcc:%20y@evil.example>'],
      { httpUrl: null, mailto: 'mailto:u@list.example?subject=a%20Bcc%3A%20y%40evil.example', isOneClick: false },
    ],
    [
      'that leads into the own network',
      ['List-Unsubscribe: <https://192.168.1.1/reboot>, <https://router.local/>', post],
      null,
    ],
    ['that runs something', ['List-Unsubscribe: <javascript:alert(1)>, <data:text/html,x>', post], null],
    ['to several at once', ['List-Unsubscribe: <mailto:a@b.example,c@d.example>'], null],
    ['that is not there', [], null],
  ])('%s', async (_, lines, unsubscribe) => {
    expect((await head('From: a@b.example', ...lines)).unsubscribe).toEqual(unsubscribe)
  })
})

test('the Message-ID is read without its brackets, and without what stands beside it', async () => {
  expect((await head('Message-ID: <a.1@b.example> (added by a server)')).messageId).toBe('a.1@b.example')
  expect((await head('Message-ID: a.1@b.example')).messageId).toBe('a.1@b.example')
  expect((await head('Message-ID: <>')).messageId).toBeNull()
  expect((await head(`Message-ID: <${'a'.repeat(2_000)}@b.example>`)).messageId).toBeNull()
})

test('ten thousand heads are read in one call', async () => {
  const received = Array.from({ length: 40 }, (_, at) => `Received: from a${at}.example by b.example; Thu, 26 Nov 2026`)
  const heads = Array.from({ length: 10_000 }, (_, at) =>
    message(
      `Subject: =?utf-8?Q?no_${at}?=`,
      'From: News <n@list.example>',
      'List-Id: <n.list.example>',
      ...received,
      '',
    ),
  )
  const read = await headsOf(pool, heads)
  expect(read.map(({ subject }) => subject)).toEqual(heads.map((_, at) => `no ${at}`))
})

test('a head of five megabytes, or of a hundred thousand fields, is read as far as is sensible', async () => {
  const long = message(`Subject: hello`, `X-Long: ${'x'.repeat(5_000_000)}`, 'From: late@b.example', '')
  const many = message('Subject: hello', `${'a: b\r\n'.repeat(100_000)}From: late@b.example`, '')
  const read = await headsOf(pool, [long, many])
  expect(read.map(({ subject, fromAddress }) => [subject, fromAddress])).toEqual([
    ['hello', ''],
    ['hello', ''],
  ])
})

test('whatever the bytes are, a head comes of them, of one line in each field', { timeout: 60_000 }, async () => {
  const names = fc.constantFrom('Subject', 'From', 'Date', 'List-Id', 'List-Unsubscribe', 'Message-ID', 'Received')
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=?utf-8?B?/w==?=', '<', '>', '<>', '"', '\0', '\r'),
  )
  const lines = fc.array(fc.tuple(names, fc.array(value, { maxLength: 5 })), { maxLength: 8 })
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    lines.map(all => new Uint8Array(Buffer.from(all.map(([name, parts]) => `${name}: ${parts.join('')}\n`).join('')))),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { minLength: 20, maxLength: 50 }), async heads => {
      const read = await headsOf(pool, heads)
      expect(read.length).toBe(heads.length)
      for (const { subject, fromName, fromAddress, sentAt } of read) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not come through
        expect(`${subject}${fromName}${fromAddress}`).not.toMatch(/[\0-\x1f\x7f\u202e]/)
        expect(sentAt === null || sentAt <= now + 86_400_000).toBe(true)
      }
    }),
    { numRuns: 40 },
  )
})
