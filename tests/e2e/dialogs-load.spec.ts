/** Dialogs come in files of their own, after the first paint: keys pressed before one is there are for it. */
import type { Page } from 'playwright/test'
import { expect, test } from '../support/e2e.ts'
import { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

/** Holds the file of a dialog back until the answered function is called. */
async function holdBack(page: Page, name: string): Promise<() => void> {
  const { promise: isWanted, resolve } = Promise.withResolvers<void>()
  await page.route(`**/assets/${name}-*.js`, async route => {
    await isWanted
    await route.continue()
  })
  return resolve
}

test('what is typed while a dialog is still loading is typed into it, and does nothing to the list', async ({
  reader,
}) => {
  const { page } = reader
  const letThrough = await holdBack(page, 'AddFeedDialog')
  await page.reload()
  await expect(reader.headlines.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('+')
  // Each of these does something to the list: the next article, marked read, saved.
  await page.keyboard.type('jams.example')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  letThrough()
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('jams.example')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(reader.headlines.getByRole('option', { selected: true })).toHaveCount(0)
})

test('what is typed in the text of an article while a dialog is still loading is typed into it', async ({ reader }) => {
  const { page } = reader
  const letThrough = await holdBack(page, 'AddFeedDialog')
  await page.reload()
  await reader.headlines.getByRole('option').first().click()
  // In the middle of the text is a picture, which a click opens.
  await reader.text.locator('p').first().click()
  await page.keyboard.press('+')
  await page.keyboard.type('jams.example')
  letThrough()
  await expect(page.getByRole('textbox', { name: 'Address' })).toHaveValue('jams.example')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  // The focus is back in the text: its keys are those of the window again.
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})

test('Escape pressed before a dialog is there closes it', async ({ reader }) => {
  const { page } = reader
  const letThrough = await holdBack(page, 'HelpDialog')
  await page.reload()
  await expect(reader.headlines.getByRole('option').first()).toBeVisible()
  await page.keyboard.press('?')
  await page.keyboard.press('Escape')
  letThrough()
  // Behind an open dialog no key would do anything.
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a dialog whose file is gone, as after an update, says so, and the window goes on', async ({
  reader,
  complaints,
}) => {
  const { page } = reader
  await page.route('**/assets/SettingsDialog-*.js', route => route.fulfill({ status: 404 }))
  await page.reload()
  await expect(reader.headlines.getByRole('option').first()).toBeVisible()
  await page.keyboard.press(',')
  await expect(
    page.getByRole('alert').filter({ hasText: 'This window is older than the program behind it.' }),
  ).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  expect(complaints.filter(line => line.startsWith('error'))).toEqual([])
})

test('a dialog about a feed that another window unsubscribes closes, and the keys are those of the window again', async ({
  reader,
  app,
}) => {
  const { page } = reader
  await reader.choose('Harbour Gazette', 'Keep articles…')
  await expect(page.getByRole('dialog')).toBeVisible()
  const other = new ReaderWindow(await page.context().newPage())
  await other.page.goto(app.url())
  await other.choose('Harbour Gazette', 'Unsubscribe')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.bringToFront()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
})
