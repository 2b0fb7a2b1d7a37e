/** The number of unread articles in the title of the tab, with a mark on its icon. */
import { expect, test } from '../support/e2e.ts'

test('the tab says how many are unread, of all or of chosen feeds, or nothing', async ({ reader, feeds }) => {
  const { page } = reader
  const favicon = () => page.locator('link[rel="icon"]').getAttribute('href')
  const plain = await favicon()
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await expect(page).toHaveTitle(/^\(3\) /)
  await expect.poll(favicon).not.toBe(plain)
  const marked = await page.evaluate(async address => (await fetch(address)).text(), (await favicon())!)
  expect(marked).toContain('something unread')

  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  const counted = page.getByRole('group', { name: 'Number of unread articles' })
  await counted.getByText('Chosen feeds').click()
  await expect(counted).toContainText('‘Count in the badge’')
  await expect(page).toHaveTitle(/^Harbour Gazette/)
  expect(await favicon()).toBe(plain)
  await page.keyboard.press('Escape')

  await reader.choose('Harbour Gazette', 'Reading…')
  const option = page.getByRole('dialog').getByLabel('Count in the badge', { exact: true })
  await option.selectOption('Yes')
  await expect(page).toHaveTitle(/^\(3\) /)
})
