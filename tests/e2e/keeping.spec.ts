/** Backups, storage and retention, as one works with them in the settings: against the real engine. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright/test'
import { expect, test } from '../support/e2e.ts'
import type { ReaderWindow } from '../support/window.ts'

/** A change of the rules is often followed by another, so the engine waits half a minute before it deletes. */
const untilDeleted = 60_000

test.use({ followed: ['/rss.xml'] })

async function openSettings(reader: ReaderWindow, section: string): Promise<Locator> {
  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: section }).click()
  return reader.page.getByRole('tabpanel', { name: section })
}

test('a backup is made, and going back to it brings everything back as it was, after a yes', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await reader.read('Harbour Gazette: the ferry runs again')
  await page.keyboard.press('s')
  await reader.expectCounts({ Unread: 2, Saved: 1 })
  const panel = await openSettings(reader, 'Backups')
  await expect(panel).toContainText('No backup has been made yet')
  await panel.getByRole('button', { name: 'Back up now' }).click()
  await expect(panel).toContainText('The backup is made and checked')
  await expect(panel).toContainText('1 feed, 3 articles, 1 saved')
  await page.keyboard.press('Escape')

  await page.keyboard.press('s')
  await page.keyboard.press('Shift+A')
  await reader.follow(`${feeds.url}/atom.xml`, 'Orchard Notes')
  await reader.expectCounts({ Unread: 3, Saved: 0 })

  await openSettings(reader, 'Backups')
  await panel.getByRole('button', { name: /^Go back to the backup of/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Go back to a backup?' })
  await expect(dialog).toContainText('What is there now is kept as a backup first')
  await expect(dialog.getByRole('button', { name: 'Stay' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toBeVisible()
  await panel.getByRole('button', { name: /^Go back to the backup of/ }).click()
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await expect(reader.toast(/Everything is as it was on/)).toBeVisible()
  await reader.expectCounts({ Unread: 2, Saved: 1 })
  await expect(reader.source('Orchard Notes')).toBeHidden()

  await openSettings(reader, 'Backups')
  await expect(panel).toContainText('Before going back')
  await expect(panel).toContainText('2 feeds, 6 articles, 0 saved')
})

test('a folder of one’s own is used at once, and one that is not there is said in words', async ({ reader, app }) => {
  const folder = join(app.dataDir, 'usb')
  mkdirSync(folder)
  const panel = await openSettings(reader, 'Backups')
  const field = panel.getByRole('textbox', { name: 'Folder' })
  await field.fill('usb')
  await expect(panel).toContainText('The whole path is needed')
  await field.fill(folder)
  await panel.getByRole('button', { name: 'Use this folder' }).click()
  await expect(panel).toContainText('The backup is made and checked')
  expect(readdirSync(folder).filter(name => name.endsWith('.db'))).toHaveLength(1)

  await field.fill(join(app.dataDir, 'not-connected'))
  await field.press('Enter')
  await expect(panel).toContainText('The folder for backups is not there.')
  await expect(panel).toContainText('Until then backups are made in the data folder.')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  expect(existsSync(join(app.dataDir, 'not-connected'))).toBe(false)
})

test('what fills the disk is measured, and a feed in the list leads to its articles', async ({ reader }) => {
  await reader.open('Saved')
  const panel = await openSettings(reader, 'Storage')
  await expect(panel).toContainText('3 articles, 0 saved, 3 unread')
  await expect(panel.getByRole('listitem').filter({ hasText: 'Article texts' })).toContainText(/\d/)
  await panel.getByRole('button', { name: 'Harbour Gazette' }).click()
  await expect(reader.page.getByRole('dialog')).toBeHidden()
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Harbour Gazette' })).toBeVisible()
})

test('a rule that would delete something says how much and waits; one that would not holds at once', async ({
  reader,
}) => {
  const { page } = reader
  await page.keyboard.press('Shift+A')
  await reader.expectCounts({ Unread: 0 })
  const panel = await openSettings(reader, 'Keeping')
  await panel.getByRole('textbox', { name: /^Age/ }).fill('900')
  await expect(panel).toContainText('Nothing would be deleted. Applied.')
  await panel.getByRole('textbox', { name: /^Each feed/ }).fill('1')
  await expect(panel).toContainText('Would delete 2 articles now.')
  await page.keyboard.press('Escape')

  await openSettings(reader, 'Keeping')
  await expect(panel.getByRole('textbox', { name: /^Age/ })).toHaveValue('900')
  await expect(panel.getByRole('radio', { name: 'All its articles' })).toBeChecked()
  await panel.getByRole('textbox', { name: /^Each feed/ }).fill('1')
  await panel.getByRole('button', { name: 'Apply' }).click()
  await expect(panel).toContainText('Applied. 2 articles will be deleted')
})

test('what the rules say is deleted; a feed has a rule of its own, and loses it again', async ({ reader, feeds }) => {
  const { page } = reader
  await reader.follow(`${feeds.url}/atom.xml`, 'Orchard Notes')
  await reader.open('All')
  await page.keyboard.press('Shift+A')
  await reader.expectCounts({ Unread: 0 })
  await reader.choose('Harbour Gazette', 'Keep articles…')
  const dialog = page.getByRole('dialog', { name: 'Keep articles of Harbour Gazette' })
  await expect(dialog.getByRole('radio', { name: /As in Settings/ })).toBeChecked()
  await dialog.getByRole('radio', { name: 'A rule of its own' }).check()
  await dialog.getByRole('textbox', { name: /^Each feed/ }).fill('2')
  await expect(dialog).toContainText('Would delete 1 article now.')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  const panel = await openSettings(reader, 'Keeping')
  await panel.getByRole('textbox', { name: /^Each feed/ }).fill('1')
  await expect(panel).toContainText('Would delete 3 articles now.')
  await panel.getByRole('button', { name: 'Apply' }).click()
  await expect(panel).toContainText('Applied. 3 articles will be deleted')
  await page.keyboard.press('Escape')
  // Two of the one, and one of the other. Both rules were waited for together.
  await expect(reader.headlines).toContainText('3 articles, all read', { timeout: untilDeleted })
  await reader.open('Harbour Gazette')
  await expect(reader.headlines).toContainText('2 articles, all read')

  await openSettings(reader, 'Keeping')
  await expect(panel).toContainText('Harbour Gazette: the newest 2')
  await panel.getByRole('button', { name: 'Change…' }).click()
  await dialog.getByRole('radio', { name: /As in Settings/ }).check()
  await expect(dialog).toContainText('Would delete 1 article now.')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await openSettings(reader, 'Keeping')
  await expect(panel).toContainText('Each feed')
  await expect(panel).not.toContainText('Harbour Gazette: the newest 2')
})
