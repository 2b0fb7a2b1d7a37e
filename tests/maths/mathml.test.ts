/** MathML of TeX: what it is made of, and what it never is. */
import { expect, test } from 'vitest'
import { mathmlOf } from '../../src-main/maths/mathml.ts'

const clock = () => performance.now()
const make = (...formulas: string[]) =>
  mathmlOf(
    formulas.map(tex => ({ tex, isDisplay: tex.startsWith('\\begin') })),
    clock,
    10_000,
  )
/** Without what it was made of. */
const shown = (...formulas: string[]) =>
  make(...formulas).map(
    markup => markup?.replace(/<annotation[\s\S]*<\/annotation>|<\/?(?:math|semantics)\b[^>]*>/g, '') ?? null,
  )

test('a formula has what it was made of beside it', () => {
  expect(make('a<b')).toEqual([
    '<math><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow><annotation encoding="application/x-tex">a&lt;b</annotation></semantics></math>',
  ])
})

test.each([
  ['a binomial coefficient, which is no fraction', '\\binom nk', 'linethickness="0px"'],
  ['an upright letter', '\\mathrm{d}', 'mathvariant="normal"'],
  ['a named limit', '\\arg\\min_{x}\\lim\\limits_{y}', '<mi>min</mi>'],
  ['letters of other alphabets', '\\mathbb{R}\\mathfrak{g}', '<mi>ℝ</mi><mi>𝔤</mi>'],
  ['chemistry', '\\ce{H2O}', '<mn>2</mn>'],
  ['a box', '\\boxed{x}', 'class="tml-fbox"'],
  ['a term that is crossed out', '\\cancel{x}', 'class="tml-cancel upstrike"'],
  ['the number of an equation', '\\begin{equation}x\\tag{7}\\end{equation}', '<mtext class="tml-tag">(7)</mtext>'],
  ['columns', '\\begin{eqnarray}a&=&b\\end{eqnarray}', '<mtd class="tml-right"><mi>a</mi></mtd><mtd class="tml-left">'],
])('%s', (_, tex, part) => {
  expect(shown(tex)[0]).toContain(part)
})

test('an equation that its author gave no number has none', () => {
  expect(shown('\\begin{equation}x\\end{equation}')[0]).toBe(
    '<mtable displaystyle="true"><mtr><mtd class="tml-left"><mi>x</mi></mtd></mtr></mtable>',
  )
})

test.each([
  ['a command that nobody knows', '\\nosuchcommand{x}'],
  ['a brace too many', '\\frac{1}{2}}'],
  ['an end that is missing', '\\begin{align}x'],
  ['only a reference to another', '\\eqref{one}'],
  ['macros that call each other', '\\def\\a{\\a\\a}\\a'],
  ['formulas in formulas without end', `${'\\sqrt{'.repeat(400)}x${'}'.repeat(400)}`],
])('%s is not read', (_, tex) => {
  expect(make(tex)).toEqual([null])
})

test('macros hold for the formulas after them, whatever they were before, and a formula of macros is nothing to see', () => {
  const macros = '\\newcommand{\\R}{\\mathbb Q}\n\\newcommand\\pair[2]{#1+#2} \\DeclareMathOperator{\\Tr}{Tr}'
  expect(shown(macros, '\\pair{a}{b}', '\\R', '\\renewcommand{\\vec}[1]{\\mathbf{#1}} \\vec x', '\\Tr')).toEqual([
    '',
    '<mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow>',
    '<mi>ℚ</mi>',
    '<mi>𝐱</mi>',
    expect.stringContaining('<mi>Tr</mi>'),
  ])
})

test('macros of one article are none of the next', () => {
  make('\\newcommand{\\mine}{x}')
  expect(make('\\mine')).toEqual([null])
})

test.each([
  ['link', '\\href{javascript:alert(1)}{x}'],
  ['picture', '\\includegraphics{https://a.example/x.png}'],
  ['class and style', '\\class{x}{y}\\style{position:fixed}{y}'],
  ['markup', '\\text{<img src=x onerror=alert(1)>}'],
  ['markup of an attribute', '\\tag{"><img src=x>}x'],
  ['colour', '\\color{red}x\\colorbox{white}{\\textcolor{white}{y}}'],
  ['place elsewhere', '\\raisebox{90em}{x}\\hspace{-90em}\\kern-9em\\rule{99999em}{99999em}\\smash{x}'],
])('no %s is in it', (_, tex) => {
  const tags = make(tex)[0]?.match(/<[^>]+>/g) ?? []
  expect(tags.join('')).not.toMatch(
    /<(?:img|a|span|style)\b|\s(?:style|href|src|id|on\w+|mathcolor|mathbackground|voffset)=|"-\d|\d{3}em/,
  )
})

test('definitions that double each other end in time, and what is left stays as it was', () => {
  const doubling = ['a', 'b', 'c', 'd'].map(
    (name, at) => `\\def\\${name}{${at === 0 ? 'x' : `\\${'abcd'[at - 1]} `.repeat(90)}}`,
  )
  const started = process.cpuUsage().user
  expect(
    mathmlOf(
      [...doubling, ...Array(200).fill('\\d\\d')].map(tex => ({ tex, isDisplay: false })),
      clock,
      1_000,
    ).at(-1),
  ).toBeNull()
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(4_000)
})
