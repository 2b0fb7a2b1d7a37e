/** At every width, and magnified: nothing overlaps, nothing is cut off, and toasts cover nothing. */
import type { Locator, Page } from 'playwright/test'
import { test as base, expect } from '../support/e2e.ts'
import { expectInPlace } from '../support/overlap.ts'
import type { ReaderWindow } from '../support/window.ts'

/** A window of 1280 x 800 at 100, 200 and 400 % among them. */
const sizes = [
  { width: 1280, height: 800 },
  { width: 1000, height: 700 },
  { width: 900, height: 600 },
  { width: 720, height: 500 },
  { width: 640, height: 400 },
  { width: 480, height: 700 },
  { width: 320, height: 400 },
]
const long = 'The Quarterly Journal of Harbours, Ferries, Slipways and Everything Else that Floats on Some Days'

const test = base.extend({
  feeds: async ({ feeds }, use) => {
    const gazette = feeds.feeds.get('/rss.xml')
    if (!gazette) throw new Error('the feed is not there')
    const [first, ...rest] = gazette.items
    if (!first) throw new Error('the feed has no article')
    const author = 'Maren Holt and the Rest of the Harbour Desk'
    feeds.publish('/long.xml', { ...gazette, title: long, items: [{ ...first, author }, ...rest] })
    await use(feeds)
  },
})

test.use({ deviceScaleFactor: 2, followed: ['/long.xml'] })

test.beforeEach(({ reader }) => reader.page.emulateMedia({ reducedMotion: 'reduce' }))

test.describe('where nothing is followed yet', () => {
  test.use({ followed: [] })

  test('the welcome has room at every size', async ({ reader: { page } }) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible()
      await expectInPlace(page, `the welcome at ${size.width} by ${size.height}`)
    }
  })
})

for (const size of sizes)
  test(`every screen has room at ${size.width} by ${size.height}`, async ({ reader }) => {
    test.setTimeout(300_000)
    const { page } = reader
    await page.setViewportSize(size)
    await expectInPlace(page, 'a list')
    await reader.read('the ferry runs again')
    await expectInPlace(page, 'an article')
    await showSources(reader)
    await expectInPlace(page, 'the sources')
    await reader.source(long).press('Shift+F10')
    await expectInPlace(page, 'the menu of a feed')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()

    for (const [key, name] of [
      ['F2', 'Rename'],
      ['+', 'Add a feed'],
      ['?', 'Keyboard shortcuts'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectInPlace(page, name)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    for (const item of ['Keep articles…', 'Move to folder…', 'Feed details…']) {
      await showSources(reader)
      await reader.choose(long, item)
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectInPlace(page, item)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    await page.keyboard.press(',')
    for (const name of ['Appearance', 'Reading', 'Keeping', 'Storage', 'Backups', 'Import and export', 'About']) {
      await page.getByRole('tab', { name }).click()
      await expect(page.getByText(/Measuring|Looking for backups/)).toHaveCount(0)
      await expectInPlace(page, `the settings: ${name}`)
    }
  })

test.describe('more than one toast: of the feed that was followed, too', () => {
  test.use({ followed: [] })

  for (const size of sizes)
    test(`toasts cover nothing at ${size.width} by ${size.height}`, async ({ reader, feeds }) => {
      const { page } = reader
      await page.setViewportSize(size)
      await reader.follow(`${feeds.url}/long.xml`, long)
      await page.keyboard.press('Shift+A')
      await holdToasts(page)
      await expectInPlace(page, 'a list and a toast')
      await expectAboveToasts(page, '[role=listbox]', page.getByText('You have reached the end.'))
      await reader.headline('the ferry runs again').click()
      await holdToasts(page)
      const text = page.getByRole('region', { name: 'Article', exact: true }).locator('article')
      await expectAboveToasts(page, '#article-pane', text)
      await expectInPlace(page, 'an article and a toast')

      await page.keyboard.press(',')
      await holdToasts(page)
      await expectInPlace(page, 'a dialog and a toast')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await holdToasts(page)
      await showSources(reader)
      await expectInPlace(page, 'the sources and a toast')
    })
})

test('beside the sources a toast moves no button of theirs', async ({ reader }) => {
  const button = reader.page.getByRole('button', { name: 'Refresh all' })
  const before = await button.boundingBox()
  await reader.page.keyboard.press('Shift+A')
  await expect(reader.toast('Marked 3 articles read.')).toBeVisible()
  expect(await button.boundingBox()).toEqual(before)
})

test('no line of a byline begins with a dot', async ({ reader }) => {
  const { page } = reader
  await reader.read('the ferry runs again')
  const lines = new Set<number>()
  for (const width of [1600, 1280, 1010, 660]) {
    await page.setViewportSize({ width, height: 700 })
    const parts = await page.locator('.byline p').evaluateAll(elements =>
      elements.map(element => {
        const dot = element.querySelector('.dot')?.getBoundingClientRect()
        const byline = element.parentElement?.getBoundingClientRect()
        if (!dot || !byline) throw new Error('there is no dot')
        return { top: Math.round(dot.top), isSeen: dot.left >= byline.left - 1 }
      }),
    )
    const isFirst = parts.map(({ top }, index) => top !== parts[index - 1]?.top)
    expect(parts.map(({ isSeen }) => isSeen)).toEqual(isFirst.map(first => !first))
    lines.add(isFirst.filter(Boolean).length)
  }
  // It was seen in one line, and wrapped.
  expect(lines.size).toBeGreaterThan(1)
})

/** Opens the sources where they are not in sight. */
async function showSources({ page }: ReaderWindow): Promise<void> {
  const button = page.getByRole('button', { name: 'Show sources' })
  if (await button.isVisible()) await button.click()
  await expect(page.getByRole('tree')).toBeVisible()
}

/** A toast that has the focus stays. */
async function holdToasts(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' }).last()
  // Another toast may come meanwhile, and its button is the last one then.
  await expect(async () => {
    await dismiss.focus()
    await expect(dismiss).toBeFocused({ timeout: 1_000 })
  }).toPass()
}

/** Scrolled to its end, what is in the pane ends above the toasts. Pictures that come later make it longer. */
async function expectAboveToasts(page: Page, scroller: string, last: Locator): Promise<void> {
  const toast = page.locator('.toast').first()
  await expect
    .poll(async () => {
      await page.evaluate(`document.querySelector('${scroller}')?.scrollTo(0, 1e6)`)
      const [above, below] = [await last.boundingBox(), await toast.boundingBox()]
      return above && below && above.y + above.height <= below.y + 1
    })
    .toBe(true)
}
