/** Everything out as one ZIP file, and in again elsewhere. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startBroadsheet } from '../support/broadsheet.ts'
import { expect, test } from '../support/e2e.ts'
import { ReaderWindow } from '../support/window.ts'

test('what is exported here comes in there, with folders and saved articles, and twice is once', async ({
  reader,
  feeds,
  app,
}) => {
  test.setTimeout(180_000)
  const { page } = reader
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Morning')
  await page.keyboard.press('Enter')
  await reader.choose('Harbour Gazette', /Move to folder/)
  await page.getByRole('radio', { name: 'Morning' }).check()
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(reader.source('Harbour Gazette')).toHaveAttribute('aria-level', '2')
  await reader.read('Harbour Gazette: the ferry runs again')
  await page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Import and export' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export everything' }).click()
  const saved = await download
  expect(saved.suggestedFilename()).toMatch(/^broadsheet-\d{4}-\d\d-\d\d\.zip$/)
  await expect(page.getByRole('tabpanel')).toContainText(/Exported broadsheet-.*\.zip/)
  const file = join(app.dataDir, saved.suggestedFilename())
  copyFileSync(await saved.path(), file)
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK')

  const elsewhere = await startBroadsheet()
  try {
    const other = new ReaderWindow(await page.context().newPage())
    await other.page.goto(elsewhere.url())
    // On the first page, as on a new computer.
    await other.page.locator('input[type=file]').setInputFiles(file)
    const dialog = other.page.getByRole('dialog', { name: 'Import everything' })
    await expect(dialog).toContainText('What is here stays.')
    await dialog.getByRole('button', { name: 'Import everything' }).click()
    const result = other.page.getByRole('dialog', { name: 'Import finished' })
    await expect(result).toContainText('1 address is on this computer or your own network')
    await result.getByRole('button', { name: 'It is mine: import it too' }).click()
    await expect(result).toContainText('Added 1 feed, 1 folder and 1 saved article. 0 already there.')
    await result.getByRole('button', { name: 'Done' }).click()
    await expect(other.source('Harbour Gazette')).toHaveAttribute('aria-level', '2')
    await other.expectCounts({ Saved: 1 })

    await other.page.getByRole('button', { name: 'Settings' }).click()
    await other.page.getByRole('tab', { name: 'Import and export' }).click()
    await other.page.getByRole('button', { name: 'Import…' }).click()
    await other.page.locator('dialog input[type=file]').setInputFiles(file)
    await other.page.getByRole('button', { name: 'Import everything' }).click()
    await expect(result).toContainText('Added 0 feeds, 0 folders and 0 saved articles. 1 already there.')
    await result.getByRole('button', { name: 'Done' }).click()

    const broken = join(app.dataDir, 'broken.zip')
    writeFileSync(broken, readFileSync(file).subarray(0, 200))
    await other.page.getByRole('button', { name: 'Settings' }).click()
    await other.page.getByRole('tab', { name: 'Import and export' }).click()
    await other.page.getByRole('button', { name: 'Import…' }).click()
    await other.page.locator('dialog input[type=file]').setInputFiles(broken)
    await other.page.getByRole('button', { name: 'Import everything' }).click()
    await expect(dialog.locator('.note')).toContainText(/\w/)
  } finally {
    await elsewhere.stop()
  }
})
