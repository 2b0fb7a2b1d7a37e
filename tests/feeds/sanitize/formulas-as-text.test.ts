/** A formula is kept as MathML with its TeX beside it; wherever an article is turned into words, it appears once. */
import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'
import { htmlToLines, htmlToText } from '../../../src-main/lib/html-text.ts'
import { wordsOf } from '../../../src-main/store/identity/text.ts'

const tex = '<annotation encoding="application/x-tex">E=m</annotation>'
const formula = `<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow>${tex}</semantics></math>`
const { html, text } = sanitizeHtml(`<p>Energy ${formula} end.</p>`, { base: 'https://a.example/' })
const once = 'energye=mend.'

test.each([
  ['the index', text],
  ['a terminal', htmlToLines(html)],
  ['what stands around a match', htmlToText(html)],
  ['what an article is recognised by', wordsOf(html)],
])('in %s', (_, words) => {
  expect(html).toContain(tex)
  expect(words.toLowerCase().replace(/\s+/g, '')).toBe(once)
})
