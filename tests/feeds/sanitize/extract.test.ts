import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tasks } from '../../../src-main/workers/tasks.ts'
import { corpora, filesEndingIn } from '../../support/corpora.ts'
import { secondsAtWork } from '../../support/work.ts'

const paragraph = 'The river rose through the night, and by the morning it stood in the lower streets of the town. '
const body = `<p>${paragraph.repeat(4)}</p><p>${paragraph.repeat(3)}</p>`

function extract(html: string | Uint8Array, contentType: string | null = 'text/html; charset=utf-8') {
  const bytes = typeof html === 'string' ? new TextEncoder().encode(html) : html
  return tasks.extractPage({ bytes, url: 'https://paper.example/news/flood', contentType })
}

test('the article is found among what surrounds it, sanitised, with title and author', async () => {
  const page = `<html lang="en"><head><title>Flood - The Paper</title><meta name="author" content="Ann Lee"></head><body>
    <nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
    <article><h1>Flood</h1>${body}<img src="placeholder.gif" data-src="river.jpg" onerror="x"><script>x</script></article>
    <aside>Subscribe now</aside></body></html>`
  const answer = await extract(page)
  if (!answer.ok) throw new Error(answer.failure.reason)
  expect(answer).toMatchObject({ title: 'Flood - The Paper', byline: 'Ann Lee' })
  expect(answer.text).toContain('The river rose')
  expect(answer.html).not.toMatch(/Subscribe|Sport|script|onerror/)
  expect(answer.media).toEqual(['https://paper.example/news/river.jpg'])
})

test('the charset may stand in the page alone, and its base address is believed', async () => {
  const page = `<html><head><base href="https://cdn.example/x/"><meta charset="iso-8859-1"><title>Caf\xe9</title></head>
    <body><article>${body}<p>${paragraph}Caf\xe9.</p><img src="a.jpg"></article></body></html>`
  const answer = await extract(
    Uint8Array.from(page, character => character.charCodeAt(0)),
    'text/html',
  )
  expect(answer).toMatchObject({ ok: true, title: 'Café', media: ['https://cdn.example/x/a.jpg'] })
})

test('the direction of the whole page stays with its article', async () => {
  const answer = await extract(`<html dir="rtl" lang="ar"><body><article>${body}</article></body></html>`)
  expect(answer.ok && answer.html).toMatch(/^<div dir="rtl" lang="ar">/)
})

test.each([
  ['nothing but the article', `<article>${body}</article>`],
  ['a head and no body', `<!doctype html><html><head><title>Flood</title></head>${body}</html>`],
  ['no root and no body', `<title>Flood</title><meta charset="utf-8">${body}`],
])('%s is page enough', async (_, page) => {
  const answer = await extract(page)
  expect(answer.ok && answer.text).toContain('The river rose')
})

test('a page without an address of its own is read like any other', async () => {
  const bytes = new TextEncoder().encode(body)
  expect(await tasks.extractPage({ bytes, url: '', contentType: 'text/html' })).toMatchObject({ ok: true })
})

test('a page that nests a hundred thousand deep takes no longer than another', async () => {
  const page = `<html><body>${'<div>'.repeat(100_000)}${body}`
  expect(await secondsAtWork(() => extract(page))).toBeLessThan(5)
})

test.each([
  ['an empty page', ''],
  ['a page that a script would fill', '<html><body><div id="root"></div><script>x</script></body></html>'],
  ['no page', '\u0000\u0001'],
])('%s holds no article', async (_, page) => expect(await extract(page)).toMatchObject({ ok: false }))

/** Of the whole corpus; all of it takes minutes. */
const sample = /(?:bbc-1|wikipedia|rtl-1|lwn-1|lazy-image-1|medium-1|qq|ietf-1)\/source\.html$/

describe.each(corpora('pages'))('of the pages $name', ({ folder, isWhole }) => {
  const pages = filesEndingIn('source.html', folder).filter(page => !isWhole || sample.test(page.replaceAll('\\', '/')))

  test.each(pages.map(page => [relative(folder, page), page]))(
    '%s: title and text',
    { timeout: 60_000 },
    async (_, page) => {
      const bytes = readFileSync(page)
      const answer = await tasks.extractPage({ bytes, url: 'http://fakehost/test/', contentType: null })
      const beside = (ending: string) => readFileSync(page.replace(/source\.html$/, ending), 'utf8')
      const { title, byline } = JSON.parse(beside('expected-metadata.json')) as { title: string; byline: string | null }
      expect(answer).toMatchObject({ ok: true, title, byline: (byline ?? '').replace(/\s+/g, ' ') })
      expect(answer.ok && similarity(answer.html, beside('expected.html'))).toBeGreaterThan(0.99)
    },
  )
})

/** F1 of the words of two pieces of HTML. */
function similarity(one: string, other: string): number {
  const [a, b] = [one, other].map(wordsOf) as [Map<string, number>, Map<string, number>]
  let common = 0
  for (const [word, count] of a) common += Math.min(count, b.get(word) ?? 0)
  return (2 * common) / (total(a) + total(b))
}

function wordsOf(html: string): Map<string, number> {
  const words = new Map<string, number>()
  for (const word of html.replace(/<[^>]*>|&[#\w]+;/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? [])
    words.set(word, (words.get(word) ?? 0) + 1)
  return words
}

function total(words: Map<string, number>): number {
  return [...words.values()].reduce((sum, count) => sum + count, 0)
}
