/** How the text of an article is set: by the settings, by its script, by what its publisher sends. */
import type { Locator } from 'playwright/test'
import { expect, reopen, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { plainPng } from '../support/pictures.ts'
import type { ReaderWindow } from '../support/window.ts'

/** Follows a feed of one article, and opens it. `HOST` in its text is the server. */
async function read(reader: ReaderWindow, feeds: FeedServer, html: string, title = 'On salt'): Promise<void> {
  const about = '<author>mara@example.org (Mara Holt)</author><pubDate>Thu, 12 Mar 2026 12:00:00 GMT</pubDate>'
  const item = `<item><guid>1</guid><title>${title}</title>${about}<description><![CDATA[${html}]]></description></item>`
  feeds.answer('/set.xml', (_, response) => {
    const body = `<rss version="2.0"><channel><title>Setting</title>${item}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  await reader.follow(`${feeds.url}/set.xml`, 'Setting')
  await reader.headline(title).first().click()
  await expect(reader.text.locator('body > *').first()).toBeVisible()
}

/** As much of an element as is used here. */
type Styled = {
  ownerDocument: { defaultView: { getComputedStyle(of: unknown): { getPropertyValue(name: string): string } } }
}

const style = (element: Locator, name: string): Promise<string> =>
  element.evaluate(
    (shown: Styled, property) => shown.ownerDocument.defaultView.getComputedStyle(shown).getPropertyValue(property),
    name,
  )

test('the settings of article text are seen in a sample, in the article, and after a restart', async ({
  reader,
  app,
  feeds,
}) => {
  await read(reader, feeds, '<p>They carried salt.</p>')
  const { page } = reader
  await page.keyboard.press(',')
  await page.getByRole('radio', { name: 'Atkinson Hyperlegible' }).check({ force: true })
  await page.getByRole('slider', { name: 'Size of article text' }).fill('24')
  await page.getByRole('slider', { name: 'Length of lines' }).fill('50')
  await page.getByRole('slider', { name: 'Space between lines' }).fill('2')
  await page.getByRole('switch', { name: 'Justify lines' }).check()
  const sample = page.getByRole('figure', { name: 'Sample' })
  await expect.poll(() => style(sample, 'font-family')).toMatch(/^"Atkinson Hyperlegible/)
  await page.keyboard.press('Escape')
  for (const isAgain of [false, true]) {
    if (isAgain) {
      await reopen(reader, app)
      await reader.headline('On salt').first().click()
    }
    const text = reader.text.getByText('They carried salt.')
    await expect.poll(() => style(text, 'font-family')).toMatch(/^"Atkinson Hyperlegible/)
    expect(await style(text, 'text-align')).toBe('justify')
    const size = Number.parseFloat(await style(text, 'font-size'))
    expect(size).toBeCloseTo(24 * 0.93, 1)
    expect(Number.parseFloat(await style(text, 'line-height')) / size).toBeCloseTo(2, 1)
  }
  const fonts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  expect(fonts.filter(name => name.includes('newsreader')).length).toBeGreaterThan(0)
})

test('dividing words is offered where the browser divides them, and nowhere else', async ({ reader, feeds }) => {
  await read(reader, feeds, '<p>They carried salt.</p>')
  const { page } = reader
  await page.keyboard.press(',')
  await expect(page.getByRole('switch', { name: 'Justify lines' })).toBeVisible()
  const height = (hyphens: string) =>
    page.evaluate<number>(`(() => {
      const text = document.createElement('p')
      text.lang = 'en'
      text.textContent = 'incomprehensibility notwithstanding'
      text.style = 'width: 8ch; hyphens: ${hyphens}'
      document.body.append(text)
      const { height } = text.getBoundingClientRect()
      text.remove()
      return height
    })()`)
  const isDividing = (await height('auto')) !== (await height('manual'))
  await expect(page.getByRole('switch', { name: 'Divide words' })).toHaveCount(isDividing ? 1 : 0)
})

test('a typeface that is not chosen is not loaded', async ({ reader, feeds }) => {
  const asked: string[] = []
  reader.page.on('request', request => asked.push(request.url()))
  await read(reader, feeds, '<p>They carried salt, <em>slowly</em>.</p>')
  await expect.poll(() => asked.filter(url => url.includes('newsreader')).length).toBeGreaterThan(0)
  expect(asked.filter(url => url.includes('atkinson'))).toEqual([])
})

test('a headline and a byline that the text repeats stand once', async ({ reader, feeds }) => {
  await read(
    reader,
    feeds,
    '<div><img src="HOST/a.png" alt="Pans"><h1>On “salt”</h1><p>By <a href="/m">Mara Holt</a>, March 12th, 2026</p><p>They carried salt.</p><h2>On salt</h2></div>',
  )
  await expect(reader.text.getByText('They carried salt.')).toBeVisible()
  await expect(reader.text.getByRole('heading')).toHaveText(['On salt'])
  await expect(reader.text.getByText('Mara Holt')).toHaveCount(0)
  await expect(reader.text.getByRole('img', { name: 'Pans' })).toHaveCount(1)
})

test('a headline that the text repeats after a byline and a picture stands once, too', async ({ reader, feeds }) => {
  const byline = '<p>By Mara Holt, 12 March 2026</p>'
  const pans = '<figure><img src="HOST/a.png" alt="Pans"></figure>'
  await read(reader, feeds, `${byline}${pans}<h1>On salt</h1><p>They carried salt.</p>`)
  await expect(reader.text.getByText('They carried salt.')).toBeVisible()
  await expect(reader.text.getByText('By Mara')).toHaveCount(0)
  await expect(reader.text.getByRole('heading')).toHaveCount(0)
})

test('a picture among words stays in their line, and one alone has a line and room of its own', async ({
  reader,
  feeds,
}) => {
  feeds.answer('/seal.png', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(16, 16, [40, 90, 60]))
  })
  const seal = (name: string) => `<img src="HOST/seal.png" width="16" height="16" alt="${name}">`
  await read(
    reader,
    feeds,
    `${seal('alone')}<p>Salt ${seal('among')} and wind.</p><p><a href="/b">${seal('linked')}</a></p>`,
  )
  const text = reader.text
  await expect(text.getByRole('img', { name: 'among' })).toHaveCSS('display', 'inline')
  await expect(text.getByRole('img', { name: 'linked' })).toHaveCSS('display', 'block')
  const picture = (await text.getByRole('img', { name: 'alone' }).boundingBox())!
  const words = (await text.getByText('Salt').boundingBox())!
  expect(words.y - picture.y - picture.height).toBeGreaterThan(12)
})

test('in a table a figure is read on one line, and words have room', async ({ reader, feeds }) => {
  const row = '<td>€ 340</td><td>Taped, one lifted at the cuff</td>'.repeat(8)
  await read(reader, feeds, `<table><tr>${row}</tr></table>`)
  const figure = (await reader.text.getByText('€ 340').first().boundingBox())!
  const sentence = (await reader.text.getByText('Taped').first().boundingBox())!
  expect(figure.height).toBeLessThanOrEqual(sentence.height)
  expect(sentence.width).toBeGreaterThan(120)
  expect(await style(reader.text.getByText('€ 340').first(), 'white-space')).toBe('nowrap')
})

test('only a table that is wider than its place is a stop for Tab, and the arrow keys scroll it', async ({
  reader,
  feeds,
}) => {
  const cells = Array.from({ length: 14 }, (_, n) => `<td>Measurement${n}</td>`).join('')
  await read(
    reader,
    feeds,
    `<table><tr><td>small</td></tr></table><table><caption>All of them</caption><tr>${cells}</tr></table><pre>short</pre>`,
  )
  const wide = reader.text.getByRole('region', { name: 'All of them' })
  await expect(wide).toHaveAttribute('tabindex', '0')
  await expect(reader.text.locator('[tabindex]')).toHaveCount(1)
  await wide.focus()
  await reader.page.keyboard.press('ArrowRight')
  await expect.poll(() => wide.evaluate(box => box.scrollLeft)).toBeGreaterThan(0)
})

test('Arabic runs from the right although it begins with a name in Latin letters; code in it does not', async ({
  reader,
  feeds,
}) => {
  await read(reader, feeds, '<p>Reuters: عادت المكتبة العائمة إلى النهر صباح الأحد.</p><pre>npm test</pre>')
  await expect.poll(() => style(reader.text.locator('p'), 'direction')).toBe('rtl')
  expect(await style(reader.text.locator('pre'), 'direction')).toBe('ltr')
})

test('Japanese that its publisher sets in columns stands in columns', async ({ reader, feeds }) => {
  await read(
    reader,
    feeds,
    `<div style="writing-mode: vertical-rl">${'<p>駅前の時計屋には、時計がある。</p>'.repeat(40)}</div><p>横書き。</p>`,
  )
  expect(await style(reader.text.getByText('駅前の').first(), 'writing-mode')).toBe('vertical-rl')
  expect(await style(reader.text.getByText('横書き'), 'writing-mode')).toBe('horizontal-tb')
  // The box that scrolls is no wider than the text around it: its beginning is at its right edge.
  const right = async (words: string) => {
    const box = await reader.text.locator('body > *', { hasText: words }).boundingBox()
    return Math.round((box?.x ?? 0) + (box?.width ?? 0))
  }
  expect(await right('駅前の')).toBeLessThanOrEqual(await right('横書き'))
})

test('of a thousand pictures only those are asked for that are near what is in sight', async ({ reader, feeds }) => {
  let asked = 0
  for (let n = 0; n < 1_000; n++)
    feeds.answer(`/many/${n}.png`, (_, response) => {
      asked++
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(60, 40, [n % 255, 90, 90]))
    })
  const pictures = Array.from(
    { length: 1_000 },
    (_, n) => `<p><img src="HOST/many/${n}.png" width="600" height="400"></p>`,
  )
  await read(reader, feeds, pictures.join(''))
  await expect(reader.text.locator('img').first()).toHaveJSProperty('naturalWidth', 60)
  await expect(reader.text.locator('img[src][data-pending]')).toHaveCount(0)
  expect(asked).toBeLessThan(12)
  const before = asked
  await reader.article.evaluate(pane => pane.scrollTo(0, pane.scrollHeight / 2))
  await expect.poll(() => asked).toBeGreaterThan(before)
  await expect(reader.text.locator('img[src][data-pending]')).toHaveCount(0)
  expect(asked).toBeLessThan(40)
})

const notes = `<p>It was taxed.<sup><a href="#fn1" id="r1">1</a></sup> And carted.<sup><a href="#fn2" id="r2">2</a></sup></p>
${'<p>Salt and more salt.</p>'.repeat(60)}
<ol><li id="fn1"><p>By the <a href="https://crown.example/">crown</a>. <a href="#r1">↩</a></p></li><li id="fn2"><p>At night. <a href="#r2">↩</a></p></li></ol>`

test('a note is shown where it is referred to; Escape closes it, and the focus goes back to the reference', async ({
  reader,
  feeds,
}) => {
  await read(reader, feeds, notes)
  const { page } = reader
  const mark = reader.text.getByRole('link', { name: '1', exact: true })
  await mark.focus()
  await page.keyboard.press('Enter')
  const note = reader.text.getByRole('dialog', { name: 'Note 1' })
  await expect(note).toBeInViewport({ ratio: 1 })
  await expect(note).toContainText('By the crown.')
  await expect(note).not.toContainText('↩')
  await expect(note).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(note.getByRole('link', { name: 'crown' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(note).toHaveCount(0)
  await expect(mark).toBeFocused()
  // Another reference takes its place; a click elsewhere closes it.
  await mark.click()
  await reader.text.getByRole('link', { name: '2', exact: true }).click()
  await expect(reader.text.getByRole('dialog')).toHaveText(/At night/)
  await reader.text.getByText('Salt and more salt.').nth(7).click()
  await expect(reader.text.getByRole('dialog')).toHaveCount(0)
})

test('from the note at its reference a way leads to the note in its place, and back', async ({ reader, feeds }) => {
  await read(reader, feeds, notes)
  await reader.page.emulateMedia({ reducedMotion: 'reduce' })
  await reader.text.getByRole('link', { name: '1', exact: true }).click()
  await reader.text.getByRole('button', { name: 'Go to the note' }).click()
  await expect(reader.text.locator('li:focus')).toContainText('By the crown.')
  await reader.page.keyboard.press('Alt+ArrowLeft')
  await expect(reader.text.getByRole('link', { name: '1', exact: true })).toBeFocused()
})

test('what stands below a picture does not move when it comes, if it was ever fetched', async ({
  reader,
  app,
  feeds,
}) => {
  feeds.answer('/wide.png', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 100, [90, 90, 90]))
  })
  await read(reader, feeds, '<p><img src="HOST/wide.png" alt="A wall"></p><p>Below it.</p>')
  const picture = reader.text.getByAltText('A wall')
  await expect(picture).toHaveJSProperty('naturalWidth', 640)

  const held = Promise.withResolvers<void>()
  await reader.page.route('**/media?*', async route => {
    await held.promise
    await route.continue()
  })
  await expect(async () => {
    await reopen(reader, app)
    await reader.headline('On salt').first().click()
    await expect(picture).toHaveAttribute('width', '640', { timeout: 1_000 })
  }).toPass()
  const below = reader.text.getByText('Below it.')
  const top = async () => (await below.boundingBox())?.y
  const before = await top()
  await expect(picture).toHaveJSProperty('naturalWidth', 0)
  held.resolve()
  await expect(picture).toHaveJSProperty('naturalWidth', 640)
  expect(await top()).toBe(before)
})
