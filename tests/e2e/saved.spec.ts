/** What is saved stays whole without a network: articles with their pictures, and pages by their address. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { plainPng } from '../support/pictures.ts'

const sentence =
  'The ferry crossed the harbour at dawn, and nobody was on it but the captain, his dog and a crate of apples.'
const text = `<p>${sentence}</p>`.repeat(8)
const page = (title: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><article><h1>${title}</h1>
   <p><img src="/kept/boat.png" alt="A boat"></p>${text}</article></body></html>`

const picture = plainPng(640, 400, [30, 90, 140])
/** How many pictures are kept beside the database. */
function kept(dataDir: string): number {
  try {
    return readdirSync(join(dataDir, 'pictures')).filter(name => /^[0-9a-f]{64}$/.test(name)).length
  } catch {
    return 0
  }
}

test('a saved article opens with its pictures when the network is gone and the cache is empty', async ({
  reader,
  feeds,
  app,
  browser,
}) => {
  feeds.answer('/kept/boat.png', (_, response) => response.setHeader('content-type', 'image/png').end(picture))
  feeds.publish('/kept/feed', {
    ...feeds.feeds.get('/rss.xml')!,
    title: 'Kept Gazette',
    items: [
      {
        id: 'kept-1',
        title: 'Dawn ferry',
        url: `${feeds.url}/kept/ferry`,
        html: `<p><img src="${feeds.url}/kept/boat.png" alt="A boat"></p>${text}`,
        publishedAt: Date.now() - 3_600_000,
      },
    ],
  })
  await reader.follow(`${feeds.url}/kept/feed`, 'Kept Gazette')
  await reader.read('Dawn ferry')
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  await expect.poll(() => kept(app.dataDir), { timeout: 20_000 }).toBe(1)

  await feeds.close()
  await app.restart(dataDir => rmSync(join(dataDir, 'media'), { recursive: true, force: true }))
  await reopen(reader, app)
  await reader.open('Saved')
  await reader.read('Dawn ferry')
  const boat = reader.text.getByRole('img', { name: 'A boat' })
  await expect.poll(() => boat.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBe(640)

  // So do the pages of an archive that is made now, as files in any browser.
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-archive-'))
  const files = await exportEverything(reader.page)
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  const elsewhere = await browser.newContext({ offline: true })
  const page = await elsewhere.newPage()
  await page.goto(pathToFileURL(join(folder, 'index.html')).href)
  await page.getByRole('link', { name: 'Dawn ferry' }).click()
  const shown = page.getByRole('img', { name: 'A boat' })
  expect(await shown.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBe(640)
  await elsewhere.close()
  rmSync(folder, { recursive: true })
})

async function exportEverything(page: Page): Promise<Record<string, Uint8Array>> {
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Import and export' }).click()
  const button = page.getByRole('button', { name: 'Export everything' })
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
  return unzipSync(readFileSync(await download.path()))
}

test('a page is saved by its address, listed under Pages, and taken back', async ({ reader, feeds, app }) => {
  feeds.answer('/kept/boat.png', (_, response) => response.setHeader('content-type', 'image/png').end(picture))
  feeds.answer('/kept/ferry', (_, response) => response.setHeader('content-type', 'text/html').end(page('Dawn ferry')))
  await reader.follow(`${feeds.url}/rss.xml`, feeds.feeds.get('/rss.xml')!.title)
  await expect(reader.source('Pages')).toBeHidden()

  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/kept/ferry`)
  const dialog = reader.page.getByRole('dialog', { name: 'Add a feed' })
  await dialog.getByRole('button', { name: 'Save this page' }).click()
  await expect(dialog).toBeHidden()
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Pages' })).toBeVisible()
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Dawn ferry' })).toBeVisible()
  await expect(reader.text.getByText(sentence).first()).toBeVisible()
  await reader.expectCounts({ Pages: 1, Saved: 1 })
  await expect.poll(() => kept(app.dataDir), { timeout: 20_000 }).toBe(1)
  await checkPage(reader.page, 'Pages')

  const again = await reader.askForFeed()
  await again.fill(`${feeds.url}/kept/ferry`)
  await reader.page.getByRole('button', { name: 'Save this page' }).click()
  await expect(reader.toast('saved already')).toBeVisible()
  await reader.expectCounts({ Pages: 1 })

  await reader.page.keyboard.press('z')
  await expect(reader.source('Pages')).toBeHidden()
  await reader.expectCounts({ Saved: 0 })
})

test('where a site has no feed, saving the page is offered; what can’t be saved says why', async ({
  reader,
  feeds,
}) => {
  feeds.answer('/kept/ferry', (_, response) => response.setHeader('content-type', 'text/html').end(page('Dawn ferry')))
  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/rss.xml`)
  await field.press('Enter')
  await expect(reader.headlines.getByRole('option').first()).toBeVisible()

  const address = await reader.askForFeed()
  await address.fill(`${feeds.url}/not-found`)
  await reader.page.getByRole('button', { name: 'Save this page' }).click()
  await expect(reader.page.getByText('Nothing was saved.')).toBeVisible()
  await expect(address).toHaveValue(`${feeds.url}/not-found`)
  await checkPage(reader.page, 'a page that was not saved')

  await address.fill(`${feeds.url}/site-without-feed`)
  await address.press('Enter')
  const note = reader.page
    .getByRole('dialog')
    .getByRole('status')
    .filter({ hasText: /no feed/i })
  await expect(note.getByRole('button', { name: 'Save this page' })).toBeVisible({ timeout: 20_000 })
})
