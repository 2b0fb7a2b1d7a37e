/** Messages that nobody sends but to do harm, or by mistake: each is read within the worker's limits, or refused with a reason. */

import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { attackMail } from '../../support/attack-mail.ts'
import { jsonLines } from '../../support/corpora.ts'
import { htmlOf, mailPool, message, now, readMail } from '../../support/mail.ts'

const pool = mailPool()
const head = ['From: a@b.example', 'Subject: Large', 'Date: Fri, 27 Nov 2026 09:00:00 +0100']
const megabyte = 1_000_000

function base64(bytes: number): string {
  return `${'QUJD'.repeat(19)}\r\n`.repeat(Math.floor((bytes * 4) / 3 / 76))
}

/** The bytes of a JPEG as far as anybody looks. */
function photograph(size: number): string {
  const bytes = Buffer.alloc(size, 7)
  bytes.set([0xff, 0xd8, 0xff, 0xe0])
  return bytes.toString('base64').replace(/.{76}/g, '$&\r\n')
}

function mixed(...parts: string[]): Uint8Array {
  const all = parts.map(part => `--m\r\n${part}\r\n`).join('')
  return message(...head, 'Content-Type: multipart/mixed; boundary=m', '', `${all}--m--`, '')
}

function related(html: string, ...pictures: string[]): Uint8Array {
  const parts = pictures.map(
    (picture, at) =>
      `Content-Type: image/jpeg\r\nContent-ID: <${at}>\r\nContent-Transfer-Encoding: base64\r\n\r\n${picture}`,
  )
  const all = [`Content-Type: text/html\r\n\r\n${html}`, ...parts].map(part => `--m\r\n${part}\r\n`).join('')
  return message(...head, 'Content-Type: multipart/related; boundary=m', '', `${all}--m--`, '')
}

const text = 'Content-Type: text/html\r\n\r\n<p>Words.</p>'
const file = (size: number) =>
  `Content-Type: application/zip; name=a.zip\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(size)}`

describe('large messages', () => {
  test('of 30 MB are read, with the size of what is attached', async () => {
    const bytes = mixed(text, file(22 * megabyte))
    expect(bytes.length).toBeGreaterThan(29 * megabyte)
    expect((await readMail(pool, bytes)).article.text).toBe('Words. Attachment a.zip (archive, 22.0 MB)')
  })

  test('of more are read from their beginning, and say so', async () => {
    const { article } = await readMail(pool, mixed(text, file(30 * megabyte)))
    expect(article.text).toMatch(/^Words\. The message is too long to be shown whole\. Attachment a\.zip/)
  })

  test.each([
    ['lines', 'A line of words that goes on to the margin.\r\n', 'text/plain', '8bit'],
    ['empty lines', '\r\n', 'text/plain', '8bit'],
    ['one line', 'x', 'text/plain', '8bit'],
    ['elements', '<p>A <b>word</b></p>', 'text/html', '8bit'],
    ['encoded lines', '<p>A w=C3=B6rd</p>=\r\n', 'text/html', 'quoted-printable'],
    ['encoded empty lines', '\r\n', 'text/html', 'quoted-printable'],
  ])('of 30 MB of %s are read as far as anybody would, and say so', async (_, piece, type, encoding) => {
    const body = piece.repeat((30 * megabyte) / piece.length)
    const lines = [...head, `Content-Type: ${type}; charset=utf-8`, `Content-Transfer-Encoding: ${encoding}`, '', body]
    const mail = await readMail(pool, message(...lines))
    expect(htmlOf(mail).length).toBeLessThan(3 * megabyte)
    expect(htmlOf(mail)).toContain('too long to be shown whole')
  })

  test.each([
    ['of more elements than a browser lays out', '<p>x</p>'.repeat(100_000), 'text/html'],
    ['of more letters than anybody reads', `<p>${'word '.repeat(500_000)}</p>`, 'text/html'],
    ['of more text than a novel has', 'word '.repeat(200_000), 'text/plain'],
  ])('%s say that they are not shown whole', async (_, body, type) => {
    const mail = await readMail(pool, message(...head, `Content-Type: ${type}`, '', body))
    expect(htmlOf(mail)).toContain('too long to be shown whole')
    expect(htmlOf(mail).length).toBeLessThan(3 * megabyte)
  })

  test('with a message in it that has a large file are read', async () => {
    const inner = `Subject: inner\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n${text}\r\n--i\r\n${file(15 * megabyte)}\r\n--i--`
    const { article } = await readMail(pool, mixed(`Content-Type: message/rfc822\r\n\r\n${inner}`))
    expect(article.text).toMatch(/^inner .*Words\. .*a\.zip \(archive, 15\.0 MB\)$/)
  })
})

describe('pictures within a message', () => {
  const pictures = async (bytes: Uint8Array) => {
    const mail = await readMail(pool, bytes)
    const { document } = parseHTML(`<!doctype html><html><body>${htmlOf(mail)}</body></html>`)
    return { mail, shown: [...document.querySelectorAll('img')].map(image => image.getAttribute('src')!.length) }
  }

  test('as large as a photograph are shown, and not named once more beside the text', async () => {
    const { mail, shown } = await pictures(related('<img src="cid:0" alt="A">', photograph(2 * megabyte)))
    expect(shown).toEqual([2_666_691])
    expect(mail.article.media).toEqual([])
  })

  test('larger ones are left out, and it is said', async () => {
    const { mail, shown } = await pictures(related('<img src="cid:0" alt="A">', photograph(2.4 * megabyte)))
    expect(shown).toEqual([])
    expect(mail.article.text).toBe('[Picture not shown: A]')
  })

  test('all of them together have a limit, however often one is shown', async () => {
    const { mail, shown } = await pictures(related('<img src="cid:0" alt="A">'.repeat(50), photograph(megabyte / 2)))
    expect(shown.length).toBe(5)
    expect(mail.article.text).toBe('[Picture not shown: A]'.repeat(45))
    expect(htmlOf(mail).length).toBeLessThan(5 * megabyte)
  })
})

