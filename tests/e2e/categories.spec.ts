/** Publishers' categories in the window: chips, a category's page, the way back, and names that are the same. */
import type { Locator } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { test as base, expect } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

const hour = 3_600_000
/** The same for all tests, which have copies of one library. */
const now = Date.now()

/** Paper, title, categories; the newest first. */
const items: [string, string, string[]][] = [
  ['Gazette', 'Harbour opens to cargo', ['#Global', 'global', 'Global News', 'Trade']],
  ['Courier', 'Ferries stop at the strait', ['global-news', 'Ferries', 'Trade']],
  ['Gazette', 'Votes are counted', ['US politics', 'Election']],
  ['Courier', 'Budget agreed at last', ['Politics', 'Election', 'Trade']],
  ['Gazette', 'Pears in October', []],
]
const papers = [...new Set(items.map(([paper]) => paper))]

function publish(feeds: FeedServer): void {
  for (const paper of papers) {
    const own = items.filter(([of]) => of === paper)
    feeds.publish(`/${paper}.rss`, {
      ...{ format: 'rss', title: paper, siteUrl: `https://${paper}.example/`, description: paper },
      items: own.map(([, title, categories]) => {
        const at = items.findIndex(([, other]) => other === title)
        return {
          ...{
            id: title,
            title,
            url: `https://${paper}.example/${at}`,
            html: `<p>${title}, in short.</p>`,
            categories,
          },
          publishedAt: now - (at + 1) * hour,
        }
      }),
    })
  }
}

/** Both papers, as if they had been followed for a while. */
const test = base.extend({
  feeds: async ({ feeds }, use) => {
    publish(feeds)
    await use(feeds)
  },
})

test.use({ shelf: { '': papers.map(paper => `/${paper}.rss`) } })

const chip = (within: Locator, name: string) =>
  within.getByRole('button', { name: new RegExp(`^(Show articles of )?#${name}(,|$)`) })
const list = (reader: ReaderWindow, name: string) =>
  reader.headlines.getByRole('heading', { level: 2, name, exact: true })
const chips = (reader: ReaderWindow) => reader.article.getByRole('list', { name: 'Categories' }).getByRole('button')
const neighbours = (reader: ReaderWindow) => reader.headlines.getByRole('list', { name: 'Often with' })

/** The headlines of a category. */
async function expectPage(reader: ReaderWindow, name: string, titles: string[]): Promise<void> {
  await expect(list(reader, name)).toBeVisible()
  await reader.expectRows()
  await expect.poll(() => reader.titles()).toEqual(titles)
}

test('a chip lists its articles beside the open one, its neighbours lead on, and Escape leads back to each list', async ({
  reader,
  page,
}) => {
  await reader.open('All')
  await reader.read('Harbour opens to cargo')
  const head = reader.article.getByRole('heading', { level: 2 })
  // Of two spellings one, and of '#Global' and '#Global News' the one that says more.
  await expect(chips(reader)).toHaveText(['#Global News', '#Trade'])
  await chip(reader.article, 'Global News').click()
  await expectPage(reader, '#Global News', ['Harbour opens to cargo', 'Ferries stop at the strait'])
  await expect(reader.headlines.getByText('2 articles', { exact: true })).toBeVisible()
  await expect(page).toHaveTitle(/#Global News/)
  await expect(head).toHaveText('Harbour opens to cargo')
  await expect(reader.headline('Harbour opens to cargo')).toHaveAttribute('aria-selected', 'true')
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
  await checkPage(page, 'a category')

  // Its neighbour, by keyboard; then an article of it.
  await chip(neighbours(reader), 'Trade').focus()
  await page.keyboard.press('Enter')
  await expectPage(reader, '#Trade', ['Harbour opens to cargo', 'Ferries stop at the strait', 'Budget agreed at last'])
  await expect(head).toHaveText('Harbour opens to cargo')
  await page.keyboard.press('Shift+G')
  await expect(head).toHaveText('Budget agreed at last')

  await page.keyboard.press('Escape')
  await expectPage(reader, '#Global News', ['Harbour opens to cargo', 'Ferries stop at the strait'])
  await expect(head).toHaveText('Harbour opens to cargo')
  await reader.headlines.getByRole('button', { name: 'Back to All' }).click()
  await expect(list(reader, 'All')).toBeVisible()
  await expect(reader.headline('Harbour opens to cargo')).toHaveAttribute('aria-selected', 'true')
  await expect(head).toHaveText('Harbour opens to cargo')
  await page.keyboard.press('Escape')
  await expect(list(reader, 'All')).toBeVisible()
})

test('a category that was come to from a search leads back to what was found', async ({ reader, page }) => {
  const field = page.getByRole('searchbox', { name: 'Search articles' })
  await field.fill('tag:trade')
  await expect
    .poll(() => reader.titles())
    .toEqual(['Harbour opens to cargo', 'Ferries stop at the strait', 'Budget agreed at last'])
  await reader.read('Budget agreed at last')
  await chip(reader.article, 'Election').click()
  await expectPage(reader, '#Election', ['Votes are counted', 'Budget agreed at last'])
  await expect(field).toHaveValue('')
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(list(reader, 'Search')).toBeVisible()
  await expect(field).toHaveValue('tag:trade')
  await expect(reader.headline('Budget agreed at last')).toHaveAttribute('aria-selected', 'true')
})

test('two names are joined by keyboard, undone, and separated', async ({ reader, page }) => {
  await reader.open('All')
  await reader.read('Votes are counted')
  await expect(chips(reader)).toHaveText(['#US politics', '#Election'])
  await chip(reader.article, 'US politics').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Same as…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Join #US politics to another category' })
  const field = dialog.getByRole('combobox', { name: 'The same as' })
  await expect(field).toBeFocused()
  // The one that it is often used with, then those that are used most.
  await expect(dialog.getByRole('option')).toHaveText(['#Election', '#Trade', '#Global News'])
  await field.fill('us-POLITICS')
  await expect(dialog.getByText('#us-POLITICS and #US politics are one category already.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Join' })).toBeDisabled()
  await field.fill('')
  await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('option', { name: '#Election' })).toHaveAttribute('aria-selected', 'true')
  await checkPage(page, 'joining categories')
  await field.fill('Politics')
  await expect(dialog).toContainText('Articles of #US politics will be listed under #Politics.')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)

  await expect(reader.toast('Articles of #US politics are listed under #Politics.')).toBeVisible()
  await expect(chips(reader)).toHaveText(['#Politics', '#Election'])
  await chip(reader.article, 'Politics').click()
  await expectPage(reader, '#Politics', ['Votes are counted', 'Budget agreed at last'])
  const joined = reader.headlines.getByRole('list', { name: 'Also here' })
  await expect(joined).toContainText('#US politics')
  await checkPage(page, 'a category with another name')
  await page.keyboard.press('z')
  await expect(chips(reader)).toHaveText(['#US politics', '#Election'])
  await expectPage(reader, '#Politics', ['Budget agreed at last'])
  await expect(joined).toHaveCount(0)

  // From the list's own menu, and apart again by its button.
  await reader.headlines.getByRole('button', { name: 'More for this list' }).click()
  await page.getByRole('menuitem', { name: 'Same as…' }).click()
  await page.keyboard.type('US politics')
  await page.keyboard.press('Enter')
  await expectPage(reader, '#US politics', ['Votes are counted', 'Budget agreed at last'])
  await joined.getByRole('button', { name: 'Separate #Politics' }).click()
  await expect(reader.toast('#Politics is a category of its own again.')).toBeVisible()
  await expectPage(reader, '#Politics', ['Budget agreed at last'])
  await reader.undo()
  await expectPage(reader, '#US politics', ['Votes are counted', 'Budget agreed at last'])
})

