/** Formulas that a publisher wrote as TeX: set where they are formulas, left as they are where they are not. */
import type { Page } from 'playwright/test'
import { checkArticle } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

async function follow(reader: ReaderWindow, feeds: FeedServer, texts: string[]): Promise<void> {
  const items = texts.map((text, at) => {
    const date = new Date(Date.UTC(2026, 2, 12, 12 - at)).toUTCString()
    return `<item><title>Article ${at + 1}</title><guid isPermaLink="false">${at}</guid><pubDate>${date}</pubDate><description><![CDATA[${text}]]></description></item>`
  })
  feeds.answer('/maths.xml', (_, response) => {
    const body = `<rss version="2.0"><channel><title>Proofs</title>${items.join('')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  await reader.follow(`${feeds.url}/maths.xml`, 'Proofs')
}

const clipboard = (page: Page) => page.evaluate('navigator.clipboard.readText()')

/** What each formula was made of; of those on their own lines in brackets. */
const formulasOf = (reader: ReaderWindow) =>
  reader.text.locator('math').evaluateAll((all: MathElement[]) =>
    all.map(math => {
      const tex = math.querySelector('annotation')?.textContent ?? ''
      return math.getAttribute('display') === 'block' ? `[${tex}]` : tex
    }),
  )
type MathElement = {
  querySelector(name: string): { textContent: string } | null
  getAttribute(name: string): string | null
}

const fontsAskedFor = (page: Page) => {
  const asked: string[] = []
  page.on('request', request => void (/math.*\.woff2/.test(request.url()) && asked.push(request.url())))
  return asked
}

const wide = `\\sum_{n=0}^\\infty ${Array.from({ length: 40 }, (_, at) => `\\frac{x^{${at}}}{${at}!}`).join(' + ')}`

test('formulas of every form are set, with their font; the article before, which has none, asks for nothing', async ({
  reader,
  feeds,
}) => {
  const asked = fontsAskedFor(reader.page)
  await follow(reader, feeds, [
    '<p>It costs $5 and $10, in the shell $HOME/$USER.</p><p>Write <code>$x_1$</code>.</p><pre>$$x^2$$</pre>',
    `<p>$$\\newcommand{\\half}{\\frac12}$$</p><p>Let \\(\\alpha\\) be $n^2$, or $n$, for $5 and $10, <em>or $\\half$</em>.</p>
     <p>Then $$e^{i\\pi}<br />
     = -1$$ and \\[x &lt; y_1\\]</p><p>\\begin{align}a &amp;= b \\\\ c &amp;= d\\end{align}</p><pre>$$x^2$$</pre><p>Bad: $\\nosuch{x}$.</p>`,
  ])
  await reader.read('Article 1')
  await expect(reader.text.getByText('It costs $5 and $10, in the shell $HOME/$USER.')).toBeVisible()
  await expect(reader.text.locator('math')).toHaveCount(0)
  expect(asked).toEqual([])
  await reader.read('Article 2')
  await expect
    .poll(() => formulasOf(reader))
    .toEqual([
      ...['\\alpha', 'n^2', 'n', '\\half', '[e^{i\\pi}\n= -1]', '[x < y_1]'],
      '[\\begin{align}a &= b \\\\ c &= d\\end{align}]',
    ])
  await expect(reader.text.locator('p').first()).toContainText('for $5 and $10, or')
  await expect(reader.text.getByText('Bad: $\\nosuch{x}$.')).toBeVisible()
  await expect(reader.text.locator('pre')).toHaveText('$$x^2$$')
  await expect(reader.text.locator('[data-tex]')).toHaveCount(0)
  await expect.poll(() => asked).toHaveLength(1)
})

test('pictures and scripts of formulas are set, too, and what is copied, quoted or found is the formula', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  const asked: string[] = []
  feeds.answer('/f.png', (request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(404).end()
  })
  await follow(reader, feeds, [
    `<p>Say <script type="math/tex">E = mc^2</script> and <img class="latex" src="${feeds.url}/f.png" alt="\\alpha_1"> here.</p>
     <p><img class="latex" src="${feeds.url}/f.png" alt="\\nosuch{x}"></p>`,
  ])
  await reader.read('Article 1')
  await expect.poll(() => formulasOf(reader)).toEqual(['E = mc^2', '\\alpha_1'])
  // That of which nothing can be made.
  await expect.poll(() => asked).toHaveLength(1)
  const line = 'Say $E = mc^2$ and $\\alpha_1$ here.'
  await page.keyboard.press('q')
  await expect.poll(() => clipboard(page)).toContain(`“${line}”`)
  await reader.text.locator('p').first().click()
  await page.evaluate(`(() => {
    const text = document.querySelector('iframe[title="Article text"]').contentDocument
    text.getSelection().selectAllChildren(text.querySelector('p'))
  })()`)
  await page.keyboard.press('Control+c')
  await expect.poll(() => clipboard(page)).toBe(line)
  await page.keyboard.press('Control+f')
  await page.keyboard.type('E=mc')
  await expect(page.getByText('1 of 1')).toBeVisible()
})

test('a formula that is wider than the text scrolls by itself, by keyboard too, in every theme', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await follow(reader, feeds, [`<p>Before.</p><p>$$${wide}$$</p><p>$$x_1$$</p><p dir="rtl">הנוסחה $x^2 + y^2$ כאן</p>`])
  await reader.read('Article 1')
  const box = reader.text.getByRole('region', { name: 'Formula' })
  await expect(box).toHaveCount(1)
  await box.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => box.evaluate((element: { scrollLeft: number }) => element.scrollLeft)).toBeGreaterThan(0)
  const themes = { Light: 'light', Dark: 'dark', Sepia: 'sepia', 'High contrast': 'contrast' }
  for (const [theme, mark] of Object.entries(themes)) {
    await page.keyboard.press(',')
    await page.getByRole('dialog').getByText(theme, { exact: true }).click()
    await page.keyboard.press('Escape')
    await expect(reader.text.locator(`html[data-theme=${mark}]`)).toHaveCount(1)
    await checkArticle(page, theme)
  }
})
