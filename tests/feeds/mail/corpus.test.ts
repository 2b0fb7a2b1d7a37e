/** Messages of our own making (tests/fixtures/mail): each is read as the sender meant it, or harms nobody. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { mailPool, now } from '../../support/mail.ts'
import { projectRoot } from '../../support/sources.ts'

type Expected = {
  /** The reason of a failure; nothing else is expected then. */
  failure?: string
  subject?: string
  title?: string
  author?: string
  sender?: string
  /** Of the newsletter: its key and name. */
  key?: string | null
  name?: string
  url?: string | null
  guid?: string
  sentAt?: string
  isSealed?: 'smime' | 'pgp' | null
  /** What the summary begins with. */
  summary?: string
  /** Parts of the text, in this order; and what must not be in it. */
  text?: string[]
  without?: string[]
  /** Parts of the HTML; and what must not be in it. */
  html?: string[]
  notHtml?: string[]
  /** The addresses of its pictures, all of them, in order; `data:` ones up to their type. */
  pictures?: string[]
  /** Where some of its links lead. */
  links?: string[]
  tables?: number
}

const folder = join(projectRoot, 'tests', 'fixtures', 'mail')
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>
const pool = mailPool()

test('of each message it is said what is expected', () => {
  const names = readdirSync(folder).flatMap(name => (name.endsWith('.eml') ? [name.slice(0, -4)] : []))
  expect(names.length).toBeGreaterThanOrEqual(60)
  expect(names.sort()).toEqual(Object.keys(expected).sort())
})

describe.each(Object.entries(expected))('%s', (name, wanted) => {
  test('is read as it is meant', async () => {
    const bytes = new Uint8Array(readFileSync(join(folder, `${name}.eml`)))
    const answer = await pool.run('readMail', { bytes, now })
    if (!answer.ok || wanted.failure) {
      expect(answer.ok ? null : answer.failure.reason).toBe(wanted.failure)
      return
    }
    const { head, article, isSealed } = answer.mail
    const html = article.html as string
    const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
    const pictures = [...document.querySelectorAll('img')].map(image => shortened(image.getAttribute('src') ?? ''))
    const links = [...document.querySelectorAll('a')].map(link => link.getAttribute('href') ?? '')
    const read = {
      subject: head.subject,
      title: article.title,
      author: article.author,
      sender: head.fromAddress,
      key: head.newsletter?.key ?? null,
      name: head.newsletter?.name,
      url: article.url,
      guid: article.guid,
      sentAt: head.sentAt === null ? null : new Date(head.sentAt).toISOString(),
      isSealed,
      pictures,
      tables: document.querySelectorAll('table').length,
    }
    const {
      summary,
      text = [],
      without = [],
      html: parts = [],
      notHtml = [],
      links: led = [],
      failure,
      ...plain
    } = wanted
    expect(read).toMatchObject(plain)
    expect(inOrder(article.text as string, text)).toEqual(text)
    expect(without.filter(words => `${article.text}${article.summary}`.includes(words))).toEqual([])
    expect(parts.filter(part => !html.includes(part))).toEqual([])
    expect(notHtml.filter(part => html.includes(part))).toEqual([])
    expect(led.filter(link => !links.includes(link))).toEqual([])
    if (summary !== undefined) expect(article.summary.slice(0, summary.length)).toBe(summary)
  })
})

function shortened(address: string): string {
  return address.startsWith('data:') ? address.slice(0, address.indexOf(';')) : address
}

/** Those that are in a text, each after the one before it. */
function inOrder(text: string, parts: string[]): string[] {
  let from = 0
  return parts.filter(part => {
    const at = text.indexOf(part, from)
    if (at >= 0) from = at + part.length
    return at >= 0
  })
}
