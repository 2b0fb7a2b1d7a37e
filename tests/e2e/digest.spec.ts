/** The digest: wanted and set in the settings, by keyboard; its source in the list; its links open what is in the library. */
import type { Locator, Page } from 'playwright/test'
import { composeDigest } from '../../src-main/digest/compose.ts'
import { digestIcon } from '../../src-main/digest/icon.ts'
import { writeDigest } from '../../src-main/digest/words.ts'
import { prepareDigest } from '../../src-main/feeds/prepare/digest.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { digestId, followDigests, keepDigest } from '../../src-main/store/digest/keep.ts'
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { plainPng } from '../support/pictures.ts'

test.use({ followed: ['/rss.xml'] })

const sizes = [
  { width: 900, height: 700 },
  { width: 1600, height: 900 },
]

/** Opens the settings at Digest, by keyboard alone. */
async function openPanel(page: Page): Promise<Locator> {
  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('tab', { name: 'Appearance' })).toBeFocused()
  for (const name of ['Reading', 'Newsletters', 'Digest']) {
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('tab', { name })).toBeFocused()
  }
  return dialog
}

test('is off until it is wanted, and as it was set after the window was opened again', async ({
  page,
  app,
  reader,
}) => {
  let settings = await openPanel(page)
  const made = (dialog: Locator) => dialog.getByRole('switch', { name: 'Make a digest' })
  await expect(made(settings)).not.toBeChecked()
  await expect(settings.getByLabel('Time')).toHaveCount(0)
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(made(settings)).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.press('Space')
  await expect(made(settings)).toBeChecked()

  for (const day of ['Saturday', 'Sunday']) await settings.getByRole('checkbox', { name: day }).press('Space')
  await settings.getByLabel('Time').fill('18:30')
  await settings.getByRole('switch', { name: 'Top stories' }).press('Space')
  await settings.getByLabel('Articles at most').fill('4')
  await page.keyboard.press('Tab')
  await expect(settings.getByRole('alert')).toHaveText('A whole number from 5 to 50.')
  await settings.getByLabel('Articles at most').fill('12')
  await page.keyboard.press('Tab')
  await expect(settings.getByRole('alert')).toHaveCount(0)

  await reopen(reader, app)
  await expect(reader.source('Digest')).toBeVisible()
  settings = await openPanel(page)
  await expect(made(settings)).toBeChecked()
  await expect(settings.getByRole('checkbox', { name: 'Sunday' })).not.toBeChecked()
  await expect(settings.getByRole('checkbox', { name: 'Monday' })).toBeChecked()
  await expect(settings.getByLabel('Time')).toHaveValue('18:30')
  await expect(settings.getByRole('switch', { name: 'Top stories' })).not.toBeChecked()
  await expect(settings.getByLabel('Articles at most')).toHaveValue('12')
})

test('the last day and the last part stay chosen', async ({ page, reader: _ }) => {
  const settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
  for (const day of days) await settings.getByRole('checkbox', { name: day }).press('Space')
  await expect(settings).toContainText('At least one day stays chosen.')
  await settings.getByRole('checkbox', { name: 'Sunday' }).press('Space')
  await expect(settings.getByRole('checkbox', { name: 'Sunday' })).toBeChecked()
  for (const part of ['Top stories', 'What you saved', 'Quiet feeds'])
    await settings.getByRole('switch', { name: part }).uncheck()
  await settings.getByRole('switch', { name: 'Newsletters' }).press('Space')
  await expect(settings.getByRole('switch', { name: 'Newsletters' })).toBeChecked()
})

test('unsubscribing its source ends it, and undo brings it back', async ({ page, reader }) => {
  const settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  await page.keyboard.press('Escape')
  await reader.choose('Digest', 'Unsubscribe')
  await expect(reader.source('Digest')).toHaveCount(0)
  await expect((await openPanel(page)).getByRole('switch', { name: 'Make a digest' })).not.toBeChecked()
  await page.keyboard.press('Escape')
  await reader.undo()
  await expect(reader.source('Digest')).toBeVisible()
})

test('its details say when it is made and what pausing means, and lead to its settings', async ({ page, reader }) => {
  const settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  for (const day of ['Saturday', 'Sunday']) await settings.getByRole('checkbox', { name: day }).press('Space')
  await page.keyboard.press('Escape')
  await reader.choose('Digest', 'Digest details…')
  const details = page.getByRole('dialog', { name: 'Digest details' })
  await expect(details).toContainText('Monday, Tuesday, Wednesday, Thursday, Friday')
  await expect(details).toContainText('Not yet')
  await expect(details.getByRole('button', { name: /address|Try again/ })).toHaveCount(0)
  await checkPage(page, 'the details of the digest')
  await details.getByRole('button', { name: 'Pause' }).press('Enter')
  await expect(details.getByText('No digest is made until you resume it.')).toBeVisible()
  await checkPage(page, 'the details of a paused digest')
  await details.getByRole('button', { name: 'Change in Settings…' }).press('Enter')
  await expect(page.getByRole('tab', { name: 'Digest' })).toHaveAttribute('aria-selected', 'true')
})

