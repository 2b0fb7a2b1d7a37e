import fc from 'fast-check'
import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'
import { allowedTags, renamedTags } from '../../../src-main/feeds/sanitize/tags.ts'
import { corpora } from '../../support/corpora.ts'
import { xssVectors } from '../../support/xss-vectors.ts'

const base = 'https://paper.example/news/today'

function clean(html: string): string {
  return sanitizeHtml(html, { base, privateHost: null }).html
}

/** Attributes that every link and every image gets. */
const link = 'rel="noopener noreferrer nofollow" target="_blank"'
const shown = 'loading="lazy" referrerpolicy="no-referrer" />'

describe('what an article is made of stays', () => {
  test.each([
    ['<p>One <b>two</b> <em>three</em></p>'],
    ['<ul><li>one</li><li value="4">four</li></ul><ol start="3" reversed type="a"><li>three</li></ol>'],
    [
      '<table><caption>c</caption><thead><tr><th scope="col">h</th></tr></thead><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
    ],
    ['<pre><code>if (a &lt; b &amp;&amp; c) {\n  x\n}</code></pre>'],
    ['<figure><figcaption>said</figcaption></figure><blockquote><p>q</p></blockquote>'],
    ['H<sub>2</sub>O x<sup>2</sup> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>'],
    ['<p dir="rtl" lang="ar">مرحبا</p><bdo dir="ltr">x</bdo>'],
    ['<details open><summary>more</summary>text</details>'],
    ['<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>'],
    ['<p><del datetime="2026-01-02">old</del> <ins>new</ins> <time datetime="2026-01-02T03:04Z">then</time></p>'],
  ])('%s', html => expect(clean(html)).toBe(html))
})

test.each([
  ['<section><header>a</header></section>', '<div><div>a</div></div>'],
  ['<weird>kept <blink>words</blink></weird>', 'kept words'],
  ['<p>open <b>bold', '<p>open <b>bold</b></p>'],
  ['<a name="x"/>after', 'after'],
  ['<p id="a" class="b" style="position:fixed" name="c" tabindex="1" data-x="y" onclick="z">t</p>', '<p>t</p>'],
  ['a<script>b</script><style>c</style><svg><text>d</text></svg><template>e</template>f', 'af'],
  ['<form action="/x"><input name="q"><button>Send</button><textarea>t</textarea>words</form>', '<div>words</div>'],
  ['<meta http-equiv="refresh" content="0;url=x"><base href="//evil.example"><link rel="prefetch" href="x">t', 't'],
  [
    '<math><mi>x</mi><annotation>tex</annotation><mtext><img src="x"><b>b</b></mtext></math>',
    '<math><mi>x</mi><mtext>b</mtext></math>',
  ],
  ['<mi>x</mi>', 'x'],
  ['a\0b&#1;c', 'abc'],
])('%s becomes %s', (html, expected) => expect(clean(html)).toBe(expected))

