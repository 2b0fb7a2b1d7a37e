/** What a pointer meets: nothing slides under it and is taken by the second press of a double click. */
import type { Locator } from 'playwright/test'
import { expect, reopen, test } from '../support/e2e.ts'
import { stock } from '../support/library.ts'
import { numberedPath } from '../support/sample-feeds.ts'
import type { ReaderWindow } from '../support/window.ts'

test.beforeEach(async ({ reader, feeds, app }) => {
  await stock(app, feeds.url, { '': [numberedPath(1), numberedPath(2), numberedPath(3), '/rss.xml'] })
  await reopen(reader, app)
  await expect(reader.source('Harbour Gazette')).toBeVisible()
})

/** The middle of a button, for a hand that stays there. */
async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = (await locator.boundingBox())!
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }
}

/** As the system reports the second press of a double click. */
async function pressAgain({ page }: ReaderWindow): Promise<void> {
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
}

const undos = ({ page }: ReaderWindow) => page.getByRole('button', { name: 'Undo', exact: true })

test('a double click on Undo takes back one thing, whatever slides under the pointer', async ({ reader }) => {
  const { mouse } = reader.page
  await reader.choose('Numbered Paper 1', 'Unsubscribe')
  await expect(undos(reader)).toHaveCount(1)
  await reader.choose('Numbered Paper 2', 'Unsubscribe')
  await expect(undos(reader)).toHaveCount(2)
  const low = reader.page.getByText('Unsubscribed from Numbered Paper 1')
  const high = reader.page.getByText('Unsubscribed from Numbered Paper 2')
  const place = await middleOf(undos(reader).first())
  expect(place.y).toBeGreaterThan((await middleOf(undos(reader).last())).y)

  await mouse.click(place.x, place.y)
  await expect(reader.source('Numbered Paper 1')).toBeVisible()
  await expect(low).toBeHidden()
  await expect(high).toBeVisible()
  // The other one's button has come there.
  await expect.poll(() => textAt(reader, place)).toBe('Undo')
  await pressAgain(reader)
  await expect(undos(reader)).toHaveCount(1)
  await expect(high).toBeVisible()

  await mouse.click(place.x, place.y)
  await expect(reader.source('Numbered Paper 2')).toBeVisible()
})

test('a double click on what opens a dialog opens it, and no more', async ({ reader }) => {
  const settings = reader.page.getByRole('button', { name: 'Settings' })
  const place = await middleOf(settings)
  await reader.page.mouse.click(place.x, place.y)
  const dialog = reader.page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await pressAgain(reader)
  await reader.page.getByRole('tab', { name: 'Import and export' }).click()
  await expect(dialog.getByRole('button', { name: 'Import…' })).toBeVisible()
  await reader.page.mouse.click(4, 400)
  await expect(dialog).toBeHidden()
})

test('the button to unsubscribe keeps its place whatever its dialog says', async ({ reader }) => {
  await reader.choose('Harbour Gazette', 'Feed details…')
  const dialog = reader.page.getByRole('dialog')
  const unsubscribe = dialog.getByRole('button', { name: 'Unsubscribe' })
  await expect(unsubscribe).toBeVisible()
  await expect.poll(() => dialog.evaluate('document.getAnimations().length')).toBe(0)
  const before = await middleOf(unsubscribe)
  await dialog.getByRole('button', { name: 'Change address…' }).click()
  await expect(dialog.getByRole('textbox', { name: /address/i })).toBeVisible()
  expect(await middleOf(unsubscribe)).toEqual(before)
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog.getByRole('button', { name: 'Resume' })).toBeVisible()
  expect(await middleOf(unsubscribe)).toEqual(before)
})

test('a click on a row leaves the list where it is, and a key leaves one more row in sight', async ({ reader }) => {
  await reader.open('All')
  const rows = reader.headlines.getByRole('option')
  const list = reader.headlines.getByRole('listbox')
  await expect(list).toHaveAccessibleName('Headlines: All')
  for (let position = 1; position <= 12; position += 1) {
    await reader.page.keyboard.press('j')
    await expect(rowAt(reader, position)).toHaveAttribute('aria-selected', 'true')
    if (position < 12) await expect.poll(() => isWithin(rowAt(reader, position + 1), list)).toBe(true)
  }
  await reader.page.keyboard.press('k')
  for (let position = 10; position >= 1; position -= 1) {
    await reader.page.keyboard.press('k')
    await expect(rowAt(reader, position)).toHaveAttribute('aria-selected', 'true')
    if (position > 1) await expect.poll(() => isWithin(rowAt(reader, position - 1), list)).toBe(true)
  }

  // The lowest row that shows at least its upper half.
  const { y, height } = (await list.boundingBox())!
  const x = (await middleOf(list)).x
  const scrolled = () => list.evaluate(node => (node as unknown as { scrollTop: number }).scrollTop)
  const before = await scrolled()
  await reader.page.mouse.click(x, y + height - 20)
  await expect(rows.and(reader.page.locator('[aria-selected=true]'))).not.toHaveAttribute('aria-posinset', '1')
  await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible()
  expect(await scrolled()).toBe(before)
})

const rowAt = (reader: ReaderWindow, position: number) =>
  reader.headlines.locator(`[role=option][aria-posinset="${position}"]`)

async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const [row, list] = await Promise.all([inner.boundingBox(), outer.boundingBox()])
  return row !== null && list !== null && row.y >= list.y - 1 && row.y + row.height <= list.y + list.height + 1
}

async function textAt({ page }: ReaderWindow, { x, y }: { x: number; y: number }): Promise<string> {
  return (await page.evaluate(`document.elementFromPoint(${x}, ${y})?.textContent?.trim() ?? ''`)) as string
}
