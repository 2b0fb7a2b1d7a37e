/**
 * What one article costs the window: 200 KB of HTML from the answer to the second frame, pictures asked for of a thousand, and
 * how far the text moves while pictures come, the first time and the next. In Chromium over the built web host.
 */
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { type Broadsheet, startBroadsheet } from '../support/broadsheet.ts'
import { chromiumOptions } from '../support/chromium.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { plainPng } from '../support/pictures.ts'
import { ReaderWindow } from '../support/window.ts'
import { numberOf, shares } from './lib-measure.ts'

const root = join(import.meta.dirname, '../..')
const htmlBytes = 200_000
const pictures = 1_000
const paragraph =
  'They carried salt from the pans to the railhead <em>before there was a road</em>, and <a href="https://a.example/">wrote it down</a>. '

/** `--rounds N` (15) openings of the long article. Prints Markdown. */
export async function run(args: string[] = []): Promise<void> {
  const { ensureBuilt } = await import(join(root, 'scripts', 'lib', 'ensure.mjs'))
  await ensureBuilt()
  const feeds = await startFeedServer()
  const app = await startBroadsheet()
  const browser = await chromium.launch(chromiumOptions())
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}\n`)
  try {
    const asked = serve(feeds)
    await follow(browser, app, feeds)
    await printLong(browser, app, numberOf(args, '--rounds', 15))
    await printMany(browser, app, asked)
    await printMoves(browser, app)
  } finally {
    await browser.close()
    await app.stop()
    await feeds.close()
  }
}

function serve(feeds: FeedServer): () => number {
  let asked = 0
  const picture = (path: string, width: number, height: number) =>
    feeds.answer(path, (_, response) => {
      if (path.startsWith('/many')) asked++
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(width, height, [90, 90, 90]))
    })
  const many = Array.from({ length: pictures }, (_, n) => `/many/${n}.png`)
  for (const path of many) picture(path, 120, 80)
  const few = Array.from({ length: 8 }, (_, n) => `/few/${n}.png`)
  for (const [n, path] of few.entries()) picture(path, 600, 150 + n * 60)
  const texts = {
    'A long text': `<p>${paragraph.repeat(4)}</p>`.repeat(Math.ceil(htmlBytes / (paragraph.length * 4 + 7))),
    'A thousand pictures': many.map(path => `<p><img src="HOST${path}"></p>`).join(''),
    'Eight pictures': few.map(path => `<p>Words.</p><p><img src="HOST${path}"></p>`).join(''),
    'A short text': '<p>Short.</p>',
  }
  feeds.answer('/bench.xml', (_, response) => {
    const items = Object.entries(texts).map(
      ([title, html]) =>
        `<item><guid>${title}</guid><title>${title}</title><description><![CDATA[${html}]]></description></item>`,
    )
    const body = `<rss version="2.0"><channel><title>Bench</title>${items.join('')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  return () => asked
}

async function follow(browser: Browser, app: Broadsheet, feeds: FeedServer): Promise<void> {
  const { page, window } = await open(browser, app)
  await window.follow(`${feeds.url}/bench.xml`, 'Bench')
  await page.context().close()
}

async function open(browser: Browser, app: Broadsheet): Promise<{ page: Page; window: ReaderWindow }> {
  const page = await (await browser.newContext({ viewport: { width: 1_440, height: 900 } })).newPage()
  await page.goto(app.url())
  return { page, window: new ReaderWindow(page) }
}

/** Runs in the page: ms from the text's arrival in the frame's document until the second frame after it. */
const timing = `new Promise(resolve => {
  const body = document.querySelector('iframe[title="Article text"]').contentDocument.body
  new MutationObserver((_, observer) => {
    observer.disconnect()
    const start = performance.now()
    requestAnimationFrame(() => requestAnimationFrame(() => resolve({ ms: performance.now() - start })))
  }).observe(body, { childList: true })
})`

async function printLong(browser: Browser, app: Broadsheet, rounds: number): Promise<void> {
  const { page, window } = await open(browser, app)
  const times: number[] = []
  let elements = 0
  for (let round = 0; round < rounds; round++) {
    await window.headline('A short text').click()
    await window.text.getByText('Short.').waitFor()
    const painted = page.evaluate<{ ms: number }>(timing)
    await window.headline('A long text').click()
    times.push((await painted).ms)
    elements = await window.text.locator('p').count()
  }
  const { p50, p95 } = shares(times)
  console.log('| | p50 ms | p95 ms |\n|---|--:|--:|')
  console.log(
    `| 200 KB (${elements} paragraphs): text in the frame to the second frame | ${p50.toFixed(0)} | ${p95.toFixed(0)} |`,
  )
  await page.context().close()
}

async function printMany(browser: Browser, app: Broadsheet, asked: () => number): Promise<void> {
  const { page, window } = await open(browser, app)
  const before = asked()
  await window.headline('A thousand pictures').click()
  await untilStill(window)
  const opened = asked() - before
  await window.article.evaluate((pane: { scrollHeight: number; scrollTo(x: number, y: number): void }) =>
    pane.scrollTo(0, pane.scrollHeight / 2),
  )
  await untilStill(window)
  console.log(
    `\nOf ${pictures} pictures ${opened} are asked for when the article is opened, ${asked() - before} after a leap to its middle.`,
  )
  await page.context().close()
}

async function untilStill(window: ReaderWindow): Promise<void> {
  await window.text.locator('img[src]').first().waitFor({ state: 'attached' })
  await window.text.locator('img[src][data-pending]').first().waitFor({ state: 'detached' })
}

/** By how much the last words in the article moved while its pictures came, in px. */
async function printMoves(browser: Browser, app: Broadsheet): Promise<void> {
  const moves: number[] = []
  for (let time = 0; time < 2; time++) {
    const { page, window } = await open(browser, app)
    const held = Promise.withResolvers<void>()
    await page.route('**/media?*', async route => {
      await held.promise
      await route.continue()
    })
    await window.headline('Eight pictures').click()
    await window.text.locator('img').first().waitFor({ state: 'attached' })
    const height = () => window.text.locator('body').evaluate((shown: { offsetHeight: number }) => shown.offsetHeight)
    const before = await height()
    held.resolve()
    await untilStill(window)
    moves.push(Math.abs((await height()) - before))
    // Sizes are stored a few at a time.
    await page.waitForTimeout(1_000)
    await page.context().close()
  }
  console.log(
    `\nWhile 8 pictures without sizes come the text grows or shrinks by ${moves[0]} px; the next time by ${moves[1]} px.`,
  )
}
