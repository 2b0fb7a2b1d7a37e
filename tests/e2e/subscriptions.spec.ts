/** Folders, unsubscribing and its undo, and OPML in and out. */
import { readFileSync } from 'node:fs'
import { expect, test } from '../support/e2e.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

test('a feed moves into a new folder, and the folder lists and counts it', async ({ reader }) => {
  await reader.page.getByRole('button', { name: 'New folder' }).click()
  const dialog = reader.page.getByRole('dialog', { name: 'New folder' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Morning')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(reader.source('Morning')).toBeVisible()

  await reader.choose('Harbour Gazette', /Move to folder/)
  const move = reader.page.getByRole('dialog', { name: 'Move Harbour Gazette' })
  await move.getByRole('radio', { name: 'Morning' }).check()
  await move.getByRole('button', { name: 'Move' }).click()
  await reader.expectCounts({ Morning: 3, 'Harbour Gazette': 3 })
  await expect(reader.source('Harbour Gazette')).toHaveAttribute('aria-level', '2')
  await reader.open('Morning')
  await expect.poll(() => reader.titles()).toHaveLength(3)

  await reader.choose('Morning', /Rename/)
  const rename = reader.page.getByRole('dialog', { name: 'Rename folder' })
  await rename.getByRole('textbox', { name: 'Name' }).fill('Evening')
  await rename.getByRole('button', { name: 'Rename' }).click()
  await expect(reader.source('Evening')).toBeVisible()
})

test('unsubscribing can be taken back with everything that was read and saved', async ({ reader }) => {
  await reader.read('Harbour Gazette: the ferry runs again')
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1, Unread: 2 })
  await reader.choose('Harbour Gazette', 'Unsubscribe')
  await reader.expectCounts({ Saved: 1, Unread: 0 })
  await expect(reader.source('Harbour Gazette')).toBeHidden()
  // Until then the last button is that of having saved.
  await expect(reader.toast('Saved articles were kept.')).toBeVisible()
  await reader.undo()
  await reader.expectCounts({ Saved: 1, Unread: 2, 'Harbour Gazette': 2 })
})

test('an OPML file is shown before it is imported, imported with its folders, and exported again', async ({
  reader,
  feeds,
}) => {
  const opml = `<opml version="2.0"><body>
    <outline text="Weekend"><outline text="Deep"><outline type="rss" text="Orchard Notes" xmlUrl="${feeds.url}/atom.xml"/></outline>
      <outline type="rss" text="Gone" xmlUrl="${feeds.url}/not-found"/></outline>
    <outline type="rss" text="Harbour Gazette" xmlUrl="${feeds.url}/rss.xml"/>
  </body></opml>`
  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: 'Import and export' }).click()
  await reader.page.getByRole('button', { name: 'Import…' }).click()
  const dialog = reader.page.getByRole('dialog', { name: 'Import' })
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) })
  await expect(dialog).toContainText('Orchard Notes')
  await expect(dialog).toContainText('1 followed already')
  const mine = dialog.getByRole('checkbox', { name: /These are mine/ })
  if (await mine.isVisible()) await mine.check()
  await dialog.getByRole('button', { name: /^Import \d feeds?$/ }).click()
  const result = reader.page.getByRole('dialog', { name: 'Import finished' })
  await expect(result.getByRole('listitem').filter({ hasText: 'Orchard Notes' })).toContainText('added')
  // What the first fetch finds comes while the window is open.
  const gone = result.getByRole('listitem').filter({ hasText: 'Gone' })
  await expect(gone).toContainText('added, but failing')
  await expect(gone).toContainText(/not there|no such page|404/i)
  await expect(result.getByRole('status').first()).toContainText('1 of those added could not be fetched')
  await result.getByRole('button', { name: 'Done' }).click()
  await reader.expectCounts({ 'Orchard Notes': 3 })
  await expect(reader.source('Orchard Notes')).toHaveAttribute('aria-level', '3')
  await expect(reader.source('Gone')).toBeVisible()

  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: 'Import and export' }).click()
  const download = reader.page.waitForEvent('download')
  await reader.page.getByRole('button', { name: 'Export OPML' }).click()
  const file = await (await download).path()
  const exported = readFileSync(file, 'utf8')
  expect(exported).toMatch(/<outline text="Weekend"[\s\S]*<outline text="Deep"[\s\S]*Orchard Notes/)
  expect(exported).toContain(`xmlUrl="${feeds.url}/rss.xml"`)
})

async function importDialog(reader: ReaderWindow, name: string, content: string | Buffer) {
  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: 'Import and export' }).click()
  await reader.page.getByRole('button', { name: 'Import…' }).click()
  const dialog = reader.page.getByRole('dialog', { name: 'Import' })
  const buffer = typeof content === 'string' ? Buffer.from(content) : content
  await dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/x-opml', buffer })
  return dialog
}

test('a file that is something else is named, and one that is cut off says what it lacks', async ({
  reader,
  feeds,
}) => {
  const dialog = await importDialog(reader, 'cat.opml', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'))
  await expect(dialog).toContainText('This is a picture, not an OPML file.')
  await expect(dialog).toContainText('cat.opml')

  const cut = `<opml><body><outline text="Empty" title="Empty"/><outline text="Mine" xmlUrl="${feeds.url}/atom.xml"/><outline te`
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'cut.opml', mimeType: 'text/x-opml', buffer: Buffer.from(cut) })
  await expect(dialog).toContainText('The file ends in the middle: feeds after “Mine” are missing.')
  await expect(dialog).toContainText('Empty')
})

test('an import that is undone leaves neither feed nor folder', async ({ reader, feeds }) => {
  const list = `<opml><body><outline text="Weekend"><outline text="Mine" xmlUrl="${feeds.url}/atom.xml"/></outline></body></opml>`
  const dialog = await importDialog(reader, 'feeds.opml', list)
  await dialog.getByRole('checkbox', { name: /These are mine/ }).check()
  await dialog.getByRole('button', { name: 'Import 1 feed' }).click()
  const result = reader.page.getByRole('dialog', { name: 'Import finished' })
  await expect(result.getByRole('status').first()).toContainText('1 added')
  await reader.expectCounts({ Mine: 3 })
  await result.getByRole('button', { name: 'Undo import' }).click()
  await expect(reader.source('Weekend')).toBeHidden()
  await reader.expectCounts({ Unread: 3, 'Harbour Gazette': 3 })
})
