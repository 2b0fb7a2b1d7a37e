/** What takes an article out of the window: its menu, links to paste, files, paper. */
import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 900, height: 700 } })

const text = `<p>The first line, with <a href="https://elsewhere.example/a?b=1">a link</a>.</p>
  <figure><img src="HOST/pic.png" alt="A harbour"><figcaption>The harbour</figcaption></figure>
  <details><summary>More</summary><p>Folded away.</p></details><audio src="HOST/tide.mp3"></audio><p>The last line.</p>`

/** Follows a feed and opens its one article, 'Tides [and] moons'. */
async function openArticle(reader: ReaderWindow, feeds: FeedServer): Promise<void> {
  const item = `<item><guid>1</guid><title>Tides [and] moons</title><link>HOST/tides_(1)</link>
    <pubDate>Thu, 12 Mar 2026 12:00:00 GMT</pubDate><author>mara@example.org (Mara Holt)</author>
    <description><![CDATA[${text}]]></description></item>`
  const body = `<rss version="2.0"><channel><title>Harbour Post</title>${item}</channel></rss>`
  feeds.answer('/post.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  feeds.answer('/pic.png', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 360, colourOf('/pic.png')))
  })
  await reader.follow(`${feeds.url}/post.xml`, 'Harbour Post')
  await reader.read('Tides [and] moons')
}

async function chooseMore(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

const clipboard = (page: Page) => page.evaluate('navigator.clipboard.readText()')

test('the article has a menu of what is done now and then, which the keyboard reaches and axe accepts', async ({
  reader,
  feeds,
}) => {
  await openArticle(reader, feeds)
  const button = reader.page.getByRole('button', { name: 'More actions' })
  await button.focus()
  await button.press('Enter')
  await expect(reader.page.getByRole('menuitem', { name: 'Copy link' })).toBeFocused()
  await checkPage(reader.page, 'the menu of an article')
  await reader.page.keyboard.press('Escape')
  await expect(button).toBeFocused()
})

test('a link is copied as Markdown, so that it holds whatever title and address have in them', async ({
  reader,
  feeds,
}) => {
  await openArticle(reader, feeds)
  await chooseMore(reader.page, 'Copy as Markdown link')
  await expect(reader.toast('Link copied as Markdown.')).toBeVisible()
  const link = String.raw`[Tides \[and\] moons](${feeds.url}/tides_%281%29)`
  expect(await clipboard(reader.page)).toBe(link)
  await chooseMore(reader.page, 'Copy link')
  expect(await clipboard(reader.page)).toBe(`${feeds.url}/tides_(1)`)
  await reader.page.keyboard.press('Shift+Y')
  await expect.poll(() => clipboard(reader.page)).toBe(link)
})

test('Ctrl+P prints the article alone, with its picture, and nothing of the window', async ({ reader, feeds }) => {
  await openArticle(reader, feeds)
  await watchPaper(reader.page)
  const { promise: late, resolve: arrive } = Promise.withResolvers<void>()
  await reader.page.route('**/media?**', route => late.then(() => route.continue()))
  await reader.page.keyboard.press('Control+p')
  // It waits for its picture.
  await expect(reader.page.frameLocator('iframe[data-print]').getByRole('img', { includeHidden: true })).toBeAttached()
  expect(await papers(reader.page)).toEqual([])
  arrive()
  await expect.poll(() => papers(reader.page)).toHaveLength(1)
  const [paper] = await papers(reader.page)
  expect(paper).toEqual({
    title: 'Tides [and] moons',
    text: expect.stringMatching(
      /^Harbour Post\s+Tides \[and\] moons\s+Mara Holt · .*2026.*Folded away\.\s+The last line\.$/s,
    ),
    pictures: [640],
    players: 0,
    showsAddresses: false,
  })
  await chooseMore(reader.page, 'Print with addresses of links')
  await expect
    .poll(async () => (await papers(reader.page)).map(({ showsAddresses }) => showsAddresses))
    .toEqual([false, true])
})

test('Ctrl+P prints the article from a field, a menu and a dialog, too, and without one nothing, with a word', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await openArticle(reader, feeds)
  await watchPaper(page)
  await watchWindowPrinted(page)
  await page.keyboard.press('/')
  await page.keyboard.press('Control+p')
  await expect.poll(() => papers(page)).toHaveLength(1)
  await page.getByRole('button', { name: 'More actions' }).click()
  await expect(page.getByRole('menuitem', { name: 'Copy link' })).toBeFocused()
  await page.keyboard.press('Control+p')
  await expect.poll(() => papers(page)).toHaveLength(2)
  await page.keyboard.press('Escape')
  await page.keyboard.press(',')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Control+p')
  await expect
    .poll(async () => (await papers(page)).map(({ title }) => title))
    .toEqual(Array(3).fill('Tides [and] moons'))
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Saved' })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.press('Control+p')
  await expect(reader.toast('Open an article to print it.')).toBeVisible()
  expect(await page.evaluate('globalThis.keptFromBrowser')).toEqual(Array(4).fill(true))
})

