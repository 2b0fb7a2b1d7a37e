/** What is read in good order is told as htmlparser2 tells it; what is not is left to that. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { type Reader, scanOrderly } from '../../src-main/engine/feeds/sanitize-scan.ts'

type Event = [kind: 'open' | 'text' | 'close', what: string, attributes?: Record<string, string>]

function recorder(): { events: Event[]; reader: Reader } {
  const events: Event[] = []
  const reader: Reader = {
    onopentag: (name, attributes) => events.push(['open', name, { ...attributes }]),
    ontext: text => {
      const last = events.at(-1)
      if (last?.[0] === 'text') last[1] += text
      else events.push(['text', text])
    },
    onclosetag: name => events.push(['close', name]),
  }
  return { events, reader }
}

function byParser(html: string): Event[] {
  const { events, reader } = recorder()
  const parser = new Parser(reader, { decodeEntities: false, recognizeSelfClosing: true })
  parser.write(html)
  parser.end()
  return events
}

/** Null where the scan gives up. */
function byScan(html: string): Event[] | null {
  const { events, reader } = recorder()
  return scanOrderly(html, reader) ? events : null
}

const orderly = [
  '',
  'Only words &amp; references &nbsp;',
  '<p>One</p><p class="x">Two <a href="https://a.example/?a=1&amp;b=2" title=\'It "is"\'>three</a><br>four<br/>five<br /></p>',
  '<DIV><P>Loud</p></DIV>',
  '<ul><li>a<ul><li>b</li></ul></li></ul>',
  '<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->',
  '<p>a<!-- b < c > d -->e</p>',
  '<img src="a.png" alt="" srcset="a 1x, b 2x" loading=\'lazy\' hidden data-x="<p>">',
  '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  '<figure>\n<img src="a"/>\n<figcaption>x</figcaption></figure>',
  '<a href="x" href="y" constructor="z">first</a>',
]

test.each(orderly)('%s is told as the parser tells it', html => {
  expect(byScan(html)).toEqual(byParser(html))
})

const disorderly = [
  '<p>a<p>b',
  '<p>a<div>b</div></p>',
  '<a>a<a>b</a></a>',
  '<h2>a<h3>b</h3></h2>',
  '<b><i>a</b></i>',
  '</p>',
  '</br>',
  '<p>a',
  '<p/>a',
  '<span/>a',
  '<script>1</script>',
  '<iframe src="x"></iframe>',
  '<svg><p></p></svg>',
  '<math><mi>x</mi></math>',
  '<image src="x">',
  '<p class=x>a</p>',
  '<p class="x"id="y">a</p>',
  '<p =x>a</p>',
  '<p class = "x">a</p>',
  '<p / >a</p>',
  '<p',
  '<p class="x',
  'a < b',
  'a <',
  '<>',
  '<!-->a',
  '<!--->a-->',
  '<!-- a --!> b -->',
  '<!-- a -- b -->',
  '<!doctype html><p>a</p>',
  '<![CDATA[a]]>',
  '<?php a ?>',
  '</p >',
  '<p>a</p x>',
  '<p\u000ba="b">c</p>',
  '<p\u00a0a="b">c</p>',
]

test.each(disorderly)('%s is left to the parser', html => {
  expect(byScan(html)).toBe(null)
})

test('the deepest nesting is left to what takes it out', () => {
  expect(byScan(`${'<div>'.repeat(2_500)}${'</div>'.repeat(2_500)}`)).toBe(null)
})

describe('whatever it reads to the end, it reads as the parser does', () => {
  const names = [
    'p',
    'P',
    'a',
    'li',
    'ul',
    'div',
    'br',
    'img',
    'td',
    'tr',
    'th',
    'table',
    'tbody',
    'thead',
    'h2',
    'dd',
    'rt',
  ]
  const more = [
    'dl',
    'b',
    'section',
    'hr',
    'wbr',
    'details',
    'center',
    'pre',
    'script',
    'title',
    'svg',
    'q',
    'tfoot',
    'image',
  ]
  const name = fc.constantFrom(...names, ...more)
  const space = fc.constantFrom(' ', '\n', '\t', '  ', '', '\u000b', '\u00a0', '/')
  const value = fc.constantFrom('="x"', "='y'", '=z', '', '="<b>"', '=""', " = 'q'", '="a&amp;b"', '="', '="\n"')
  const attributeName = fc.constantFrom('href', 'SRC', 'a', 'a', 'x:y', 'data-a.b', '__proto__', 'on"x', '<', '=')
  const given = fc.tuple(space, attributeName, value).map(parts => parts.join(''))
  const start = fc
    .tuple(
      name,
      fc.array(given, { maxLength: 3 }),
      fc.constantFrom('', ' ', '/', ' /', '/ '),
      fc.constantFrom('>', '>', '>', ''),
    )
    .map(([tag, list, end, close]) => `<${tag}${list.join('')}${end}${close}`)
  const text = fc.constantFrom(
    'words',
    ' ',
    '&amp;',
    '<',
    '>',
    '"',
    "'",
    '-',
    '--',
    '-->',
    '<!--',
    '<!-- a -->',
    '\0',
    'é',
    '<!',
    '</',
  )
  const end = fc.tuple(name, fc.constantFrom('>', '>', ' >', '')).map(([tag, close]) => `</${tag}${close}`)
  const nested = fc.letrec<{ node: string }>(tie => ({
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      text,
      fc
        .tuple(name, fc.array(tie('node'), { maxLength: 3 }))
        .map(([tag, inner]) => `<${tag}>${inner.join('')}</${tag}>`),
      fc
        .tuple(start, fc.array(tie('node'), { maxLength: 3 }), end)
        .map(([tag, inner, close]) => `${tag}${inner.join('')}${close}`),
    ),
  })).node

  test('of tags that are closed where they belong', () => {
    const tidy = fc.letrec<{ node: string }>(tie => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('words', '&amp;', '<br>', '<!-- a -->', '<img src="x">'),
        fc
          .tuple(
            fc.constantFrom(...names.filter(name => !/^(?:br|img)$/.test(name)), 'dl', 'b', 'section', 'tfoot', 'q'),
            tie('node'),
          )
          .map(([tag, inner]) => `<${tag} class="x">${inner}</${tag}>`),
      ),
    })).node
    let readable = 0
    fc.assert(
      fc.property(fc.array(tidy, { maxLength: 3 }), pieces => {
        const read = byScan(pieces.join(''))
        if (!read) return
        readable++
        expect(read).toEqual(byParser(pieces.join('')))
      }),
      { numRuns: 2_000 },
    )
    expect(readable).toBeGreaterThan(500)
  })

  test('of any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(start, text, end, nested), { maxLength: 12 }), pieces => {
        const html = pieces.join('')
        const read = byScan(html)
        if (read) expect(read).toEqual(byParser(html))
      }),
      { numRuns: 5_000 },
    )
  })
})

const vectors = new URL('../../../shared/data/hostile/xss/', import.meta.url)

test.skipIf(!existsSync(vectors))('of hostile markup beside the project', () => {
  const lines = readdirSync(vectors).flatMap(file => readFileSync(new URL(file, vectors), 'utf8').split('\n'))
  let readable = 0
  for (const html of lines) {
    const read = byScan(html)
    if (!read) continue
    readable++
    expect(read).toEqual(byParser(html))
  }
  expect(readable).toBeGreaterThan(0)
})
