/** Panes, their sizes and their folding, and coming back to where one was. */
import { expect, reopen, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml'] })

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
  // This window shows the width before the engine has it; another one hears of it when it is kept.
  const second = await reader.page.context().newPage()
  await second.goto(app.url())
  const itsOther = second.getByRole('separator', { name: 'Width of the headlines' })
  await expect(itsOther).toHaveAttribute('aria-valuenow', String(width + 16))
  await second.close()

  await app.restart()
  await reopen(reader, app)
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 60))
  await expect(other).toHaveAttribute('aria-valuenow', String(width + 16))
  await splitter.dblclick()
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before))
})

test('below 1000 px the sources stand beside the list until an article takes their place, and come over it after that', async ({
  reader,
  app,
}) => {
  const { page } = reader
  const show = page.getByRole('button', { name: 'Show sources' })
  const hide = page.getByRole('button', { name: 'Hide sources' })
  await page.setViewportSize({ width: 834, height: 700 })
  await expect(reader.article).toBeHidden()
  await reader.open('All')
  await expect(hide).toBeVisible()

  await reader.read('the ferry runs again')
  await expect(reader.sources).toBeHidden()
  await show.click()
  await expect(reader.article).toBeVisible()
  await reader.goTo('Saved')
  await expect(reader.article).toBeHidden()
  await expect(hide).toBeVisible()

  // Looking through the sources keeps them in sight, whatever was open beside a list.
  await reader.open('All')
  await expect(reader.headline('the ferry runs again')).toHaveAttribute('aria-selected', 'true')
  await expect(reader.article).toBeHidden()
  await reader.source('All').press('ArrowDown')
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Unread')
  await expect(reader.source('Unread')).toBeFocused()

  // Hidden there, they stay so.
  await page.keyboard.press('[')
  await expect(reader.sources).toBeHidden()
  await app.restart()
  await reopen(reader, app)
  await expect(show).toBeVisible()
  await page.keyboard.press('[')
  await expect(reader.sources).toBeVisible()
  await expect(reader.article).toBeHidden()
})

test('in two panes a search that is left shows again what was open before it', async ({ reader }) => {
  const { page } = reader
  await page.setViewportSize({ width: 834, height: 700 })
  await reader.open('All')
  await reader.read('the ferry runs again')
  await page.keyboard.press('/')
  await page.getByRole('searchbox').fill('stopped')
  await expect(reader.headlines.locator('mark').first()).toBeVisible()
  await expect(reader.article).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(reader.article.getByRole('heading', { level: 2 })).toContainText('the ferry runs again')
  await expect(reader.sources).toBeHidden()
})

test('below 640 px there is one pane with a way back', async ({ reader }) => {
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
