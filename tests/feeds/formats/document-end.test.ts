import { expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import type { ParseResult } from '../../../src-main/feeds/parsed.ts'

const url = 'https://news.example/feeds/all.xml'

function parse(text: string): ParseResult {
  return parseFeed(text, { url, contentType: null })
}

function rss(inner: string): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel>${inner}</channel></rss>`
}

function atom(inner: string): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">${inner}</feed>`
}

test.each<[string, string, string]>([
  ['in the middle of a text', 'Some', 'inside-item'],
  ['behind an item', '</item>', 'between-items'],
  ['behind the channel', '</channel>', 'closed'],
  ['in the end tag of the channel', '</chan', 'closed'],
  ['at its end', '</rss>', 'closed'],
])('a text that ends %s: %s is the last of it', (_name, last, end) => {
  const text = rss('<item><title>One</title></item><item><title>Two</title><description>Some</description></item>')
  const cut = text.slice(0, text.lastIndexOf(last) + last.length)
  expect(parse(cut)).toMatchObject({ ok: true, end })
  const whole = parseFeed(cut, { url, contentType: null, onlyWholeItems: true })
  expect(whole.ok && whole.feed.items.length).toBe(end === 'inside-item' ? 1 : 2)
})

test('a feed whose end is there has not broken off, whatever is open before it', () => {
  for (const item of [
    '<item><title>One',
    '<item><description><![CDATA[x</description></item>',
    '<item><!-- x',
    '<link>',
  ]) {
    expect(parse(rss(item))).toMatchObject({ ok: true, end: 'closed' })
  }
  expect(parse(atom('<entry><title>One</title></entry>').replace('</feed>', ''))).toMatchObject({
    end: 'between-items',
  })
  expect(parse('<rss version="2.0"/>')).toMatchObject({ end: 'closed' })
})