test('a folder for files is named by its whole path, and what is wrong with it is said in words', async ({
  page,
  app,
  reader,
}) => {
  let settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  await settings.getByLabel('Folder', { exact: true }).fill('Digests')
  await expect(settings).toContainText('The whole path of a folder is needed')
  await expect(settings.getByRole('button', { name: 'Use this folder' })).toBeDisabled()
  await settings.getByLabel('Folder', { exact: true }).fill('/nowhere/Digests')
  await page.keyboard.press('Enter')
  await settings.getByRole('radio', { name: 'Web page' }).press('ArrowLeft')
  await expect(settings.getByRole('radio', { name: 'Both' })).toBeChecked()

  await app.restart(dataDir => {
    const db = openDatabase(`${dataDir}/broadsheet.db`)
    const failure = { reason: 'no-folder' as const, detail: 'ENOENT', at: Date.now() }
    writeMeta(db, 'digestFile', { folder: '/nowhere/Digests', day: null, failure })
    db.close()
  })
  await reopen(reader, app)
  settings = await openPanel(page)
  await expect(settings.getByRole('radio', { name: 'Both' })).toBeChecked()
  await expect(settings).toContainText('The folder is not there. Connect the drive it is on')
  for (const size of sizes) {
    await page.setViewportSize(size)
    await checkPage(page, `a folder that is not there, ${size.width} px wide`)
  }
})

test('a link of it opens the article in the window, and the page of what is not in the library', async ({
  page,
  app,
  reader,
  feeds,
}) => {
  const title = 'Harbour Gazette: the ferry runs again'
  await app.restart(async dataDir => {
    const db = openDatabase(`${dataDir}/broadsheet.db`)
    const { url } = db.prepare<[string], { url: string }>('SELECT url FROM articles WHERE title = ?').get(title)!
    const html = `<h3><a href="${url}">${title}</a></h3><h3><a href="${feeds.url}/gone">What is gone</a></h3>`
    const written = {
      id: digestId('2026-11-28'),
      title: 'Digest, Saturday 28 November',
      summary: title,
      html,
      marks: [],
    }
    db.transaction(() => followDigests(db, digestIcon, Date.now()))()
    keepDigest(
      db,
      { day: '2026-11-28', until: Date.now(), article: prepareDigest(written), icon: digestIcon },
      Date.now(),
    )
    db.close()
  })
  await reopen(reader, app)
  await reader.open('Digest')
  await reader.read('Digest, Saturday 28 November')
  const opened = page.context().waitForEvent('page')
  await reader.text.getByRole('link', { name: 'What is gone' }).click()
  expect(new URL((await opened).url()).pathname).toBe('/gone')
  await reader.text.getByRole('link', { name: title }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: title })).toBeVisible()
  await expect(reader.article).toBeFocused()
  await reader.article.getByRole('button', { name: /Digest, Saturday 28 November/ }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Digest, Saturday' })).toBeVisible()
})

test('a picture beside what it says of an article opens the article, and one that is gone leaves no gap', async ({
  page,
  app,
  reader,
  feeds,
}) => {
  feeds.answer('/boat.png', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(600, 400, [90, 120, 90]))
  })
  feeds.answer('/photos.xml', (_, response) => {
    const item = (title: string, picture: string) =>
      `<item><guid>${title}</guid><title>${title}</title><link>https://photos.example/${title}</link><description>${'Words of it. '.repeat(12)}</description>
      <enclosure url="${feeds.url}/${picture}.png" type="image/png" length="1"/></item>`
    const body = `<rss version="2.0"><channel><title>Photos</title>${item('Lighthouse', 'boat')}${item('Bridge', 'gone')}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body)
  })
  await reader.follow(`${feeds.url}/photos.xml`, 'Photos')
  await app.restart(dataDir => {
    const db = openDatabase(`${dataDir}/broadsheet.db`)
    const until = Date.now()
    const digest = composeDigest(db, { since: until - 3_600_000, until, most: 50, parts: ['stories'] })
    const written = { id: digestId('2026-11-28'), ...writeDigest(digest, '2026-11-28') }
    db.transaction(() => followDigests(db, digestIcon, until))()
    keepDigest(db, { day: '2026-11-28', until, article: prepareDigest(written), icon: digestIcon }, until)
    db.close()
  })
  await reopen(reader, app)
  await reader.open('Digest')
  await reader.read('Digest, Saturday 28 November')
  const picture = (headline: string) => reader.text.locator(`h3:has-text("${headline}") + figure`)
  await expect(picture('Lighthouse').locator('img')).toHaveJSProperty('naturalWidth', 600)
  await expect(picture('Bridge')).toHaveCount(1)
  await expect(picture('Bridge')).toBeHidden()
  await checkPage(page, 'a digest with a picture')
  await picture('Lighthouse').click()
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Lighthouse' })).toBeVisible()
})

for (const size of sizes)
  test(`the settings of it pass, ${size.width} px wide`, async ({ page, reader: _ }) => {
    await page.setViewportSize(size)
    const settings = await openPanel(page)
    await checkPage(page, 'off')
    await settings.getByRole('switch', { name: 'Make a digest' }).check()
    await settings.getByLabel('Articles at most').fill('x')
    await page.keyboard.press('Tab')
    await expect(settings.getByRole('alert')).toBeVisible()
    await checkPage(page, 'on, with a number that is none')
  })
