/** Formulas in HTML that leaves as a file. */
import { expect, test } from 'vitest'
import { withFormulas } from '../../src-main/maths/in-html.ts'

const now = () => performance.now()
/** Each formula as what it was made of, in brackets. */
const marked = (html: string) =>
  withFormulas(html, now).replace(
    /<math( display="block")?>.*?<annotation[^>]*>(.*?)<\/annotation><\/semantics><\/math>/gs,
    (_, isDisplay, tex) => (isDisplay ? `[[${tex}]]` : `[${tex}]`),
  )

test.each([
  [
    'in a line, between words and tags',
    '<p>Let <b>all</b> $x_1$ and $y_1$ be <i>here</i>.</p>',
    '<p>Let <b>all</b> [x_1] and [y_1] be <i>here</i>.</p>',
  ],
  ['over broken lines', '<p>a $$x_1<br>= y$$ b<br>c</p>', '<p>a <span class="formula">[[x_1\n= y]]</span> b<br>c</p>'],
  ['beside code', '<p>$x_1$ <code>$x_1$</code></p><pre>$x_1$</pre>', '<p>[x_1] <code>$x_1$</code></p><pre>$x_1$</pre>'],
  ['that is not read', '<p>$x_1$ or $\\nosuch{x}$</p>', '<p>[x_1] or $\\nosuch{x}$</p>'],
  ['with its macros, which are not shown', '<p>$\\newcommand{\\aa}{x}$ So $\\aa^2$</p>', '<p> So [\\aa^2]</p>'],
  ['as a picture', '<p>So <img src="https://a.example/f.png" alt="x_1" data-tex="inline"></p>', '<p>So [x_1]</p>'],
  ['with signs of HTML', '<p>$a_1 &lt; b$ &amp; c</p>', '<p>[a_1 &lt; b] &amp; c</p>'],
])('%s', (_, html, wanted) => {
  expect(marked(html)).toBe(wanted)
})

test.each([
  '<p>It costs $5 and $10.</p>',
  '<p>A picture <img src="https://a.example/f.png" alt="\\nosuch" data-tex="inline"></p>',
])('HTML without a formula is what it was: %s', html => {
  expect(withFormulas(html, now)).toBe(html)
})
