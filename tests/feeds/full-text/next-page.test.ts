import { expect, test } from 'vitest'
import type { ExtractedPage } from '../../../src-main/feeds/documents.ts'
import { joinPages } from '../../../src-main/feeds/full-text/join-pages.ts'
import { nextPageAddress } from '../../../src-main/feeds/full-text/next-page.ts'
import { parsePage } from '../../../src-main/feeds/full-text/page.ts'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'

const first = 'https://paper.example/news/flood'
const next = (html: string, url = first, number = 1) => nextPageAddress(parsePage(html), url, number)

test.each([
  ['named in the head', `<link rel="next" href="${first}?page=2">`, `${first}?page=2`],
  ['a number', '<a href="/news/flood/2">2</a>', `${first}/2`],
  ['a word', '<a href="/news/flood/page/2/">Next page »</a>', `${first}/page/2/`],
  ['a word in German', '<a href="flood?seite=2#text">Weiter</a>', `${first}?seite=2`],
  ['an arrow', '<a href="/news/flood?p=2">›</a>', `${first}?p=2`],
])('the next page is where a link with the next number leads: %s', (_, html, address) => {
  expect(next(html)).toBe(address)
})

test.each([
  ['the post that was written next', '<link rel="next" href="https://paper.example/news/drought">'],
  ['the second page of comments', '<div id="comments"><a rel="next" href="/news/flood?page=2">2</a></div>'],
  ['the page after the next one', '<a href="/news/flood?page=3">3</a>'],
  ['another site', '<a rel="next" href="https://other.example/news/flood?page=2">2</a>'],
  ['a link in the text', '<a href="/news/flood/2">The second of the floods was worse</a>'],
])('%s is not', (_, html) => {
  expect(next(html)).toBeNull()
})

test('later pages count on, and names of files with a number are understood', () => {
  expect(next('<a href="?page=2">2</a><a href="?page=3">3</a>', `${first}?page=2`, 2)).toBe(`${first}?page=3`)
  expect(next('<a href="flood-2.html">2</a>', `${first}.html`)).toBe(`${first}-2.html`)
  expect(next('<a href="flood-3.html">3</a>', `${first}-2.html`, 2)).toBe(`${first}-3.html`)
})

test('an article whose own address ends with a number leads to no other', () => {
  expect(next('<a rel="next" href="/comic/13">Next</a>', 'https://paper.example/comic/12')).toBeNull()
  expect(next('<a href="/comic/2">2</a>', 'https://paper.example/comic/12')).toBeNull()
})

const pageOf = (html: string): ExtractedPage => {
  const sanitized = sanitizeHtml(html, { base: first })
  return { ok: true, ...sanitized, title: 'Flood', byline: 'Ann Lee', nextPage: null, canonical: null }
}

test('pages are joined in order, with all that is to be found and shown', () => {
  const whole = joinPages([
    pageOf('<p>One</p><img src="a.jpg">'),
    pageOf('<p>Two</p><img src="b.jpg"><img src="a.jpg">'),
  ])
  expect(whole).toMatchObject({ title: 'Flood', text: 'One Two' })
  expect(whole.html).toMatch(/One.*Two/s)
  expect(whole.media.map(address => address.slice(-5))).toEqual(['a.jpg', 'b.jpg'])
})

test('footnotes of joined pages lead to their own page, and not to those of the first', () => {
  const note = (words: string) => `<p><a href="#n1">1</a></p><p id="n1">${words}</p>`
  const { html } = joinPages([pageOf(note('First')), pageOf(note('Second'))])
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(targets).size).toBe(2)
  expect(html).toMatch(new RegExp(`<p id="${targets[0]}">First`))
  expect(html).toMatch(new RegExp(`<p id="${targets[1]}">Second`))
  expect(sanitizeHtml(html, { base: first }).html).toContain('Second')
})

test('a server that takes no notice of the number gives its page once, and no article has more than five', () => {
  expect(joinPages([pageOf('<p>One</p>'), pageOf('<p>One</p>')]).text).toBe('One')
  const many = Array.from({ length: 9 }, (_, at) => pageOf(`<p>${at}</p>`))
  expect(joinPages(many).text).toBe('0 1 2 3 4')
})
