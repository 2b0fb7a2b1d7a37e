/** The TeX that a formula was made of: kept with it, neither shown nor part of the text. */
import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'

const context = { base: 'https://paper.example/' }
const tex = (inside: string, encoding = 'application/x-tex') =>
  `<annotation encoding="${encoding}">${inside}</annotation>`
const formula = (note: string) =>
  `<p>Energy <math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow>${note}</semantics></math>, end.</p>`

test('TeX stays with its formula, and the text has the formula once', () => {
  const { html, text } = sanitizeHtml(formula(tex('E = m')), context)
  expect(html).toBe(formula(tex('E = m')))
  expect(text).toBe('Energy E=m, end.')
})

test.each([
  ['notes in another language', formula(tex('E', 'text/html') + tex('E', 'application/x-maple'))],
  ['notes in MathML or HTML', formula('<annotation-xml encoding="text/html"><p>E</p></annotation-xml>')],
  [
    'a note before what it is a note on, where browsers would show it',
    formula('').replace('<mrow>', `${tex('E')}<mrow>`),
  ],
])('%s go', (_name, html) => {
  expect(sanitizeHtml(html, context)).toMatchObject({ html: formula(''), text: 'Energy E=m, end.' })
})

test.each([
  '<img src=x onerror=alert(1)>',
  '<b>x</b><style>x</style><script>alert(1)</script>',
  '</annotation><mi><img src=x onerror=alert(1)></mi>',
  '<!--</annotation>--><svg><script>alert(1)</script></svg>',
  '&lt;/annotation>&lt;img src=x onerror=alert(1)>',
  '<annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml>',
])('no tag stands in TeX: %s', inside => {
  const { html } = sanitizeHtml(formula(tex(inside)), context)
  expect(html).not.toMatch(/<(?:img|script|style|svg|b|annotation-xml)\b/)
  expect(sanitizeHtml(html, context).html).toBe(html)
})

test('TeX without a formula is text', () => {
  expect(sanitizeHtml(`<p>${tex('E=m')}</p>`, context)).toMatchObject({ html: '<p>E=m</p>', text: 'E=m' })
})
