/** Ctrl+Z and z take back the last thing that was done, and name it. */
import { readFileSync } from 'node:fs'
import { expect, test } from '../support/e2e.ts'
import type { ReaderWindow } from '../support/window.ts'

const gazette = 'Harbour Gazette'
const ferry = 'Harbour Gazette: the ferry runs again'

test.use({ followed: ['/rss.xml'] })

/** Presses z, and waits for what the window says of it. */
async function undoes(reader: ReaderWindow, said: string): Promise<void> {
  await reader.page.keyboard.press('z')
  await expect(reader.toast(said)).toBeVisible()
}

async function name(reader: ReaderWindow, dialog: string, text: string, button: string): Promise<void> {
  const asked = reader.page.getByRole('dialog', { name: dialog })
  await asked.getByRole('textbox', { name: 'Name' }).fill(text)
  await asked.getByRole('button', { name: button, exact: true }).click()
  await expect(asked).toBeHidden()
}

async function newFolder(reader: ReaderWindow, title: string): Promise<void> {
  await reader.page.getByRole('button', { name: 'New folder' }).click()
  await name(reader, 'New folder', title, 'Create')
  await expect(reader.source(title)).toBeVisible()
}

test.describe('what the engine did since it started', () => {
  // The last thing taken back is that the feed was followed.
  test.use({ followed: [] })

  test('what was done to articles is taken back in order, each named by its article', async ({ reader, feeds }) => {
    await reader.follow(`${feeds.url}/rss.xml`, gazette)
    await reader.read(ferry)
    await reader.expectCounts({ Unread: 2 })
    await reader.page.keyboard.press('s')
    await reader.expectCounts({ Saved: 1 })
    await reader.page.keyboard.press('m')
    await reader.expectCounts({ Unread: 3 })
    await reader.page.keyboard.press('Shift+A')
    await reader.expectCounts({ Unread: 0 })

    await undoes(reader, 'Unread again: 3 articles')
    await reader.expectCounts({ Unread: 3 })
    await undoes(reader, `Read again: ${ferry}`)
    await reader.expectCounts({ Unread: 2, Saved: 1 })
    await undoes(reader, `No longer saved: ${ferry}`)
    await reader.expectCounts({ Saved: 0 })
    await undoes(reader, `No longer followed: ${gazette}`)
    await undoes(reader, 'There is nothing to undo.')
  })
})

test('two presses one right after the other take back two', async ({ reader }) => {
  await reader.read(ferry)
  await reader.expectCounts({ Unread: 2 })
  await reader.page.keyboard.press('s')
  await reader.page.keyboard.press('m')
  await reader.page.keyboard.press('z')
  await reader.page.keyboard.press('Control+z')
  await expect(reader.toast(`No longer saved: ${ferry}`)).toBeVisible()
  await reader.expectCounts({ Saved: 0, Unread: 2 })
})

test('names, folders and places come back one by one', async ({ reader }) => {
  await newFolder(reader, 'Morning')
  await newFolder(reader, 'Papers')
  await reader.choose(gazette, 'Rename')
  await name(reader, 'Rename feed', 'Ships', 'Rename')
  await expect(reader.source('Ships')).toBeVisible()
  await reader.choose('Ships', /Move to folder/)
  const move = reader.page.getByRole('dialog', { name: 'Move Ships' })
  await move.getByRole('radio', { name: 'Morning' }).check()
  await move.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(reader.source('Ships')).toHaveAttribute('aria-level', '2')
  await reader.choose('Morning', /Move to folder/)
  const into = reader.page.getByRole('dialog', { name: 'Move Morning' })
  await into.getByRole('radio', { name: 'Papers' }).check()
  await into.getByRole('button', { name: 'Move', exact: true }).click()
  await expect(reader.source('Morning')).toHaveAttribute('aria-level', '2')
  await reader.choose('Morning', 'Rename')
  await name(reader, 'Rename folder', 'Evening', 'Rename')
  await reader.choose('Evening', 'Remove folder')
  await expect(reader.source('Evening')).toBeHidden()

  await undoes(reader, 'Folder is back: Evening')
  await expect(reader.source('Ships')).toHaveAttribute('aria-level', '3')
  await undoes(reader, 'Name restored: Morning')
  await expect(reader.source('Morning')).toBeVisible()
  await undoes(reader, 'Back where it was: Morning')
  await expect(reader.source('Morning')).toHaveAttribute('aria-level', '1')
  await undoes(reader, 'Back where it was: Ships')
  await expect(reader.source('Ships')).toHaveAttribute('aria-level', '1')
  await undoes(reader, `Name restored: ${gazette}`)
  await expect(reader.source(gazette)).toBeVisible()
  await undoes(reader, 'Folder removed again: Papers')
  await undoes(reader, 'Folder removed again: Morning')
  await expect(reader.source('Morning')).toBeHidden()
})

