/** A tree of more feeds than fit into the window: only those in sight are drawn, and one does not notice. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { broadsheet } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'

const outline = Array.from({ length: 300 }, (_, index) => {
  const name = `Feed ${String(index + 1).padStart(3, '0')}`
  return `<outline type="rss" text="${name}" xmlUrl="http://127.0.0.1:1/${index}"/>`
})

test.beforeEach(async ({ app, reader }) => {
  await app.restart(async dataDir => {
    const list = join(dataDir, 'many.opml')
    writeFileSync(list, `<opml version="2.0"><body>${outline.join('')}</body></opml>`)
    await broadsheet(dataDir, 'import', list, '--allow-private', '--wait', '0')
  })
  await reopen(reader, app)
  await expect(reader.source('Feed 001')).toBeVisible()
})

test('keys and the wheel reach every feed, and the row with the focus stays', async ({ reader }) => {
  const { page } = reader
  const rows = reader.sources.getByRole('treeitem')
  expect(await rows.count()).toBeLessThan(100)

  await reader.source('Feed 001').click()
  await page.keyboard.press('End')
  await expect(reader.source('Feed 300')).toBeFocused()
  await expect(reader.source('Feed 300')).toBeInViewport({ ratio: 1 })
  await expect(reader.source('Feed 299')).toBeInViewport({ ratio: 1 })
  await page.keyboard.press('ArrowUp')
  await expect(reader.source('Feed 299')).toBeFocused()

  await reader.sources.hover()
  await page.mouse.wheel(0, -4_500)
  await expect(reader.source('Feed 140')).toBeInViewport()
  await expect(reader.source('Feed 299')).toBeFocused()
  expect(await rows.count()).toBeLessThan(100)
  await page.keyboard.press('ArrowDown')
  await expect(reader.source('Feed 300')).toBeFocused()
  await expect(reader.source('Feed 300')).toBeInViewport({ ratio: 1 })
})
