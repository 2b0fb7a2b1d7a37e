/** What a screen reader is told: names, states, places in lists, ways past. */

import { expect, test } from '../support/e2e.ts'
import type { ServedItem } from '../support/feed-formats.ts'

test.use({ followed: ['/rss.xml'] })

test.describe('where one feed with many articles is followed', () => {
  test.use({ followed: [] })

  test('a row says in words what it is, and its place in the whole list', async ({ reader, feeds }) => {
    const items: ServedItem[] = Array.from({ length: 230 }, (_, index) => ({
      id: `n:${index}`,
      title: `Number ${index}`,
      url: `/articles/n-${index}`,
      html: `<p>Number ${index}.</p>`,
      publishedAt: Date.now() - index * 60_000,
    }))
    const gazette = feeds.feeds.get('/rss.xml')
    if (!gazette) throw new Error('the feed is not there')
    feeds.publish('/many.xml', { ...gazette, title: 'Many', items })
    await reader.follow(`${feeds.url}/many.xml`, 'Many')
    const { page } = reader
    await expect(reader.headlines.getByText('230 unread of 230 articles')).toBeVisible()
    // A page of rows is shorter: the size is of all of them.
    const first = reader.headline('Number 0,')
    await expect(first).toHaveAttribute('aria-posinset', '1')
    await expect(first).toHaveAttribute('aria-setsize', '230')
    await expect(first).toHaveAccessibleName(/^Unread, Number 0, /)
    await expect(first).toContainText('Unread')
    await page.keyboard.press('Shift+G')
    const last = reader.headline('Number 229,')
    await expect(last).toHaveAttribute('aria-posinset', '230')
    await expect(last).toHaveAttribute('aria-setsize', '230')
    await expect(last).not.toContainText('Unread')

    await page.keyboard.press('u')
    await expect(reader.headlines.getByText('229 unread of 230 articles')).toBeVisible()
    // The one that was just read stays until another list is gone to.
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-setsize', '230')
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-setsize', '229')

    // How much a search will find is not known before it is at its end.
    await page.getByRole('searchbox').fill('number')
    await expect(reader.headlines.locator('mark').first()).toBeVisible()
    await expect(page.getByRole('option').first()).toHaveAttribute('aria-setsize', '-1')
  })
})

test('numbers beside the sources are of the unread, at Saved of the saved, and say so', async ({ reader }) => {
  await reader.read('the ferry runs again')
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Today: 0, All: 2, Unread: 2, Saved: 1, 'Harbour Gazette': 2 })
  await expect(reader.source('Saved')).toHaveAccessibleName('Saved, 1 saved')
  await expect(reader.source('Saved')).toHaveAttribute('title', 'Saved\n1 saved')
  await expect(reader.source('All')).toHaveAttribute('title', 'All\n2 unread')
  await expect(reader.headlines.getByText('2 unread of 3 articles')).toBeVisible()
  await reader.open('Saved')
  await expect(reader.headlines.getByText('1 saved article', { exact: true })).toBeVisible()
})

test('the bookmark of the active row is reached by Tab, and says what it does', async ({ reader }) => {
  const { page } = reader
  await reader.headlines.getByRole('listbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const row = reader.headline('why the ferry stopped')
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Tab')
  await expect(
    page.getByRole('button', { name: 'Save “Harbour Gazette: why the ferry stopped”', exact: true }),
  ).toBeFocused()
  await page.keyboard.press('Enter')
  await reader.expectCounts({ Saved: 1 })
  await expect(row).toHaveAccessibleName(/, Saved$/)
  await expect(row).toContainText('Saved')
  await expect(
    page.getByRole('button', { name: 'Remove “Harbour Gazette: why the ferry stopped” from saved' }),
  ).toBeFocused()
})

test('the first Tab leads past everything to the headlines and to the article', async ({ reader }) => {
  const { page } = reader
  await reader.read('the ferry runs again')
  const toHeadlines = page.getByRole('link', { name: 'Go to the headlines' })
  await page.getByRole('button', { name: 'Hide sources' }).focus()
  await page.keyboard.press('Shift+Tab')
  await expect(page.getByRole('link', { name: 'Go to the article' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(reader.article).toBeFocused()
  await toHeadlines.focus()
  await expect(toHeadlines).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
})

test('a feed’s own list names its authors, other lists the feed', async ({ reader }) => {
  const row = reader.headline('the ferry runs again')
  await expect(row).toHaveAccessibleName(/, Maren Holt, /)
  await expect(row.getByText('Harbour Gazette', { exact: true })).toHaveCount(0)
  await reader.open('All')
  await expect(row.getByText('Harbour Gazette', { exact: true })).toBeVisible()
  await expect(row).toHaveAccessibleName(/, Harbour Gazette, /)
})
