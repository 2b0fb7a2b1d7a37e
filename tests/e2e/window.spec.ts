/** Panes, their sizes and their folding, and coming back to where one was. */
import { expect, reopen, test } from '../support/e2e.ts'

test.beforeEach(async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
})

test('panes are resized by mouse and by keyboard, and keep their sizes', async ({ reader, app }) => {
  const splitter = reader.page.getByRole('separator', { name: 'Width of the sources' })
  const before = Number(await splitter.getAttribute('aria-valuenow'))
  const box = await splitter.boundingBox()
  if (!box) throw new Error('the splitter is not there')
  await reader.page.mouse.move(box.x, box.y + 200)
  await reader.page.mouse.down()
  await reader.page.mouse.move(box.x + 60, box.y + 200, { steps: 5 })
  await reader.page.mouse.up()
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 60))

  const other = reader.page.getByRole('separator', { name: 'Width of the headlines' })
  const width = Number(await other.getAttribute('aria-valuenow'))
  await other.focus()
  await reader.page.keyboard.press('ArrowRight')
  await expect(other).toHaveAttribute('aria-valuenow', String(width + 16))

  await app.restart()
  await reopen(reader, app)
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 60))
  await expect(other).toHaveAttribute('aria-valuenow', String(width + 16))
  await splitter.dblclick()
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before))
})

test('below 1000 px the sources come over the list, below 640 px there is one pane with a way back', async ({
  reader,
}) => {
  await reader.page.setViewportSize({ width: 900, height: 800 })
  await expect(reader.sources).toBeHidden()
  await reader.page.getByRole('button', { name: 'Show sources' }).click()
  await expect(reader.sources).toBeVisible()
  await reader.source('All').click()
  await expect(reader.headline('the ferry runs again')).toBeVisible()

  await reader.page.setViewportSize({ width: 500, height: 800 })
  await reader.headline('the ferry runs again').click()
  await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible()
  await expect(reader.headlines).toBeHidden()
  await reader.article.getByRole('button', { name: 'Back to headlines' }).click()
  await expect(reader.headlines).toBeVisible()
  await expect(reader.article).toBeHidden()
})

test('a second start comes back to the same source and article', async ({ reader, app }) => {
  await reader.open('Harbour Gazette')
  await reader.read('Harbour Gazette: why the ferry stopped')
  await reader.expectCounts({ Unread: 2 })
  await app.restart()
  await reopen(reader, app)
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette')
  await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette: why the ferry stopped')
})
