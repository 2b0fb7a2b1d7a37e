/** A formula is kept as MathML with its TeX beside it; wherever an article is turned into words, it appears once. */
import { expect, test } from 'vitest'
import { plainText as terminalText } from '../../../src-main/cli/plain-text.ts'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'
import { wordsOf } from '../../../src-main/store/identity/text.ts'
import { plainText as passageText } from '../../../src-main/store/search/passages.ts'

const tex = '<annotation encoding="application/x-tex">E=m</annotation>'
const formula = `<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow>${tex}</semantics></math>`
const { html, text } = sanitizeHtml(`<p>Energy ${formula} end.</p>`, { base: 'https://a.example/' })
const once = 'energye=mend.'

test.each([
  ['the index', text],
  ['a terminal', terminalText(html)],
  ['what stands around a match', passageText(html)],
  ['what an article is recognised by', wordsOf(html)],
])('in %s', (_, words) => {
  expect(html).toContain(tex)
  expect(words.toLowerCase().replace(/\s+/g, '')).toBe(once)
})