describe('links', () => {
  test.each([
    ['/a?b=1&c=%20#d', 'https://paper.example/a?b=1&amp;c=%20#d'],
    ['//other.example/x', 'https://other.example/x'],
    ['mailto:a@b.example?subject=x', 'mailto:a@b.example?subject=x'],
    ['https://user:secret@bank.example/', 'https://bank.example/'],
    ['/a?utm_source=rss&id=7&fbclid=x&UTM_Medium=y', 'https://paper.example/a?id=7'],
    ['/a?gclid=x', 'https://paper.example/a'],
    ['java\nscript://x', null],
    [' javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['vbscript:x', null],
    ['file:///etc/passwd', null],
    ['blob:https://paper.example/x', null],
    ['ms-msdt:/id', null],
    ['http://', null],
    [`/${'x'.repeat(5_000)}`, null],
  ])('%s leads to %s', (href, expected) => {
    const html = clean(`<a href="${href.replaceAll('&', '&amp;')}">words</a>`)
    expect(html).toBe(expected === null ? 'words' : `<a href="${expected}" ${link}>words</a>`)
  })
})

describe('images', () => {
  test.each([
    [
      'its address is made absolute',
      '<img src="a.jpg" alt="A" width="300" height="200px">',
      'https://paper.example/news/a.jpg" alt="A" width="300" height="200',
    ],
    [
      'the real address of a lazy one',
      '<img src="blank.gif" data-src="/a.jpg?utm_x=1">',
      'https://paper.example/a.jpg',
    ],
    [
      'a lazy one that is hidden for now',
      '<img style="display:none" data-lazy-src="/a.jpg">',
      'https://paper.example/a.jpg',
    ],
    [
      'the fitting one of a set',
      '<img srcset="/s.jpg 300w, /m.jpg 1200w, /l.jpg 4000w" src="/s.jpg">',
      'https://paper.example/m.jpg',
    ],
    [
      'a set whose addresses have commas',
      '<img srcset="/c,w_300/a.jpg 1x, /c,w_600/a.jpg 2x">',
      'https://paper.example/c,w_600/a.jpg',
    ],
    [
      'a small picture within the text',
      `<img src="data:image/png;base64,iVBORw0KGgo=">`,
      'data:image/png;base64,iVBORw0KGgo=',
    ],
    [
      'what a picture element offers',
      '<picture><source srcset="/p.webp 900w"><img alt="p"></picture>',
      'https://paper.example/p.webp" alt="p',
    ],
  ])('shown: %s', (_, html, expected) => expect(clean(html)).toBe(`<img src="${expected}" ${shown}`))

  test.each([
    ['one pixel', '<img src="/p.gif" width="1" height="1">'],
    ['no pixel', '<img src="/p.gif" width="0" height="0">'],
    ['one pixel by style', '<img src="/p.gif" style="border:0; width:1px !important; height:1px">'],
    ['hidden', '<img src="/p.gif" style="display: none">'],
    ['a counter', '<img src="https://pixel.wp.com/b.gif?x=1">'],
    ['not an image', '<img src="javascript:x"><img src="data:text/html,x"><img src="data:image/svg+xml,<svg/>"><img>'],
    ['on this machine', '<img src="http://127.0.0.1:8080/x"><img src="http://localhost/x"><img src="http://[::1]/">'],
    [
      'in this house',
      '<img src="http://192.168.1.1/reboot"><img src="http://router/x"><img src="http://0x7f.1/"><img src="http://a.local/">',
    ],
  ])('left out: %s', (_, html) => expect(clean(html)).toBe(''))

  test('one on the private host that the feed itself is from is shown', () => {
    const { html, media } = sanitizeHtml('<img src="/a.png">', {
      base: 'http://127.0.0.1:81/',
      privateHost: '127.0.0.1:81',
    })
    expect(html).toBe(`<img src="http://127.0.0.1:81/a.png" ${shown}`)
    expect(media).toEqual(['http://127.0.0.1:81/a.png'])
  })

  test('the copy for readers without scripts is not shown a second time', () => {
    const html = '<img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>'
    expect(clean(html)).toBe(`<img src="https://paper.example/a.jpg" ${shown}`)
  })
})

describe('players', () => {
  test.each([
    [
      '<iframe src="https://www.youtube-nocookie.com/embed/abc_DEF-123?rel=0" title="Tea &amp; milk">no frames</iframe>after',
      `<a href="https://www.youtube.com/watch?v=abc_DEF-123" ${link} data-embed="youtube.com">▶ Tea &amp; milk (youtube.com)</a>after`,
    ],
    [
      '<iframe src="//player.vimeo.com/video/77"/>after',
      `<a href="https://vimeo.com/77" ${link} data-embed="vimeo.com">▶ vimeo.com</a>after`,
    ],
    [
      '<iframe src="https://maps.example/x" title="The way"></iframe>',
      `<a href="https://maps.example/x" ${link} data-embed="maps.example">↗ The way (maps.example)</a>`,
    ],
    [
      '<iframe src="https://ads.example/x"></iframe><iframe srcdoc="<script>"></iframe><iframe src="javascript:x" title="t">',
      '',
    ],
    [
      '<iframe src="https://www.youtube.com.evil.example/embed/abcdefgh"></iframe>',
      `<a href="https://www.youtube.com.evil.example/embed/abcdefgh" ${link} data-embed="youtube.com.evil.example">↗ youtube.com.evil.example</a>`,
    ],
  ])('%s becomes a link', (html, expected) => expect(clean(html)).toBe(expected))

  test('audio and video play when asked, never by themselves', () => {
    const { html, media } = sanitizeHtml(
      '<video src="v.mp4" poster="p.jpg" autoplay onplay="x"><source src="v.webm" type="video/webm"><track src="t.vtt"></video><audio src="data:audio/wav;base64,x" loop></audio>',
      { base },
    )
    expect(html).toBe(
      '<video src="https://paper.example/news/v.mp4" poster="https://paper.example/news/p.jpg" controls preload="none"><source src="https://paper.example/news/v.webm" type="video/webm" /></video>',
    )
    expect(media.map(address => address.split('/').at(-1))).toEqual(['v.mp4', 'p.jpg', 'v.webm'])
  })
})

test('the text keeps words apart that blocks set apart', () => {
  const { text } = sanitizeHtml(
    '<p>One</p><p>two<br>three</p><ul><li>a<li>b</ul> <b>bo</b>ld &amp; <script>x</script>',
    { base },
  )
  expect(text).toBe('One two three a b bold &')
})

test.each([
  ['nothing', ''],
  ['signs', 'a > b, "c" and \'d\''],
  ['white space', ' one\n two\u00a0 three\u3000'],
  ['control characters', 'a\0b\x93c\u202ed'],
  ['marks', `a${'\u0301'.repeat(20)}b`],
  ['a long word', 'x'.repeat(1_200)],
  ['letters that run both ways', 'abc אבג def'],
])('text without markup is what it is beside markup (%s)', (_, text) => {
  expect(sanitizeHtml(text, { base })).toEqual(sanitizeHtml(`${text}<no-tag>`, { base }))
})

test.each([...Object.keys(allowedTags), ...renamedTags.keys()])('<%s> becomes the same beside rare tags', tag => {
  const html = `<b><${tag} hidden>a</${tag}></b><i><${tag} dir="rtl">b</${tag}>c</i>`
  expect(clean(html)).toBe(clean(`${html}<oembed></oembed>`))
})

describe('size', () => {
  test('what is nested deeper than anyone writes is flattened, and its words are kept', () => {
    const html = clean(`${'<div>'.repeat(3_000)}deep${'</div>'.repeat(3_000)}`)
    expect(html.match(/<div>/g)).toHaveLength(256)
    expect(html).toContain('deep')
  })

  test.each([
    ['closing tags', '</a ', '>'],
    ['opening tags', '<a ', '/>'],
    ['nested tags', '<div>', ''],
  ])('a megabyte of %s takes less than two seconds', (_, flood, end) => {
    const start = process.cpuUsage()
    clean(flood.repeat(1_000_000 / flood.length) + end)
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })

  test('short links before a long base address do not swell', () => {
    const far = { base: `https://paper.example/${'x'.repeat(3_000)}/` }
    expect(sanitizeHtml('<a href=x>y</a>'.repeat(20_000), far).html.length).toBeLessThan(6_000_000)
  })
})

/** Attribute values hold no unescaped angle bracket or quote, so this reads our output as a browser does. */
const harmlessTag =
  /^<\/?[a-z][a-z0-9]*(?: (?:(?:href|src|poster)="(?:https?:|mailto:|#article-\d+"|data:image\/(?!svg))[^"<>]*"|(?:alt|title|rel|target|width|height|loading|referrerpolicy|controls|preload|type|start|reversed|value|colspan|rowspan|align|scope|span|open|datetime|display|dir|lang|data-embed|id)(?:="[^"<>]*")?|data-code="[a-z][a-z\d+#.-]*"))*(?: \/)?>$/

/** Pieces that parsers disagree about. */
const pieces = fc.constantFrom(
  ...[
    '<p>',
    '</p>',
    '<table>',
    '<tr>',
    '<td>',
    '</td>',
    '</table>',
    '<b>',
    '</b>',
    '<weird>',
    '</weird>',
    '<a href=x>',
    '</a>',
  ],
  ...[
    '<li>',
    '<ul>',
    '</ul>',
    '<h1>',
    '</h1>',
    '<math>',
    '<mi>',
    '</mi>',
    '</math>',
    '<img src=a>',
    '<svg>',
    '</svg>',
    '<noscript>',
  ],
  ...[
    '</noscript>',
    '<!--',
    '-->',
    '&lt;',
    '&amp;amp',
    '&#0;',
    '<section>',
    '</section>',
    'text',
    '"',
    "'",
    '<title>',
    '</title>',
  ],
  ...[
    '<iframe src=https://youtu.be/abc>',
    '</iframe>',
    '<center>',
    '<br/>',
    '</br>',
    '<video src=v>',
    '<source src=s>',
    '</video>',
  ],
  ...[
    '<picture>',
    '</picture>',
    '<thead>',
    '<th>',
    '<dd>',
    '<dt>',
    '<rt>',
    '<style>',
    '</style>',
    '<![CDATA[',
    ']]>',
    '<?x',
    '<pre>',
  ],
)
const anyHtml = fc.oneof(
  fc.array(pieces, { maxLength: 20 }).map(parts => parts.join('')),
  fc
    .array(fc.oneof(pieces, fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 20 })
    .map(parts => parts.join('')),
)

test('what is sanitised stays as it is when it is sanitised again', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(anyHtml, html => {
      const once = clean(html)
      expect(clean(once)).toBe(once)
    }),
    { numRuns: 600 },
  )
})

describe.each(corpora('xss'))('the attacks $name', corpus => {
  const vectors = xssVectors(corpus)

  test('sanitised again stay as they are, whole and cut into each other', { timeout: 60_000 }, () => {
    const oneOf = fc.constantFrom(...vectors.map(({ html }) => html))
    fc.assert(
      fc.property(oneOf, oneOf, pieces, fc.double({ min: 0, max: 1, noNaN: true }), (first, second, piece, at) => {
        const html = first.slice(0, at * first.length) + piece + second.slice(at * second.length)
        const once = clean(html)
        expect(clean(once)).toBe(once)
        for (const tag of once.match(/<[^>]*>/g) ?? []) expect(tag).toMatch(harmlessTag)
      }),
      { numRuns: 600 },
    )
  })

  const benign = vectors.filter(({ kind }) => kind === 'benign')
  test.each(benign)(
    'what only resembles one keeps its words and elements: $html',
    ({ html, keepText, keepSelectors }) => {
      const { document } = parseHTML(`<!doctype html><html><body>${clean(html)}</body></html>`)
      const words = document.body.textContent ?? ''
      expect(keepText.filter(text => !words.includes(text))).toEqual([])
      expect(keepSelectors.filter(selector => !document.querySelector(selector))).toEqual([])
    },
  )
})
