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

const picture = (more: string) =>
  sanitizeHtml(`<p>So <img src="https://a.example/f.png" ${more}> is.</p>`, context).html

test.each([
  ['WordPress', 'class="latex" alt="E = mc^2"', 'E = mc^2', 'inline'],
  ['MediaWiki', 'class="mwe-math-fallback-image-display" alt="{\\displaystyle x}"', '{\\displaystyle x}', 'block'],
  ['QuickLaTeX', 'class="ql-img-inline-formula quicklatex-auto-format" alt="&#92;&#97;&#108;pha"', '\\alpha', 'inline'],
  ['Sphinx', 'class="math" alt="x_1"', 'x_1', 'inline'],
])('a picture of a formula by %s is marked as one, and its words are the TeX', (_name, more, alt, mark) => {
  const html = picture(more)
  expect(html).toContain(` alt="${alt}" data-tex="${mark}"`)
  expect(sanitizeHtml(html, context).html).toBe(html)
})

test('of a picture by codecogs the TeX is in its address', () => {
  const html = '<p><img src="https://latex.codecogs.com/gif.latex?%5Cdpi%7B110%7D%20%5Cinline%20E%3Dmc%5E2"></p>'
  expect(sanitizeHtml(html, context).html).toContain(' alt="E=mc^2" data-tex="inline"')
})

test.each(['class="photo" alt="x_1"', 'class="latex"', 'class="latex-gloves" alt="Gloves"', 'data-tex="a" alt="x"'])(
  'another picture is none: %s',
  more => {
    expect(picture(more)).not.toContain('data-tex')
  },
)

test.each([
  ['kramdown', '<script type="math/tex">x &lt; y<z</script>', '\\(x &amp;lt; y&lt;z\\)'],
  [
    'kramdown on its own line',
    '<script type="math/tex; mode=display">% <![CDATA[\na & b %]]></script>',
    '\\[% \na &amp; b %\\]',
  ],
  ['kramdown with a preview', '<span class="MathJax_Preview">x</span><script type="math/tex">x</script>', '\\(x\\)'],
  [
    'Substack',
    '<div class="latex-rendered" data-attrs="{&quot;persistentExpression&quot;:&quot;a<b&quot;,&quot;id&quot;:1}"></div>',
    '<div>\\[a&lt;b\\]</div>',
  ],
])('a formula that %s wrote is there as text', (_name, html, text) => {
  expect(sanitizeHtml(`<div>Let ${html} be.</div>`, context).html).toBe(`<div>Let ${text} be.</div>`)
})

test('a script beside MathML is the same formula, and any other script is none', () => {
  expect(sanitizeHtml('<p><math><mi>x</mi></math><script type="math/tex">x</script></p>', context).text).toBe('x')
  expect(sanitizeHtml('<p>a<script type="text/javascript">var math = "math/tex"</script></p>', context).text).toBe('a')
})

test('what a formula would say otherwise without stays, and nothing that moves it elsewhere', () => {
  const math =
    '<math><mfrac linethickness="0"><mi mathvariant="normal">n</mi><mo stretchy="false">(</mo></mfrac><mspace width="1em"></mspace></math>'
  expect(sanitizeHtml(math, context).html).toBe(math)
  const moved =
    '<math style="color:red" href="https://a.example"><mpadded voffset="9em" width="999em" onclick="x"><mi mathcolor="red">x</mi></mpadded><mspace width="-9em"></mspace></math>'
  expect(sanitizeHtml(moved, context).html).toBe('<math><mpadded><mi>x</mi></mpadded><mspace></mspace></math>')
})
