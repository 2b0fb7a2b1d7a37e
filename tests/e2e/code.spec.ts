/** Code in an article has colours, and is otherwise as it was. */
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

const js = '// how high\nexport function rise(level) {\n  return level > 4 ? "flood" : null\n}\n'
const code = `<pre><code class="language-js">${js.replaceAll('>', '&gt;')}</code></pre>`

async function follow(reader: ReaderWindow, feeds: FeedServer, texts: string[]): Promise<void> {
  const items = texts.map((text, at) => {
    const date = new Date(Date.UTC(2026, 2, 12, 12 - at)).toUTCString()
    return `<item><title>Article ${at + 1}</title><guid isPermaLink="false">${at}</guid><pubDate>${date}</pubDate><description><![CDATA[${text}]]></description></item>`
  })
  feeds.answer('/code.xml', (_, response) => {
    const body = `<rss version="2.0"><channel><title>Code</title>${items.join('')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  await reader.follow(`${feeds.url}/code.xml`, 'Code')
}

/** What of the text is coloured, by kind. Looks from the window into its frame, which runs no script. */
const colouredText = `(() => {
  const inner = document.querySelector('iframe[title="Article text"]')?.contentWindow
  const all = [...(inner?.CSS.highlights ?? [])].filter(([name]) => name.startsWith('code-'))
  return Object.fromEntries(all.map(([name, ranges]) => [name.slice(5), [...ranges].map(String)]))
})()`
const coloured = (reader: ReaderWindow) => reader.page.evaluate<Record<string, string[]>>(colouredText)

/** Of each colour to what code stands on, in each theme. */
const contrastsOfAll = `(() => {
  const inner = document.querySelector('iframe[title="Article text"]').contentWindow
  const pre = inner.document.querySelector('pre')
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const luminance = colour => {
    context.fillStyle = colour
    context.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(part => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const kinds = ['comment', 'keyword', 'string', 'number', 'name', 'type', 'added', 'removed']
  return ['light', 'sepia', 'dark', 'contrast'].flatMap(theme => {
    inner.document.documentElement.dataset.theme = theme
    const sheet = luminance(inner.getComputedStyle(pre).backgroundColor)
    return kinds.map(kind => {
      const ink = luminance(inner.getComputedStyle(pre, '::highlight(code-' + kind + ')').color)
      const [low, high] = [sheet, ink].sort((a, b) => a - b)
      return { theme, kind, contrast: (high + 0.05) / (low + 0.05) }
    })
  })
})()`
type Contrast = { theme: string; kind: string; contrast: number }

test('code in a named language is coloured, its HTML untouched, and the next article has none of it', async ({
  reader,
  feeds,
}) => {
  await follow(reader, feeds, [`<p>Like this:</p>${code}`, '<p>No code.</p><pre>just\nwords\nhere</pre>'])
  await reader.read('Article 1')
  await expect
    .poll(() => coloured(reader))
    .toMatchObject({
      comment: ['// how high'],
      keyword: ['export', 'function', 'return'],
      string: ['"flood"'],
      number: ['4', 'null'],
    })
  expect(await reader.text.locator('pre').evaluate((pre: { textContent: string }) => pre.textContent)).toBe(js)
  await expect(reader.text.locator('pre span')).toHaveCount(0)
  await reader.read('Article 2')
  await expect(reader.text.locator('pre')).toHaveText(/just/)
  await expect.poll(() => coloured(reader)).toEqual({})
})

test('the colours can be read in every theme', async ({ reader, feeds }) => {
  await follow(reader, feeds, [code])
  await reader.read('Article 1')
  await expect.poll(async () => Object.keys(await coloured(reader)).length).toBeGreaterThan(3)
  const contrasts = await reader.page.evaluate<Contrast[]>(contrastsOfAll)
  expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([])
  expect(new Set(contrasts.map(({ contrast }) => contrast)).size).toBeGreaterThan(12)
})
