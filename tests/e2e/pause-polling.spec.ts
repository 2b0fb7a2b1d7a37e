/** Pausing all polls for a while, and what says so. */
import { expect, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml'] })

test('polling is paused in the settings, every window says so, and Resume ends it', async ({ reader, app }) => {
  const { page } = reader
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await page.getByRole('button', { name: 'Pause for an hour' }).press('Enter')
  const resume = page.getByRole('tabpanel').getByRole('button', { name: 'Resume' })
  await expect(resume).toBeFocused()
  await expect(page.getByRole('tabpanel')).toContainText('No feed is asked until then.')
  await page.keyboard.press('Escape')

  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(notice).toContainText('Feeds are not asked until')
  await notice.getByRole('button', { name: 'Dismiss for now' }).click()
  await expect(notice).toBeEmpty()

  // Another window, after a restart.
  await app.restart()
  await page.goto(app.url())
  await expect(notice).toContainText('Feeds are not asked until')
  await notice.getByRole('button', { name: 'Resume' }).click()
  await expect(notice).toBeEmpty()

  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await page.getByRole('button', { name: 'Pause until tomorrow' }).click()
  await expect(page.getByRole('tabpanel')).toContainText(/Paused until tomorrow, \d+:\d\d/)
})
