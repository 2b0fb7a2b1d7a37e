/** The disk takes no write: whatever is clicked goes back and is said, and the page is what a reload shows. */
import type { Page } from 'playwright/test'
import { expect, test } from '../support/mortal.ts'
import type { ReaderWindow } from '../support/window.ts'

const said = 'The data folder cannot be written to, so nothing was changed.'

test.beforeEach(async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.follow(`${feeds.url}/atom.xml`, 'Orchard Notes')
  await reader.page.getByRole('button', { name: 'New folder' }).click()
  await reader.page.getByRole('textbox', { name: 'Name' }).fill('Morning')
  await reader.page.getByRole('button', { name: 'Create' }).click()
  await reader.open('All')
})

/** What the page shows of what is kept, as a person or a screen reader meets it. */
async function look(reader: ReaderWindow): Promise<unknown> {
  return {
    sources: await reader.sources.getByRole('treeitem').evaluateAll(rows => rows.map(row => row.ariaLabel)),
    levels: await reader.sources.getByRole('treeitem').evaluateAll(rows => rows.map(row => row.ariaLevel)),
    headlines: await reader.headlines.getByRole('option').evaluateAll(rows =>
      // Without how long ago: a minute may pass.
      rows.map(row => row.ariaLabel?.replace(row.querySelector('time')?.textContent ?? '', '')),
    ),
    widths: await reader.page.getByRole('separator').evaluateAll(bars => bars.map(bar => bar.ariaValueNow)),
    theme: await reader.page.locator('html').getAttribute('data-theme'),
  }
}

/** A count that came late would be nobody's fault: it may take its time. */
async function expectAsBefore(reader: ReaderWindow, before: unknown): Promise<void> {
  await expect.poll(() => look(reader)).toEqual(before)
}

async function expectRefusal(page: Page, deed: () => Promise<unknown>): Promise<void> {
  await deed()
  await expect(page.getByRole('alert').getByText(said).first()).toBeVisible()
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  // Some leave by themselves meanwhile.
  await expect(async () => {
    if ((await dismiss.count()) > 0) await dismiss.first().click({ timeout: 1_000 })
    await expect(dismiss).toHaveCount(0, { timeout: 1 })
  }).toPass()
  await expect(page.getByRole('alert').getByText(said)).toHaveCount(0)
}

test('panes: nothing is shown that is not kept', async ({ reader, mortal }) => {
  const { page } = reader
  const before = await look(reader)
  await mortal.setWritable(false)
  await expectRefusal(page, () => reader.headlines.getByRole('option').first().click())
  await expectRefusal(page, () => page.keyboard.press('s'))
  await expectRefusal(page, () => page.keyboard.press('m'))
  await expectRefusal(page, () => page.keyboard.press('Shift+A'))
  await expectRefusal(page, () => page.keyboard.press('u'))
  await expectRefusal(page, () => reader.choose('Harbour Gazette', 'Pause'))
  await expectRefusal(page, () => reader.choose('Harbour Gazette', 'Unsubscribe'))
  await expectRefusal(page, () => reader.choose('Morning', 'Remove folder'))
  await expectRefusal(page, () => reader.source('Harbour Gazette').dragTo(reader.source('Morning')))
  await expectRefusal(page, async () => {
    await page.getByRole('separator', { name: 'Width of the sources' }).focus()
    await page.keyboard.press('ArrowRight')
  })
  await expectAsBefore(reader, before)
  await page.reload()
  await expect(reader.headlines.getByRole('option').first()).toBeVisible()
  await expectAsBefore(reader, before)
})

test('dialogs: they stay open, keep what was typed, and say it', async ({ reader, mortal }) => {
  const { page } = reader
  const before = await look(reader)
  await mortal.setWritable(false)
  await reader.choose('Harbour Gazette', /Rename/)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Harbour')
  await expectRefusal(page, () => page.keyboard.press('Enter'))
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Harbour')
  await page.keyboard.press('Escape')

  await reader.choose('Harbour Gazette', /Move to folder/)
  await dialog.getByRole('radio', { name: 'Morning' }).check()
  await expectRefusal(page, () => dialog.getByRole('button', { name: 'Move' }).click())
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'New folder' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Evening')
  await expectRefusal(page, () => page.keyboard.press('Enter'))
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Settings' }).click()
  await expectRefusal(page, () => dialog.getByText('Sepia', { exact: true }).click())
  await expect(dialog.getByRole('radio', { name: 'As the system' })).toBeChecked()
  await expectRefusal(page, () => dialog.getByText('Roomy').click())
  await expect(dialog.getByRole('radio', { name: 'Normal' })).toBeChecked()
  const textSize = dialog.getByRole('slider', { name: 'Size of article text' })
  await expectRefusal(page, () => textSize.press('ArrowRight'))
  await expect(textSize).toHaveValue('19')
  await dialog.getByRole('tab', { name: 'Reading' }).click()
  const pictures = dialog.getByRole('group', { name: 'Pictures' })
  await expectRefusal(page, () => pictures.getByText('Never', { exact: true }).click())
  await expect(pictures.getByRole('radio', { name: 'Load' })).toBeChecked()
  await page.keyboard.press('Escape')
  await expectAsBefore(reader, before)

  await mortal.setWritable(true)
  await reader.choose('Harbour Gazette', /Rename/)
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Harbour')
  await page.keyboard.press('Enter')
  await expect(reader.source('Harbour')).toBeVisible()
})
