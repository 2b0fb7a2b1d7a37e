import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import gate from 'sanitize-html'
import { describe, expect, test } from 'vitest'
import { gateRules } from '../../src-main/engine/feeds/sanitize.ts'
import { isPlain } from '../../src-main/engine/feeds/sanitize-plain.ts'
import { tidy } from '../../src-main/engine/feeds/sanitize-tidy.ts'

const image = '<img src="https://a.example/i.png" alt="" width="3" loading="lazy" referrerpolicy="no-referrer" />'
const link = '<a href="https://a.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">words</a>'

test.each([
  [''],
  ['words &amp; &lt;words&gt; "as they are"'],
  [`<p dir="rtl" title="a &quot;b&quot;">one<br />two</p>${link}${image}`],
  ['<ol start="3" reversed type="a"><li value="4">x</li></ol>'],
  ['<video poster="data:image/png;base64,iVBO" controls preload="none"><source src="https://a.example/v" /></video>'],
  ['<math display="block"><mfrac><mi>a</mi><mn>2</mn></mfrac></math>'],
])('plain: %s', html => {
  expect(isPlain(html)).toBe(true)
  expect(gate(html, gateRules)).toBe(html)
})

describe('not plain', () => {
  test.each([
    ['a tag that is not allowed', '<script>x</script>'],
    ['a tag in another spelling', '<P>x</P>'],
    ['an end without a beginning', 'x</p>'],
    ['a beginning without an end', '<p>x'],
    ['ends in the wrong order', '<b><i>x</b></i>'],
    ['a tag that is cut off', '<p>x</p><img src="https://a.example/"'],
    ['a comment', '<!-- x -->'],
    ['a declaration', '<?xml?>'],
    ['a loose bracket', 'a > b'],
    ['another loose bracket', 'a < b'],
    ['a reference that hides a character', '<p>&#106;</p>'],
    ['an ampersand that stands for itself', '<p>a & b</p>'],
    ['a quotation mark written as a reference in text', '<p>&quot;</p>'],
    ['an attribute that is not allowed', '<p onclick="x">x</p>'],
    ['an attribute that is allowed elsewhere', '<p href="https://a.example/">x</p>'],
    ['an attribute twice', '<p dir="ltr" dir="rtl">x</p>'],
    ['an attribute without quotation marks', '<p dir=ltr>x</p>'],
    ['a bracket in an attribute', '<p title="a>b">x</p>'],
    ['an empty attribute', '<p title="">x</p>'],
    ['a switch that is none', '<p title>x</p>'],
    ['an address that runs', '<a href="javascript:x">x</a>'],
    ['an address that runs, in disguise', '<a href="java&#115;cript:x">x</a>'],
    ['an address without a scheme', '<a href="//a.example/">x</a>'],
    ['a picture that is a program', '<img src="data:image/svg+xml,x" />'],
    ['a sound in the text', '<audio src="data:audio/wav;base64,x"></audio>'],
    ['an image that does not end', '<img src="https://a.example/">'],
    ['a paragraph that ends itself', '<p />'],
    ['a paragraph that another one closes', '<p>x<p>y</p></p>'],
    ['a link in a link', '<a href="https://a.example/"><a href="https://a.example/">x</a></a>'],
    ['HTML in mathematics', '<math><p>x</p></math>'],
    ['mathematics outside', '<mi>x</mi>'],
    ['tags in the words of mathematics', '<math><mi><mi>x</mi></mi></math>'],
    ['tags deeper than any parser is asked to go', '<div>'.repeat(300) + '</div>'.repeat(300)],
  ])('%s', (_, html) => expect(isPlain(html)).toBe(false))
})

test('megabytes without an end are judged in no time', () => {
  for (const flood of ['<', '>', '&', '&amp;', '<p>', '<p ', '<br />', 'x', '"']) {
    const start = process.cpuUsage()
    isPlain(flood.repeat(1_000_000 / flood.length))
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(1)
  }
})

const pieces = fc.constantFrom(
  ...['<p>', '</p>', '<b>', '</b>', '<li>', '<ul>', '</ul>', '</li>', '<br />', '<br>', '<math>', '</math>', '<mi>'],
  ...['</mi>', '<h1>', '</h1>', '<a href="https://a.example/">', '</a>', '<a href="mailto:a@b">', '<table>', '<tr>'],
  ...['</tr>', '</table>', '<td colspan="2">', '</td>', '<img src="https://a.example/" alt="" />', '<source />', ' '],
  ...['&amp;', '&lt;', '&quot;', '&', '&amp', '"', "'", 'text', '<', '>', '<!--', '-->', '</', '/>', '\0', '\r', '\n'],
  ...['<p title="', '">', '<p title="&quot;">', '<ol reversed>', '</ol>', '<details open>', '</details>', '<time>'],
)

test('what is plain is what sanitize-html leaves as it is', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), pieces, fc.nat(), (parts, piece, at) => {
      const raw = parts.join('')
      const { html } = tidy(raw, { base: 'https://a.example/' })
      expect(isPlain(html)).toBe(true)
      const place = at % (html.length + 1)
      for (const one of [raw, html, html.slice(0, place) + piece + html.slice(place)]) {
        if (isPlain(one)) expect(gate(one, gateRules)).toBe(one)
      }
    }),
    { numRuns: 10_000 },
  )
})

const corpus = new URL('../../../shared/data/hostile/xss/vectors.jsonl', import.meta.url)
test.skipIf(!existsSync(corpus))('so it is of every attack, tidied and as it comes', () => {
  const attacks = readFileSync(corpus, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => String((JSON.parse(line) as { payload: string }).payload))
  for (const attack of attacks) {
    const { html } = tidy(attack, { base: 'https://a.example/' })
    for (const one of [attack, html]) if (isPlain(one)) expect(gate(one, gateRules)).toBe(one)
    expect(gate(html, gateRules)).toBe(html)
    expect(isPlain(html)).toBe(true)
  }
})
