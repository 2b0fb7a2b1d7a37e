/** The search box finds as one types. */
import { expect, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml', '/feed.json'] })

test('search finds title, text, author and feed as you type, and marks what matched', async ({ reader }) => {
  const box = reader.page.getByRole('searchbox', { name: 'Search articles' })
  await box.click()
  await box.pressSequentially('passeng')
  await expect(reader.headlines.getByRole('option')).toHaveCount(2)
  await expect(reader.headlines.locator('mark').first()).toHaveText(/passenger/i)
  await box.fill('Tomás')
  await expect
    // Published at the same moment: either may come first.
    .poll(async () => (await reader.titles()).sort())
    .toEqual(['Harbour Gazette: why the ferry stopped', 'Paper Kite: why the ferry stopped'])
  await box.fill('kite bearing')
  await expect.poll(() => reader.titles()).toEqual(['Paper Kite: why the ferry stopped'])
  await box.fill('no such word anywhere')
  await expect(reader.headlines).toContainText('Nothing found')
})

test('a result opens with its article, and Escape leads back to what was listed', async ({ reader }) => {
  await reader.open('Paper Kite')
  const box = reader.page.getByRole('searchbox', { name: 'Search articles' })
  await box.fill('tuesday')
  await reader.read('Harbour Gazette: an ordinary Tuesday & its weather')
  await box.press('Escape')
  await expect(reader.headlines.getByRole('heading', { name: 'Paper Kite' })).toBeVisible()
  await expect(box).toHaveValue('')
})
