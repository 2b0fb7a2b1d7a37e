/** What an article says: what is hidden is not said, what is there twice is said once, and links lead where they were meant to. */
import { describe, expect, test } from 'vitest'
import { sanitizeHtml, shownText } from '../../../src-main/feeds/sanitize/sanitize.ts'

const base = 'https://paper.example/news/today'
const clean = (html: string, at = base) => sanitizeHtml(html, { base: at }).html
const text = (html: string) => sanitizeHtml(html, { base }).text
const outside = 'rel="noopener noreferrer nofollow" target="_blank"'

describe('hidden', () => {
  test.each([
    ['by attribute', '<p>a</p><p hidden>b</p>'],
    ['by an attribute with a value', '<p>a</p><p hidden="hidden">b</p>'],
    ['by style', '<p>a</p><div style="display:none"><p>b</p></div>'],
    ['by style, loudly', '<p>a</p><div style="color:red; DISPLAY : none !important"><p>b</p></div>'],
    ['by the later of two styles', '<p>a</p><p style="display:block;display:none">b</p>'],
    ['as invisible', '<p>a</p><span style="visibility: hidden">b</span>'],
    ['as a dialog that is closed', '<p>a</p><dialog>b</dialog>'],
    ['in a tag of no name', '<p>a</p><x-note hidden>b</x-note>'],
    ['with an image', '<p>a</p><div hidden><img src="/b.png">b</div>'],
  ])('%s: neither shown nor indexed', (_, html) => {
    expect(sanitizeHtml(html, { base })).toMatchObject({ html: '<p>a</p>', text: 'a', media: [] })
  })

  test.each([
    ['until it is searched for', '<p hidden="until-found">a</p>'],
    ['until it fades in', '<p style="opacity: 0">a</p>'],
    ['until a script shows it on scrolling', '<p class="wow fadeIn" style="visibility:hidden">a</p>'],
    ['by the earlier of two styles', '<p style="display:none;display:block">a</p>'],
    ['in a closed part that a click opens', '<details><summary>a</summary></details>'],
    ['from screen readers only, as ornaments are', '<p aria-hidden="true">a</p>'],
  ])('not hidden: %s', (_, html) => expect(text(html)).toBe('a'))

  test('what is hidden is still a mark of the article, by which it is known again', () => {
    expect(sanitizeHtml('<p>a</p><p hidden>b</p>', { base }).textWithHidden?.trim()).toMatch(/^a\s+b$/)
    expect(sanitizeHtml('<p>a</p>', { base }).textWithHidden).toBeUndefined()
  })

  test('an image that a script fills in stays, though it and what is around it wait hidden', () => {
    expect(clean('<div style="display:none"><img data-src="/a.jpg" style="display:none"></div>')).toContain(
      'https://paper.example/a.jpg',
    )
    expect(clean('<img aria-hidden="true" src="/a.jpg">')).toContain('https://paper.example/a.jpg')
  })

  test('an article that is nothing but hidden is shown: better than an empty one', () => {
    expect(text('<div style="display:none"><p>all of it</p></div>')).toBe('all of it')
  })

  test('the words of a summary are those that are seen', () => {
    expect(shownText('<span style="display:none">Preview</span>Said &amp; done')).toBe('Said & done')
  })
})

describe('a formula is shown once, as MathML', () => {
  const formula = '<math><mi>E</mi></math>'
  test.each([
    [
      'KaTeX',
      `<span class="katex"><span class="katex-mathml">${formula}</span><span class="katex-html" aria-hidden="true"><span>E</span></span></span>`,
    ],
    [
      'KaTeX, set apart',
      `<span class="katex-display"><span class="katex"><span class="katex-mathml">${formula}</span><span class="katex-html" aria-hidden="true">E</span></span></span>`,
    ],
    [
      'MathJax 3',
      `<mjx-container><mjx-math aria-hidden="true"><mjx-mi>E</mjx-mi></mjx-math><mjx-assistive-mml>${formula}</mjx-assistive-mml></mjx-container>`,
    ],
    [
      'MathJax 2',
      `<span class="MathJax"><nobr aria-hidden="true"><span>E</span></nobr><span class="MJX_Assistive_MathML">${formula}</span></span>`,
    ],
    [
      'Wikipedia',
      `<span class="mwe-math-element"><span style="display: none;">${formula}</span><img src="/e.svg" aria-hidden="true" alt="E"></span>`,
    ],
    [
      'a picture beside MathML that is hidden',
      `<span><span style="display:none">${formula}</span><img src="/e.png" alt="E"></span>`,
    ],
    ['with its prefix of XML', '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>E</m:mi></m:math>'],
  ])('%s', (_, html) => {
    const { html: shown, text, media } = sanitizeHtml(`<p>a ${html} b</p>`, { base })
    expect([shown.replace(/<\/?span>/g, ''), text, media]).toEqual([`<p>a ${formula} b</p>`, 'a E b', []])
  })

  test('what stands beside a formula with words of its own is no double', () => {
    expect(text(`<p>See ${formula} <i aria-hidden="true">★</i></p>`)).toBe('See E ★')
    expect(text('<span class="katex"><span class="katex-html" aria-hidden="true">E</span></span>')).toBe('E')
    expect(text('<span><math></math><span aria-hidden="true">E</span></span>')).toBe('E')
  })
})

