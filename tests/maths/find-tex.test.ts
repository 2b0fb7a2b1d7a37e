/** What of a text is taken for TeX. A formula that is missed is no harm; money, shells and programs made formulas would be. */
import { expect, test } from 'vitest'
import { findTex, longestFormula, mostFormulas } from '../../src-main/maths/find-tex.ts'

const texIn = (...runs: string[]) =>
  findTex(runs)
    .flat()
    .map(({ tex, isDisplay }) => (isDisplay ? `[${tex}]` : tex))

test.each([
  ['prices', 'It costs $5 and $10, $100-$200, US$5, A$7 (2019: $3.4m), or $100/$120.'],
  ['a price beside powers', 'R^2 costs $5 (x^2) and $6 (y_1).'],
  ['an amount to a power of ten', 'It raised $10^6 in $US.'],
  ['names on the exchange', '$TSLA, $AAPL, $X and $F; long $GME/$AMC.'],
  ['names of people', 'Ke$ha and A$AP Rocky met $hort.'],
  ['guides to restaurants', 'Price: $$ - $$$. Pizza $$, Sushi $$$$, Tacos $.'],
  ['a shell', 'echo $HOME/$USER; x=$a_1 y=$a_2; kill $$; echo $$; awk {print $1}'],
  ['PHP and Perl', "$this->x_1 = $y_1; $_ and $a{b}; $i=$j; $a+$b; $foo[$bar]; $x_1 (0..$n); $i_1 = '$j_1'"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what is looked for
  ['templates', '${a}_${b}, ${x}^${y}, $name$, $1$ and $Id$ $Revision: 1.2 $'],
  ['regular expressions', 's/^foo$/bar$/; ^[a-z]_[0-9]$ or $; \\(foo\\|bar\\)\\{2\\} \\[a-z\\]'],
  ['Markdown that escaped its brackets', 'See \\[1\\], \\(2\\) and \\[the list\\]\\(n = 5\\).'],
  ['paths', 'C:\\(x86)\\alpha and \\[share]\\beta'],
  ['what stands in backticks', 'Write `$x_1$` and `$$x^2$$`.'],
  ['an escaped dollar', 'It is \\$x_1\\$ here, and \\\\(x^2\\\\) there.'],
  ['dollars in two paragraphs', 'It was $x^2\v\vy_1$.'],
  ['prose between dollars', 'For $\\alpha the whole of the evening we talked of money and $beta$.'],
  ['braces that do not match', 'So $x_{1$ and $}y^2$.'],
])('%s are none', (_, text) => {
  expect(texIn(text)).toEqual([])
})

test.each([
  [
    'commands',
    'so $\\alpha$, \\(\\beta\\), \\[\\gamma\\] and $$\\delta$$.',
    ['\\alpha', '\\beta', '[\\gamma]', '[\\delta]'],
  ],
  ['indices and powers', 'Let $x_1$ be $e^{it}$, or $(a+b)^2$ of $mc^2$.', ['x_1', 'e^{it}', '(a+b)^2', 'mc^2']],
  ['an equation on its own line', '$$E = mc$$', ['[E = mc]']],
  ['ordinals', 'the $n^2$th of the $k_1$s', ['n^2', 'k_1']],
  [
    'words that touch them',
    '$\\Lambda$CDM at 5$\\sigma$, CO$_2$, $^{13}$CO, H$_2$O and K$_{2,2}$-free',
    ['\\Lambda', '\\sigma', '_2', '^{13}', '_2', '_{2,2}'],
  ],
  ['Chinese around it', '设$x_1$为', ['x_1']],
  ['spaces within dollars', 'so $ \\frac{1}{2} $ it is', ['\\frac{1}{2}']],
  ['the way of WordPress', 'so $latex x$ and $latex \\pi r^2$', ['x', '\\pi r^2']],
  [
    'environments',
    'a\n\\begin{align*}x &= 1\\\\ y &= 2\\end{align*} b',
    ['[\\begin{align*}x &= 1\\\\ y &= 2\\end{align*}]'],
  ],
  ['typographic signs', 'so $f’(x)\u00a0– \\pi$', ["f'(x) - \\pi"]],
  [
    'words in it',
    'so $x = \\text{the price in dollars and cents of it}$',
    ['x = \\text{the price in dollars and cents of it}'],
  ],
  ['dollars beside it', 'for $5 you get $\\pi$ at $10', ['\\pi']],
])('with %s they are', (_, text, formulas) => {
  expect(texIn(text)).toEqual(formulas)
})

test('where an article has formulas, single letters and numbers between the same signs are some, too', () => {
  expect(texIn('It is $n$ or $0$, \\(n\\).')).toEqual([])
  expect(texIn('It is $n$ or $0$, \\(n\\).', 'So $n^2$.')).toEqual(['n', '0', 'n^2'])
  expect(texIn('It is $n$ or $0$, \\(n\\).', 'So \\(n^2\\).')).toEqual(['n', 'n^2'])
})

test('the place of a formula is that of its signs', () => {
  const text = 'so $x_1$, \\[y^2\\]'
  const places = findTex([text])[0]!.map(({ start, end }) => text.slice(start, end))
  expect(places).toEqual(['$x_1$', '\\[y^2\\]'])
})

test('what is longer than any formula is none, and of very many the first are set', () => {
  expect(texIn(`$${'x_1+'.repeat(longestFormula / 4)}x_1$`)).toEqual([])
  expect(texIn('$x_1$ '.repeat(mostFormulas + 100))).toHaveLength(mostFormulas)
})

test.each(['\\(', '$ ', '$a', '$$ ', '\\[x', '\\begin{equation}', '$x_1', '\\begin{array}\\end{cases}'])(
  'five megabytes of %s are looked through at once',
  mark => {
    const started = process.cpuUsage().user
    texIn(mark.repeat(5_000_000 / mark.length))
    expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(2_000)
  },
)