describe('bombs', () => {
  const nested = (depth: number) =>
    Array.from(
      { length: depth },
      (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary=b${at + 1}\r\n\r\n`,
    ).join('')
  const outer = [...head, 'Content-Type: multipart/mixed; boundary=b0', '']

  test.each([
    ['of 10,000 parts', message(...outer, '--b0\r\n\r\nx\r\n'.repeat(10_000)), 'more than 1,000 parts'],
    ['of parts 2,000 deep', message(...outer, nested(2_000)), 'deeper than 50'],
    ['of headers', message(...head, `X: ${'x'.repeat(2 * megabyte)}`, '', 'x'), 'headers'],
    [
      'of parts within messages',
      mixed(
        ...Array(40).fill(
          `Content-Type: message/rfc822\r\n\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n${'--i\r\n\r\nx\r\n'.repeat(40)}--i--`,
        ),
      ),
      'more than 1,000 parts',
    ],
  ])('%s are refused', async (_, bytes, detail) => {
    const answer = await pool.run('readMail', { bytes, now })
    expect(answer).toEqual({ ok: false, failure: { reason: 'unsafe', detail: expect.stringContaining(detail) } })
  })

  test('of fewer parts are read: 900, and 45 deep', async () => {
    expect((await readMail(pool, mixed(...Array(900).fill('\r\nword')))).article.text).toMatch(/^(?:word ?){900}$/)
    expect((await readMail(pool, message(...outer, `${nested(45)}--b45\r\n\r\nword`))).article.text).toBe('word')
  })

  test('of messages within messages are listed from the sixth on', async () => {
    const deep = 'Content-Type: message/rfc822\r\n\r\nSubject: x\r\n'.repeat(500)
    const { article } = await readMail(pool, message(...head, `${deep}\r\nend`))
    expect(article.text).toMatch(/^(?:x ){5}Attachment without a name \(message, \d+ kB\)$/)
  })

  test.each([
    ['tables', '<table><tr><td>'.repeat(50_000)],
    ['blocks', '<div>'.repeat(300_000)],
    ['comments that nobody closed', '<!--'.repeat(400_000)],
    ['stylesheets that nobody closed', '<style>a{'.repeat(200_000)],
    ['rules', `<style>${'.a{display:none}'.repeat(12_000)}</style>`],
    ['links to the web page', '<p><a href="https://a.example/">View in browser</a></p>'.repeat(30_000)],
    ['letters without breadth', `<p>${'\u200c\u00a0'.repeat(300_000)}</p>`],
    ['encoded words', `</p>${'=?utf-8?B?'.repeat(90_000)}`],
  ])('of %s are read in time', async (_, html) => {
    const bytes = new Uint8Array(
      Buffer.from([...head, 'Content-Type: text/html; charset=utf-8', '', html, '<p>end</p>'].join('\r\n')),
    )
    expect(await pool.run('readMail', { bytes, now })).toMatchObject({ ok: true })
  })
})

test('a text that is quoted ten thousand times is quoted ten times', async () => {
  const mail = await readMail(pool, message(...head, '', `${'>'.repeat(10_000)} deep`))
  expect(htmlOf(mail).match(/<blockquote>/g)).toHaveLength(10)
})

/** What no article may hold, as for the window. */
const forbidden =
  'script, style, link, meta, base, iframe, frame, object, embed, form, input, button, select, textarea, svg, template, [style], [class], [name], [srcdoc], [background], [id]:not([id^="article-"])'

function acting(html: string): string[] {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  return [...document.body.querySelectorAll('*')].flatMap(element => {
    const acts = [...element.attributes].some(
      ({ name, value }) =>
        /^on/.test(name) ||
        (/^(?:href|src|poster)$/.test(name) && /^\s*(?:javascript|vbscript|file|cid|data:(?!image))/i.test(value)),
    )
    return acts || element.matches(forbidden) ? [element.outerHTML.slice(0, 200)] : []
  })
}

const attacks = jsonLines<{ id: string; html: string }>(
  fileURLToPath(new URL('../../fixtures/attacks.jsonl', import.meta.url)),
)

test.each(attacks)('the attack $id, in every place of a message, leaves nothing that acts', async ({ html }) => {
  expect(acting(htmlOf(await readMail(pool, attackMail(html))))).toEqual([])
})

test('whatever a message is, it is read or refused, and nothing in it acts', { timeout: 90_000 }, async () => {
  const lines = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...['--b', '--b--', '--bb', '', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: text/html'],
      ),
      fc.constantFrom(
        ...[
          'Content-Type: message/rfc822',
          'Content-Transfer-Encoding: base64',
          'Content-Type: multipart/alternative; boundary=bb',
        ],
      ),
      fc.constantFrom(
        ...[
          'Content-Type: image/png',
          'Content-ID: <a>',
          '<img src="cid:a">',
          '<table><tr><td>',
          '</table>',
          '<style>',
          '>> x',
        ],
      ),
      fc.constantFrom(...attacks.map(({ html }) => html)),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 40 },
  )
  await fc.assert(
    fc.asyncProperty(lines, async all => {
      const bytes = new Uint8Array(Buffer.from(['From: a@b.example', ...all].join('\n')))
      const answer = await pool.run('readMail', { bytes, now })
      if (answer.ok) expect(acting(htmlOf(answer.mail))).toEqual([])
      else expect(answer.failure.reason).toBe('unsafe')
    }),
    { numRuns: 300 },
  )
})