describe('links within the article', () => {
  const note = '<a href="#article-1">1</a><p id="article-1">note</p>'
  test.each([
    ['bare', '<a href="#n">1</a><p id="n">note</p>'],
    ['with the address of the article', `<a href="${base}#n">1</a><p id="n">note</p>`],
    ['with http, www and a slash', '<a href="http://www.paper.example/news/today/#n">1</a><p id="n">note</p>'],
    ['relative', '<a href="today#n">1</a><p id="n">note</p>'],
    ['with tracking', `<a href="${base}?utm_source=rss#n">1</a><p id="n">note</p>`],
    ['with a colon', '<a href="#fn:1">1</a><p id="fn:1">note</p>'],
    ['percent-encoded', '<a href="#%C3%BC%20b">1</a><p id="ü b">note</p>'],
    ['as a site prefixes what its readers write', '<a href="#n">1</a><p id="user-content-n">note</p>'],
  ])('%s', (_, html) => {
    expect(clean(html)).toBe(note)
    expect(clean(clean(html))).toBe(note)
  })

  test('a place without a link of its own, a name, a doubled id, and the way back', () => {
    expect(clean('<a href="#n">1</a><a name="n"></a>note')).toBe(
      '<a href="#article-1">1</a><span id="article-1"></span>note',
    )
    expect(clean('<a href="#n">1</a><p id="n">a</p><p id="n">b</p>')).toBe(
      '<a href="#article-1">1</a><p id="article-1">a</p><p>b</p>',
    )
    expect(clean('<sup id="r"><a href="#n">1</a></sup><p id="n">a <a href="#r">back</a></p>')).toBe(
      '<sup id="article-1"><a href="#article-2">1</a></sup><p id="article-2">a <a href="#article-1">back</a></p>',
    )
  })

  test.each([
    ['no such place', '<a href="#m">1</a><p id="n">a</p>', '1<p>a</p>'],
    ['no fragment', '<a href="#">1</a>', '1'],
    ['a place that is hidden', '<a href="#n">1</a><p hidden id="n">a</p>', '1'],
    ['no such place, at the article', '<a href="/news/today#m">1</a>', `<a href="${base}#m" ${outside}>1</a>`],
    [
      'a place on another page',
      '<a href="/news/other#n">1</a><p id="n">a</p>',
      `<a href="https://paper.example/news/other#n" ${outside}>1</a><p>a</p>`,
    ],
    ['a place nobody links to', '<p id="body">a</p>', '<p>a</p>'],
    ['a place in a comment', '<!-- <b id="n"> --><a href="#n">1</a> b', '1 b'],
    ['a place in what goes whole', '<script>x = \'<b id="n">\'</script><a href="#n">1</a> b', '1 b'],
    ['a place as a name of what is no link', '<a href="#n">1</a> <p name="n">b</p>', '1 <p>b</p>'],
    [
      'a place with a reference in its name',
      '<a href="#a&amp;b">1</a> <b id="a&amp;b">c</b>',
      '<a href="#article-1">1</a> <b id="article-1">c</b>',
    ],
    [
      'a place after one in a comment',
      '<!-- <b id="m"> --><a href="#n">1</a><a href="#m">2</a> <b id="n">c</b> <b id="m">d</b>',
      '<a href="#article-1">1</a><a href="#article-2">2</a> <b id="article-1">c</b> <b id="article-2">d</b>',
    ],
  ])('%s', (_, html, expected) => expect(clean(html)).toBe(expected))

  test('thousands of places take no time', () => {
    const html = Array.from({ length: 10_000 }, (_, n) => `<a href="#n${n}">x</a><b id="n${n}">y</b>`).join('')
    const start = process.cpuUsage()
    expect(clean(html)).toContain('href="#article-10000"')
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })
})

describe('addresses that are no links can be copied', () => {
  test.each([
    ['magnet', '<a href="magnet:?xt=urn:btih:abc">mag</a> b', 'mag (magnet:?xt=urn:btih:abc) b'],
    ['in a tag', '<a href="xmpp:a@b.example">chat <b>now</b></a>.', 'chat <b>now (xmpp:a@b.example)</b>.'],
    ['said already', '<a href="tel:+49-30-123">+49 30 123</a>', '+49 30 123'],
    ['said in full', '<a href="ftp://f.example/x">ftp://f.example/x</a>', 'ftp://f.example/x'],
    ['without words', '<a href="magnet:?x=1"></a>', '<code>magnet:?x=1</code>'],
    [
      'no use to anybody',
      '<a href="javascript:x">a</a><a href="data:text/html,x">b</a><a href="file:///x">c</a>',
      'abc',
    ],
  ])('%s', (_, html, expected) => {
    expect(clean(html)).toBe(expected)
    expect(clean(expected)).toBe(expected)
  })
})

test.each([
  ['<![CDATA[<p>Inner</p>]]>', '<p>Inner</p>'],
  ['<p>a</p><![CDATA[b <b>c</b>]]>d', '<p>a</p>b <b>c</b>d'],
  ['<![CDATA[<![CDATA[a]]>]]>', 'a'],
  ['<![CDATA[<p>cut', '<p>cut</p>'],
  ['<!--[CDATA[<p>a</p>]]-->', '<p>a</p>'],
  ['<code>a[b[0]]>c</code>', '<code>a[b[0]]&gt;c</code>'],
  ['<![CDATA[<script>x</script>a]]>', 'a'],
])('marks of CDATA go, what they hold stays: %s', (html, expected) => expect(clean(html)).toBe(expected))

test('characters of windows-1252 that were taken for control characters are read', () => {
  expect(clean('<p title="\u0093a\u0094">it\u0092s \u0096 \u0080\u0081 &#150;</p>')).toBe(
    '<p title="“a”">it’s – € –</p>',
  )
})

test('a player that has nothing to play gives way to what it holds; of another, that is not shown', () => {
  expect(clean('<video><a href="/x.mp4">Watch</a></video>')).toBe(
    `<a href="https://paper.example/x.mp4" ${outside}>Watch</a>`,
  )
  expect(text('<video src="/x.mp4">Your browser is old</video>a')).toBe('a')
})