test.describe('all that was done to a feed, and that it was followed', () => {
  test.use({ followed: [] })

  test('pausing, another address and unsubscribing are taken back, by key and by the button of their toasts', async ({
    reader,
    feeds,
  }) => {
    await reader.follow(`${feeds.url}/rss.xml`, gazette)
    await reader.choose(gazette, 'Pause')
    await expect(reader.toast(`${gazette} is paused.`)).toBeVisible()
    await undoes(reader, `No longer paused: ${gazette}`)

    await reader.choose(gazette, /Feed details/)
    const health = reader.page.getByRole('dialog', { name: 'Feed health' })
    await health.getByRole('button', { name: 'Change address…' }).click()
    await health.getByRole('textbox', { name: 'New address' }).fill(`${feeds.url}/atom.xml`)
    await health.getByRole('button', { name: 'Save address' }).click()
    await expect(health.getByRole('status').filter({ hasText: 'is now fetched from' })).toBeVisible()
    await health.getByRole('button', { name: 'Done' }).click()
    await undoes(reader, `Back at its address: ${gazette}`)
    await reader.choose(gazette, /Feed details/)
    await expect(health).toContainText(`${feeds.url}/rss.xml`)
    await health.getByRole('button', { name: 'Done' }).click()

    await reader.choose(gazette, 'Unsubscribe')
    await expect(reader.source(gazette)).toBeHidden()
    await expect(reader.toast(/Unsubscribed from/)).toBeVisible()
    await reader.undo()
    await expect(reader.toast(`Followed again: ${gazette}`)).toBeVisible()
    await expect(reader.source(gazette)).toBeVisible()
    await undoes(reader, `No longer followed: ${gazette}`)
  })
})

