/** How a feed or a folder is read: pictures, what a headline opens, text direction; and where each value comes from. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import type { ReaderWindow } from '../support/window.ts'

test.setTimeout(60_000)

const pictures = ['/lead.png', '/thumb.png', '/within.png', '/icon.png']

/** Follows a feed with a lead picture, a thumbnail, a picture in the text and an icon, all on the same server. */
async function follow(reader: ReaderWindow, feeds: FeedServer): Promise<void> {
  const item = (title: string, hour: number) => `<item><title>${title}</title><guid>${title}</guid>
    <link>https://pages.example/${title.toLowerCase()}</link>
    <pubDate>${new Date(Date.UTC(2026, 2, 12, hour)).toUTCString()}</pubDate>
    <media:thumbnail url="HOST/thumb.png"/><enclosure url="HOST/lead.png" type="image/png" length="100"/>
    <description><![CDATA[<p>Words of ${title}.</p><img src="HOST/within.png" alt="within">]]></description></item>`
  const body = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Gallery</title>
    <link>HOST/</link><image><url>HOST/icon.png</url></image>${item('Later', 12)}${item('Earlier', 9)}</channel></rss>`
  feeds.answer('/gallery.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  feeds.answer('/', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello'))
  for (const path of pictures) {
    feeds.answer(path, (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 360, colourOf(path)))
    })
  }
  await reader.follow(`${feeds.url}/gallery.xml`, 'Gallery')
}

/** Requests that were for a picture or an icon. */
const askedFor = (feeds: FeedServer) => feeds.requests.map(({ path }) => path).filter(path => pictures.includes(path))

async function setInDialog(page: Page, option: string, choice: string): Promise<void> {
  await page.getByRole('dialog').getByLabel(option, { exact: true }).selectOption({ label: choice })
  await expect(page.getByRole('dialog').getByText(/^Only for this/)).not.toHaveCount(0)
}

/** Pages that open beside the window: what they would load is never fetched. */
async function openedPages(page: Page): Promise<string[]> {
  const addresses: string[] = []
  await page.context().route(/pages\.example/, route => {
    addresses.push(route.request().url())
    return route.fulfill({ status: 200, contentType: 'text/plain', body: 'a page' })
  })
  return addresses
}

test('where pictures are never loaded, no server is asked for one: no thumbnail, no lead picture, no icon', async ({
  page,
  reader,
  feeds,
}) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Reading' }).click()
  await page.getByRole('group', { name: 'Pictures' }).getByText('Never', { exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Never' })).toBeChecked()
  await page.keyboard.press('Escape')
  await follow(reader, feeds)
  await reader.read('Later')
  await expect(reader.text.getByText('Words of Later.')).toBeVisible()
  await page.keyboard.press('j')
  await expect(reader.text.getByText('Words of Earlier.')).toBeVisible()
  await page.keyboard.press('i')
  await expect(reader.toast('Pictures of this feed are never loaded.')).toBeVisible()
  await expect(reader.text.locator('img')).toHaveCount(0)
  expect(askedFor(feeds)).toEqual([])

  // Loaded for this feed alone, they come at once, under the reader's eyes.
  await reader.choose('Gallery', 'Reading…')
  await setInDialog(page, 'Pictures', 'Load')
  await page.keyboard.press('Escape')
  await expect(reader.text.getByRole('img', { name: 'within' })).toHaveJSProperty('naturalWidth', 640)
  await expect.poll(() => new Set(askedFor(feeds)).size).toBeGreaterThanOrEqual(2)
})

test('where the reader is to be asked, pictures come with i or the button, for that article, and stay', async ({
  page,
  reader,
  feeds,
  app,
}) => {
  await follow(reader, feeds)
  await reader.choose('Gallery', 'Reading…')
  await setInDialog(page, 'Pictures', 'Ask first')
  await page.keyboard.press('Escape')
  const before = askedFor(feeds).length
  await reader.read('Later')
  const load = page.getByRole('button', { name: 'Load pictures' })
  await expect(load).toBeVisible()
  await expect(reader.headlines.locator('img[loading=lazy]')).toHaveCount(0)
  await expect(reader.text.getByText('Words of Later.')).toBeVisible()
  await expect(reader.text.locator('img')).toHaveCount(0)
  await checkPage(page, 'an article whose pictures are not loaded')
  expect(askedFor(feeds).length).toBe(before)

  await page.keyboard.press('i')
  await expect(load).toBeHidden()
  await expect(reader.text.getByRole('img', { name: 'within' })).toHaveJSProperty('naturalWidth', 640)
  await page.keyboard.press('j')
  await expect(reader.text.getByText('Words of Earlier.')).toBeVisible()
  await expect(reader.text.locator('img')).toHaveCount(0)
  await load.click()
  await expect(reader.text.getByRole('img', { name: 'within' })).toBeVisible()
  await page.keyboard.press('k')
  await expect(reader.text.getByText('Words of Later.')).toBeVisible()
  await expect(reader.text.getByRole('img', { name: 'within' })).toBeVisible()
  await expect(load).toBeHidden()

  // Saved, the article keeps what was asked for, where no cache evicts it.
  await page.keyboard.press('s')
  const folder = join(app.dataDir, 'pictures')
  const kept = () => (existsSync(folder) ? readdirSync(folder).length : 0)
  await expect.poll(kept).toBeGreaterThanOrEqual(2)
})

test('where a headline opens its page, a click and Enter open the browser and mark it read, which z takes back', async ({
  page,
  reader,
  feeds,
}) => {
  await follow(reader, feeds)
  const pages = await openedPages(page)
  await reader.choose('Gallery', 'Reading…')
  await setInDialog(page, 'A headline opens', 'Page in browser')
  await page.keyboard.press('Escape')
  await expect(reader.headline('Later, Gallery').or(reader.headline('Later')).first()).toHaveAccessibleName(
    /opens in the browser/,
  )

  await reader.headline('Later').first().click()
  await expect.poll(() => pages).toEqual(['https://pages.example/later'])
  await page.bringToFront()
  await expect(reader.headline('Later').first()).not.toHaveAccessibleName(/unread/)
  // The article is here, too, for who comes back.
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Later' })).toBeVisible()
  await page.keyboard.press('z')
  await expect(reader.headline('Later').first()).toHaveAccessibleName(/unread/i)

  // Stepping through the list shows articles here, as always.
  await page.keyboard.press('j')
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Earlier' })).toBeVisible()
  expect(pages).toHaveLength(1)
  await page.keyboard.press('Enter')
  await expect.poll(() => pages).toEqual(['https://pages.example/later', 'https://pages.example/earlier'])
})

test('a feed that is written from right to left is so in headlines, head and text, whatever its letters are', async ({
  page,
  reader,
  feeds,
}) => {
  await follow(reader, feeds)
  await reader.choose('Gallery', 'Reading…')
  await setInDialog(page, 'Text direction', 'Right to left')
  await page.keyboard.press('Escape')
  await reader.read('Later')
  await expect(reader.headline('Later').first().locator('bdi.headline')).toHaveCSS('direction', 'rtl')
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Later' })).toHaveCSS('direction', 'rtl')
  await expect(reader.text.locator('body')).toHaveCSS('direction', 'rtl')
})

for (const width of [900, 1600])
  test(`the dialog says where each value comes from, and leads there, ${width} px wide`, async ({
    page,
    reader,
    feeds,
  }) => {
    await page.setViewportSize({ width, height: 800 })
    await follow(reader, feeds)
    await page.getByRole('button', { name: 'New folder' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('World')
    await page.keyboard.press('Enter')
    await reader.choose('Gallery', /Move to folder/)
    await page.getByRole('radio', { name: 'World' }).check()
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await expect(reader.source('Gallery')).toHaveAttribute('aria-level', '2')

    await reader.choose('World', 'Reading…')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('heading', { name: 'Reading World' })).toBeVisible()
    // By keyboard: the first choice has the focus.
    await expect(dialog.getByLabel('Pictures', { exact: true })).toBeFocused()
    await setInDialog(page, 'Pictures', 'Ask first')
    await checkPage(page, 'how a folder is read')
    await page.keyboard.press('Escape')

    await reader.choose('Gallery', 'Reading…')
    const choice = dialog.getByLabel('Pictures', { exact: true })
    await expect(choice).toHaveValue('')
    await expect(choice.locator('option').first()).toHaveText('As ‘World’ (Ask first)')
    await expect(choice).toHaveAccessibleDescription(/From the folder ‘World’\./)
    await checkPage(page, 'how a feed is read')
    await setInDialog(page, 'Pictures', 'Never')
    await dialog.getByRole('button', { name: 'As ‘World’ again: Pictures' }).click()
    await expect(choice).toHaveValue('')

    await dialog.getByRole('button', { name: 'Change it there: Pictures, for the folder ‘World’' }).click()
    await expect(dialog.getByRole('heading', { name: 'Reading World' })).toBeVisible()
    await dialog.getByRole('button', { name: 'Change it there: Text direction, in Settings' }).click()
    await expect(dialog.getByRole('tab', { name: 'Reading' })).toHaveAttribute('aria-selected', 'true')
    await checkPage(page, 'how all feeds are read')
    await page.keyboard.press('Escape')

    // What was set is taken back by one press each.
    await page.keyboard.press('z')
    await expect(reader.toast('Pictures: as before, for Gallery')).toBeVisible()
  })