test('where one pane fits, a category is left for the article that named it', async ({ reader, page }) => {
  await page.setViewportSize({ width: 500, height: 800 })
  await page.reload()
  await reader.headline('Harbour opens to cargo').click()
  const head = reader.article.getByRole('heading', { level: 2 })
  await expect(head).toHaveText('Harbour opens to cargo')
  await chip(reader.article, 'Trade').click()
  await expectPage(reader, '#Trade', ['Harbour opens to cargo', 'Ferries stop at the strait', 'Budget agreed at last'])
  await expect(head).toBeHidden()
  await checkPage(page, 'a category in a narrow window')
  await page.keyboard.press('Escape')
  await expect(head).toHaveText('Harbour opens to cargo')
  await expect(head).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(list(reader, 'All')).toBeVisible()
})

test('a category all of which is read says so where only unread articles are listed', async ({ reader, page }) => {
  await reader.open('All')
  await reader.read('Budget agreed at last')
  await chip(reader.article, 'Trade').click()
  await chip(neighbours(reader), 'Global News').click()
  await expectPage(reader, '#Global News', ['Harbour opens to cargo', 'Ferries stop at the strait'])
  await page.keyboard.press('Shift+A')
  await expect(reader.toast('Marked 2 articles read.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('u')
  await chip(neighbours(reader), 'Global News').click()
  await reader.headlines.getByRole('button', { name: 'Show read articles' }).click()
  await expectPage(reader, '#Global News', ['Harbour opens to cargo', 'Ferries stop at the strait'])
})

test('the categories that most sources used this week stand below what is trending, and each leads to its page', async ({
  reader,
  page,
}) => {
  await reader.open('All')
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  const front = page.getByRole('region', { name: 'Front page' })
  const top = page.getByRole('list', { name: 'Most used this week' })
  await expect(top.getByRole('button')).toHaveText(['#Trade 3', '#Election 2', '#Global News 2'])
  await checkPage(page, 'the front page with categories')
  await chip(top, 'Trade').click()
  await expectPage(reader, '#Trade', ['Harbour opens to cargo', 'Ferries stop at the strait', 'Budget agreed at last'])
  await page.keyboard.press('Escape')
  await expect(front).toBeVisible()

  await front.getByRole('button', { name: 'Show as a list' }).click()
  await expect(list(reader, 'Trending')).toBeVisible()
  await expect(top.getByRole('button')).toHaveCount(3)
  await checkPage(page, 'what is trending as a list, with categories')
  await chip(top, 'Global News').click()
  await expectPage(reader, '#Global News', ['Harbour opens to cargo', 'Ferries stop at the strait'])
  await page.keyboard.press('Escape')
  await expect(list(reader, 'Trending')).toBeVisible()
})
