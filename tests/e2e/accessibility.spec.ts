/** axe on every screen, light and dark, narrow and wide: nothing serious, nothing critical. */
import { checkPage as check, checkArticle } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

const sizes = [
  { width: 900, height: 700 },
  { width: 1600, height: 900 },
]

for (const size of sizes)
  test(`every screen passes, ${size.width} px wide`, async ({ reader, feeds }) => {
    test.setTimeout(300_000)
    const { page } = reader
    await page.setViewportSize(size)
    const isNarrow = size.width < 1000
    const showSources = async () => {
      const button = page.getByRole('button', { name: 'Show sources' })
      if (isNarrow && (await button.isVisible())) await button.click()
    }

    await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible()
    await check(page, 'the welcome')
    await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
    await check(page, 'a list')
    await reader.read('Harbour Gazette: the ferry runs again')
    await expect(reader.text.locator('body')).toContainText('eleven passengers')
    await check(page, 'an article')
    await checkArticle(page, 'the text of an article')

    await page.keyboard.press('g')
    await page.keyboard.press('s')
    await expect(reader.headlines).toContainText('bookmarks!')
    await check(page, 'the empty Saved list')
    await page.getByRole('searchbox', { name: 'Search articles' }).fill('ferry')
    await expect(reader.headlines.locator('mark').first()).toBeVisible()
    await check(page, 'a search')
    await page.getByRole('searchbox', { name: 'Search articles' }).press('Escape')

    for (const [key, name] of [
      ['?', 'Keyboard shortcuts'],
      [',', 'Settings'],
      ['+', 'Add a feed'],
    ] as const) {
      await reader.headlines.getByRole('heading', { level: 2 }).click()
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog', { name })).toBeVisible()
      await check(page, name)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }

    await page.keyboard.press('+')
    await page.getByRole('dialog').getByRole('textbox', { name: 'Address' }).fill(`${feeds.url}/not-found`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog').getByText('404').first()).toBeVisible({ timeout: 20_000 })
    await check(page, 'an address that failed')
    await page.keyboard.press('Escape')
    await showSources()
    await reader.source('Harbour Gazette').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await check(page, 'the menu of a feed')
    await page.keyboard.press('Escape')
  })