/** Notes of each Ctrl+P whether the browser was kept from printing the window. */
function watchWindowPrinted(page: Page): Promise<void> {
  return page.evaluate(`
    globalThis.keptFromBrowser = []
    addEventListener('keydown', event => event.ctrlKey && event.key === 'p' && keptFromBrowser.push(event.defaultPrevented), true)
  `)
}

type Paper = { title: string; text: string; pictures: number[]; players: number; showsAddresses: boolean }

/** Notes what is on each paper when it goes to the printer. */
function watchPaper(page: Page): Promise<void> {
  return page.evaluate(`
    globalThis.papers = []
    new MutationObserver(changes => {
      for (const frame of changes.flatMap(change => [...change.addedNodes])) {
        if (!(frame instanceof HTMLIFrameElement)) continue
        frame.addEventListener('load', () => frame.contentWindow.addEventListener('beforeprint', () => {
          const paper = frame.contentDocument
          papers.push({
            title: paper.title,
            text: paper.body.innerText.trim(),
            pictures: [...paper.images].map(image => image.naturalWidth),
            players: paper.querySelectorAll('audio, video').length,
            showsAddresses: paper.documentElement.hasAttribute('data-addresses'),
          })
        }))
      }
    }).observe(document.body, { childList: true })
  `)
}

function papers(page: Page): Promise<Paper[]> {
  return page.evaluate('papers')
}

/** Chooses an entry of the menu that saves a file; its name and bytes. */
async function save(page: Page, item: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), chooseMore(page, item)])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

test('an article saved as a web page opens in another browser without a single request, picture and all', async ({
  reader,
  feeds,
  browser,
}) => {
  await openArticle(reader, feeds)
  const { name, bytes } = await save(reader.page, 'Save as a web page')
  expect(name).toBe('tides-and-moons.html')
  await expect(reader.toast(/^Saved tides-and-moons.html, /)).toBeVisible()
  const elsewhere = await browser.newContext()
  const page = await elsewhere.newPage()
  const asked: string[] = []
  await page.route('**', route => {
    if (route.request().url() === 'https://file.example/') {
      return route.fulfill({ contentType: 'text/html', body: bytes })
    }
    asked.push(route.request().url())
    return route.abort()
  })
  const said: string[] = []
  page.on('console', message => said.push(message.text()))
  await page.goto('https://file.example/')
  await expect(page.getByRole('heading', { level: 1, name: 'Tides [and] moons' })).toBeVisible()
  const picture = page.getByRole('img', { name: 'A harbour' })
  expect(await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(640)
  // Its style is the one that its policy allows.
  expect(await page.evaluate('getComputedStyle(document.querySelector("article")).maxWidth')).toBe('702px')
  expect({ asked: asked.filter(url => !url.endsWith('/favicon.ico')), said }).toEqual({ asked: [], said: [] })
  await elsewhere.close()
})

test('an article is saved as EPUB and as Markdown', async ({ reader, feeds }) => {
  await openArticle(reader, feeds)
  const book = await save(reader.page, 'Save as EPUB')
  expect(book.name).toBe('tides-and-moons.epub')
  expect(Object.keys(unzipSync(book.bytes))).toEqual(
    expect.arrayContaining(['mimetype', 'EPUB/article-1.xhtml', 'EPUB/pictures/1.png']),
  )
  const note = await save(reader.page, 'Save as Markdown')
  expect(note.name).toBe('tides-and-moons.md')
  expect(note.bytes.toString()).toContain(`![A harbour](${feeds.url}/pic.png)\n\nThe harbour\n`)
})

test('what a list has is saved as one book, from its menu', async ({ reader, feeds }) => {
  await openArticle(reader, feeds)
  await reader.page.getByRole('button', { name: 'More for this list' }).focus()
  await reader.page.keyboard.press('Enter')
  const item = reader.page.getByRole('menuitem', { name: 'Save the list as EPUB' })
  await expect(item).toBeFocused()
  await checkPage(reader.page, 'the menu of a list')
  const [download] = await Promise.all([reader.page.waitForEvent('download'), item.press('Enter')])
  expect(download.suggestedFilename()).toBe('harbour-post.epub')
  await expect(reader.toast(/^Saved 1 article as harbour-post\.epub, /)).toBeVisible()
  expect(Object.keys(unzipSync(await readFile(await download.path())))).toContain('EPUB/pictures/1.png')
  // An empty list makes no file.
  await reader.page.keyboard.press('g')
  await reader.page.keyboard.press('s')
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Saved' })).toBeVisible()
  await reader.page.getByRole('button', { name: 'More for this list' }).click()
  await item.click()
  await expect(reader.toast('There is no article to save.')).toBeVisible()
})
