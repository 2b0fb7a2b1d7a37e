/** What is said while one reads covers nothing and moves no row: the pill of new articles, and a connection that is lost. */
import type { Page } from 'playwright/test'
import { letTimePass } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { expectInPlace } from '../support/overlap.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 320, height: 400 },
]

test('the pill of new articles covers nothing and moves no row', async ({ reader, feeds, app }) => {
  const { page } = reader
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
  const row = reader.headline('the ferry runs again')
  await expect(row).toBeVisible()
  const before = await row.boundingBox()
  feeds.addArticle('/rss.xml', {
    id: 'breaking',
    title: 'Breaking: the ferry has a name',
    url: '/articles/breaking',
    html: '<p>It is called Patience.</p>',
    publishedAt: Date.now() - 1_000,
  })
  // What is being looked at has been scrolled or chosen: new articles wait.
  await page.keyboard.press('r')
  await expect(reader.headlines.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await row.boundingBox()).toEqual(before)
  for (const size of sizes) {
    await page.setViewportSize(size)
    await expectInPlace(page, `the pill at ${size.width}`)
    expect(await coveredRows(page), `rows at ${size.width}`).toEqual([])
  }
})

test('that the connection is lost is said where it covers nothing', async ({ reader, feeds, app }) => {
  const { page } = reader
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible()
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.read('the ferry runs again')
  const button = page.getByRole('button', { name: 'Refresh all' })
  const before = await button.boundingBox()
  await app.stop()
  await expect(page.getByText('Reconnecting…')).toBeVisible()
  await expectInPlace(page, 'reconnecting')
  expect(await button.boundingBox()).toEqual(before)
  const lasting = page.getByText('Broadsheet does not answer. Start it again and use the window it opens.')
  await expect(lasting).toBeVisible()
  for (const size of sizes) {
    await page.setViewportSize(size)
    await expect(lasting).toBeVisible()
    await expectInPlace(page, `no answer at ${size.width}`)
    expect(await coveredRows(page), `rows at ${size.width}`).toEqual([])
  }
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog').getByText(/Reconnecting|does not answer/)).toBeVisible()
  await expectInPlace(page, 'no answer, and a dialog')
})

/** The titles of rows, of which some part in sight does not lie on top. */
function coveredRows(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const list = document.querySelector('[role=listbox]').getBoundingClientRect()
    return [...document.querySelectorAll('[role=option] .headline')]
      .filter(title => title.checkVisibility({ visibilityProperty: true }))
      .filter(title => {
        const { left, top, right, bottom } = title.getBoundingClientRect()
        const points = [[left + 1, top + 2], [(left + right) / 2, (top + bottom) / 2], [right - 1, bottom - 2]]
        return points
          .filter(([x, y]) => x >= 0 && x < innerWidth && y > list.top && y < Math.min(list.bottom, innerHeight))
          .some(([x, y]) => !title.closest('[role=option]').contains(document.elementFromPoint(x, y)))
      })
      .map(title => title.textContent)
  })()`)
}
