/** What a pointer meets: nothing slides under it and is taken by the second press of a double click. */
import type { Locator } from 'playwright/test'
import { answerInstead } from '../support/answers.ts'
import { expect, test } from '../support/e2e.ts'
import { numberedPath } from '../support/sample-feeds.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ shelf: { '': [numberedPath(1), numberedPath(2), numberedPath(3), '/rss.xml'] } })

test.beforeEach(async ({ reader }) => {
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

test('the button to unsubscribe keeps its place whatever its dialog and a toast say', async ({ reader }) => {
  // The dialog is as high as it may be.
  await reader.page.setViewportSize({ width: 1280, height: 640 })
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
  await expect(dialog.getByRole('button', { name: 'Undo', exact: true })).toBeVisible()
  expect(await middleOf(unsubscribe)).toEqual(before)
})

test('a click on a row leaves the list where it is, and a key leaves one more row in sight', async ({ reader }) => {
  await reader.open('All')
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

  // Neither the first row nor the last one in sight is whole.
  await list.hover()
  await reader.page.mouse.wheel(0, 60)
  const scrolled = () => list.evaluate(node => (node as unknown as { scrollTop: number }).scrollTop)
  await expect.poll(scrolled).toBe(60)
  const { y, height } = (await list.boundingBox())!
  const x = (await middleOf(list)).x
  // The day stands at the top edge.
  for (const at of [y + height - 6, y + 44]) {
    const position = await positionAt(reader, { x, y: at })
    expect(await isWithin(rowAt(reader, position), list)).toBe(false)
    await reader.page.mouse.click(x, at)
    await expect(rowAt(reader, position)).toHaveAttribute('aria-selected', 'true')
    const title = await rowAt(reader, position).locator('bdi.headline').textContent()
    await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText(title ?? '')
    expect(await scrolled()).toBe(60)
  }
})

test('what takes away is pressed by no click that was on its way as it came under the pointer', async ({ reader }) => {
  const { keyboard, mouse } = reader.page
  await reader.open('Harbour Gazette')
  await reader.source('Harbour Gazette').press('ContextMenu')
  const unsubscribe = reader.page.getByRole('menuitem', { name: 'Unsubscribe' })
  const place = await middleOf(unsubscribe)
  await keyboard.press('Escape')
  await expect(unsubscribe).toBeHidden()
  await mouse.move(place.x, place.y)

  // Right after each other: the hand could not have seen it.
  await Promise.all([keyboard.press('ContextMenu'), mouse.down(), mouse.up()])
  await expect(unsubscribe).toBeVisible()
  await expect(reader.source('Harbour Gazette')).toBeVisible()

  // Once it has lain there, a click without a move is meant.
  await expect(async () => {
    await mouse.down()
    await mouse.up()
    await expect(reader.source('Harbour Gazette')).toBeHidden({ timeout: 1_000 })
  }).toPass()
})

test('the button that applies a rule for keeping articles stays where it is, whatever is said', async ({ reader }) => {
  const { keyboard } = reader.page
  await reader.open('Harbour Gazette')
  await keyboard.press('Shift+A')
  await reader.expectCounts({ 'Harbour Gazette': 0 })
  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: 'Keeping' }).click()
  const panel = reader.page.getByRole('tabpanel', { name: 'Keeping' })
  await panel.getByRole('textbox', { name: /^Each feed/ }).fill('1')
  await expect(panel).toContainText('Would delete 2 articles now.')
  const apply = panel.getByRole('button', { name: 'Apply' })
  const before = await middleOf(apply)
  await panel.getByRole('switch', { name: /unread articles/ }).press('Space')
  await expect(panel).toContainText('Would delete 8 articles now.')
  await expect(panel).toContainText('There is no way to bring them back.')
  expect(await middleOf(apply)).toEqual(before)
})

test('the buttons to go back to a backup and to undo an import stay where they are as more is said', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await answerInstead(page, {
    restoreBackup: () => ({ kind: 'failed', failure: { reason: 'damaged', detail: '/backups/of/some/day.db.gz' } }),
  })
  await page.reload()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Backups' }).click()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page
    .getByRole('button', { name: /^Go back to the backup of/ })
    .first()
    .click()
  const asked = page.getByRole('dialog', { name: 'Go back to a backup?' })
  const goBack = asked.getByRole('button', { name: 'Go back' })
  await expect.poll(() => asked.evaluate('document.getAnimations().length')).toBe(0)
  const before = await middleOf(goBack)
  await goBack.click()
  await expect(asked).toContainText('/backups/of/some/day.db.gz')
  expect(await middleOf(goBack)).toEqual(before)
  await page.keyboard.press('Escape')

  const gate = Promise.withResolvers<void>()
  feeds.answer('/gone.xml', async (_, response) => {
    await gate.promise
    response.writeHead(404).end()
  })
  await page.getByRole('tab', { name: 'Import and export' }).click()
  await page.getByRole('button', { name: 'Import…' }).click()
  const opml = `<opml version="2.0"><body><outline type="rss" text="Gone" xmlUrl="${feeds.url}/gone.xml"/></body></opml>`
  const file = { name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) }
  await page.locator('dialog input[type=file]').setInputFiles(file)
  await page.getByRole('checkbox', { name: /These are mine/ }).check()
  await page.getByRole('button', { name: 'Import 1 feed' }).click()
  const undoImport = page.getByRole('dialog', { name: 'Import finished' }).getByRole('button', { name: /Undo/ })
  await expect.poll(() => undoImport.evaluate('document.getAnimations().length')).toBe(0)
  const wasAt = await middleOf(undoImport)
  gate.resolve()
  await expect(page.getByRole('list', { name: 'Result for each feed' }).getByText('404')).toBeVisible()
  expect(await middleOf(undoImport)).toEqual(wasAt)
})

const rowAt = (reader: ReaderWindow, position: number) =>
  reader.headlines.locator(`[role=option][aria-posinset="${position}"]`)

async function positionAt({ page }: ReaderWindow, { x, y }: { x: number; y: number }): Promise<number> {
  const row = `document.elementFromPoint(${x}, ${y}).closest('[role=option]')`
  return Number(await page.evaluate(`${row}.getAttribute('aria-posinset')`))
}

async function isWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const [row, list] = await Promise.all([inner.boundingBox(), outer.boundingBox()])
  return row !== null && list !== null && row.y >= list.y - 1 && row.y + row.height <= list.y + list.height + 1
}

async function textAt({ page }: ReaderWindow, { x, y }: { x: number; y: number }): Promise<string> {
  return (await page.evaluate(`document.elementFromPoint(${x}, ${y})?.textContent?.trim() ?? ''`)) as string
}