test('a feed in a folder made for it goes with its folder, and what was saved stays', async ({ reader, feeds }) => {
  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/atom.xml`)
  const dialog = reader.page.getByRole('dialog', { name: 'Add a feed' })
  await dialog.getByRole('combobox', { name: 'Folder' }).selectOption({ label: 'New folder…' })
  await dialog.getByRole('textbox', { name: 'Name of the new folder' }).fill('Weekend')
  await field.press('Enter')
  await expect(dialog).toBeHidden({ timeout: 30_000 })
  await expect(reader.source('Weekend')).toBeVisible()
  await expect(reader.source('Orchard Notes')).toBeVisible()

  await undoes(reader, 'No longer followed: Orchard Notes')
  await expect(reader.source('Orchard Notes')).toBeHidden()
  await expect(reader.source('Weekend')).toBeHidden()
  await expect(reader.source(gazette)).toBeVisible()
})

test('how a feed is asked and kept is taken back, and the forms show it', async ({ reader }) => {
  await reader.choose(gazette, /Feed details/)
  const health = reader.page.getByRole('dialog', { name: 'Feed health' })
  await health.getByText('How it is asked').click()
  const agent = health.getByRole('textbox', { name: 'Name given to the server' })
  await agent.fill('Ada')
  await health.getByRole('button', { name: 'Save and ask again' }).click()
  await expect(health.getByRole('status').filter({ hasText: `Changed how ${gazette} is asked.` })).toBeVisible()
  await reader.undo()
  await expect(health.getByRole('status').filter({ hasText: `Asked as before: ${gazette}` })).toBeVisible()
  await expect(agent).toHaveValue('')
  await health.getByRole('button', { name: 'Done' }).click()

  await reader.choose(gazette, /Keep articles/)
  const keep = reader.page.getByRole('dialog', { name: new RegExp(gazette) })
  await keep.getByRole('radio', { name: /rule/i }).check()
  await expect(keep.getByRole('status').filter({ hasText: `Changed how long articles of ${gazette}` })).toBeVisible()
  await reader.undo()
  await expect(keep.getByRole('status').filter({ hasText: 'What was deleted meanwhile stays deleted.' })).toBeVisible()
  await expect(keep.getByRole('radio', { name: /As in/ })).toBeChecked()
})

test('in a text field the key is the field’s own', async ({ reader }) => {
  await reader.choose(gazette, 'Pause')
  await expect(reader.toast(`${gazette} is paused.`)).toBeVisible()
  const search = reader.page.getByRole('searchbox')
  await search.click()
  await search.pressSequentially('ferry')
  await reader.page.keyboard.press('Control+z')
  await expect(search).not.toHaveValue('ferry')
  await expect(reader.source(gazette)).toHaveAttribute('aria-label', /paused/)
})

test('an import is taken back by key once its dialog is closed', async ({ reader, feeds }) => {
  const opml = `<opml version="2.0"><body><outline type="rss" text="Orchard Notes" xmlUrl="${feeds.url}/atom.xml"/></body></opml>`
  await importFile(reader, 'feeds.opml', Buffer.from(opml))
  const dialog = reader.page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('checkbox', { name: /These are mine/ }).check()
  await dialog.getByRole('button', { name: 'Import 1 feed' }).click()
  await reader.page.getByRole('dialog', { name: 'Import finished' }).getByRole('button', { name: 'Done' }).click()
  await expect(reader.source('Orchard Notes')).toBeVisible()
  await undoes(reader, 'The import was undone.')
  await expect(reader.source('Orchard Notes')).toBeHidden()
})

test('after everything was taken in from a file nothing older is taken back, and why is said', async ({ reader }) => {
  await reader.read(ferry)
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  const file = await exported(reader)
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 0 })

  await importFile(reader, 'all.zip', file)
  await reader.page.getByRole('button', { name: 'Import everything' }).click()
  const result = reader.page.getByRole('dialog', { name: 'Import finished' })
  await result.getByRole('button', { name: 'Done' }).click()
  await reader.expectCounts({ Saved: 1 })

  await undoes(reader, 'all.zip was taken in')
  await undoes(reader, 'That can’t be taken back.')
  await reader.expectCounts({ Saved: 1 })
  await reader.choose(gazette, 'Pause')
  await undoes(reader, `No longer paused: ${gazette}`)
  await undoes(reader, 'That can’t be taken back.')
})

async function importFile(reader: ReaderWindow, file: string, buffer: Buffer): Promise<void> {
  await settingsTab(reader)
  await reader.page.getByRole('button', { name: 'Import…' }).click()
  const mimeType = 'application/octet-stream'
  await reader.page.locator('dialog input[type=file]').setInputFiles({ name: file, mimeType, buffer })
}

async function exported(reader: ReaderWindow): Promise<Buffer> {
  await settingsTab(reader)
  const download = reader.page.waitForEvent('download')
  await reader.page.getByRole('button', { name: 'Export everything' }).click()
  const path = await (await download).path()
  await reader.page.keyboard.press('Escape')
  await expect(reader.page.getByRole('dialog')).toBeHidden()
  return readFileSync(path)
}

async function settingsTab(reader: ReaderWindow): Promise<void> {
  await reader.page.getByRole('button', { name: 'Settings' }).click()
  await reader.page.getByRole('tab', { name: 'Import and export' }).click()
}
