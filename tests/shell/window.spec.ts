import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { lockForRefresh } from '../../src-main/safety/folder-locks.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop
test.afterEach(() => desktop?.remove())

test('the window shows once painted, in the colour of the page', async () => {
  desktop = await openDesktop()
  const window = async () => (await desktop.facts()).windows[0]
  await expect.poll(window).toMatchObject({ isShown: true, title: 'Broadsheet', backgroundColor: '#ffffff' })
})

test('a window of which Chromium has painted nothing is shown all the same', async () => {
  desktop = await openDesktop(['--never-painted'])
  await expect.poll(async () => (await desktop.facts()).windows[0]?.isShown).toBe(true)
})

test('a second start hands its link to the first and ends', async () => {
  desktop = await openDesktop()
  expect(await desktop.startAgain(['feed:https://example.com/rss', '--inspect', 'https://example.com/other'])).toBe(0)
  await expect(desktop.page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('https://example.com/rss')
  expect((await desktop.facts()).windows).toHaveLength(1)
})

test('a link given at the start is shown, not followed', async () => {
  desktop = await openDesktop(['feed://example.com/rss'])
  await expect(desktop.page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('http://example.com/rss')
})

test('the menu reaches the page', async () => {
  desktop = await openDesktop()
  await desktop.ask('clickMenu', 'add-feed')
  await expect(desktop.page.getByRole('dialog')).toBeVisible()
})

test('About says what the program runs on, and has the licences of what it is made of', async () => {
  desktop = await openDesktop()
  await desktop.ask('clickMenu', 'settings')
  await desktop.page.getByRole('tab', { name: 'About' }).click()
  const about = desktop.page.getByRole('tabpanel')
  await expect(about).toContainText(/Electron .*, Chromium .*, Node\.js \d+\.\d+\.\d+/)
  await expect(about).toContainText('LICENSES.chromium.html')
  await about.getByRole('button', { name: 'Show licences' }).click()
  await expect(about.getByRole('listitem').filter({ hasText: 'electron-updater' })).toBeVisible()
})

test('Undo of the menu is a text field’s where one has the focus, else that of the last thing done', async () => {
  desktop = await openDesktop()
  await desktop.ask('clickMenu', 'add-feed')
  const address = desktop.page.getByRole('dialog').getByRole('textbox').first()
  await address.pressSequentially('example.org')
  await desktop.ask('clickMenu', 'undo')
  await expect(address).not.toHaveValue('example.org')
  await desktop.page.keyboard.press('Escape')
  await expect(desktop.page.getByRole('dialog')).toBeHidden()
  // The caret is in the field of the first page.
  await desktop.page.getByRole('button').first().focus()
  await desktop.ask('clickMenu', 'undo')
  await expect(desktop.page.getByRole('status').filter({ hasText: 'There is nothing to undo.' })).toBeVisible()
})

test('closing remembers where the window was and leaves nothing running', async () => {
  desktop = await openDesktop()
  // The window may be there before the engine is.
  const note = join(desktop.dataDir, 'running.json')
  await expect.poll(() => existsSync(note)).toBe(true)
  expect(JSON.parse(readFileSync(note, 'utf8'))).toMatchObject({ host: 'electron', url: null })
  const status = desktop.quit
  await desktop.ask('closeWindow').catch(() => undefined)
  expect(await status()).toBe(0)
  expect(JSON.parse(readFileSync(join(desktop.dataDir, 'window.json'), 'utf8'))).toMatchObject({
    width: 1280,
    height: 860,
  })
  expect(existsSync(note)).toBe(false)
})

test('zoom is as it was left, from the first paint on', async () => {
  desktop = await openDesktop()
  const before = await desktop.page.evaluate('innerWidth')
  await desktop.ask('setZoom', 1)
  await expect.poll(() => desktop.page.evaluate('innerWidth')).toBeLessThan(Number(before))
  await desktop.quit()
  desktop = await openDesktop([], desktop.dataDir)
  expect(await desktop.ask('zoom')).toBe(1)
  await expect.poll(() => desktop.page.evaluate('innerWidth')).toBeLessThan(Number(before))
  // Ctrl and the wheel, and no further than can be read.
  await desktop.ask('turnWheel', 'out')
  expect(await desktop.ask('zoom')).toBe(0.5)
  for (let turn = 0; turn < 20; turn++) await desktop.ask('turnWheel', 'in')
  expect(await desktop.ask('zoom')).toBe(6)
})

for (const { theme, sheet, source, ink } of [
  { theme: 'Dark', sheet: '#191a1c', source: 'dark', ink: 'dark' },
  { theme: 'Sepia', sheet: '#f9f1e0', source: 'light', ink: 'sepia' },
]) {
  test(`the window is made in ${theme} at the next start, before the engine has said so`, async () => {
    desktop = await openDesktop()
    const { page } = desktop
    await page
      .getByRole('button', { name: 'Skip' })
      .or(page.getByRole('textbox', { name: 'Address' }))
      .first()
      .waitFor()
    await desktop.ask('clickMenu', 'settings')
    await page.getByRole('tab', { name: 'Appearance' }).click()
    await page.getByRole('radio', { name: theme }).check({ force: true })
    // The open window follows as well: what lies behind the page shows when it is made larger.
    const window = async () => (await desktop.facts()).windows[0]?.backgroundColor
    await expect.poll(window).toBe(sheet)
    await desktop.quit()
    expect(JSON.parse(readFileSync(join(desktop.dataDir, 'window.json'), 'utf8'))).toMatchObject({
      theme: theme.toLowerCase(),
    })

    // The engine waits for whoever has the folder: nothing but the window's own file can tell the theme.
    const claim = lockForRefresh(desktop.dataDir)
    try {
      desktop = await openDesktop([], desktop.dataDir)
      await expect(desktop.page.getByText('Opening…')).toBeVisible()
      expect((await desktop.facts()).themeSource).toBe(source)
      expect(await window()).toBe(sheet)
      // As it comes from the host, before any script.
      const html = await desktop.page.evaluate('fetch("/").then(answer => answer.text())')
      expect(html).toContain(`<html data-theme="${ink}" data-panes="260 400 shown"`)
      await expect(desktop.page.locator('html')).toHaveAttribute('data-theme', ink)
    } finally {
      claim?.release()
    }
    await expect(desktop.page.getByText('Opening…')).toBeHidden()
  })
}

test('a window that waits until a store of an earlier version is rewritten says so, and how far that is', async () => {
  desktop = await openDesktop()
  const address = () => desktop.page.getByRole('textbox', { name: 'Address' }).first()
  await address().waitFor()
  await desktop.quit()
  const db = openDatabase(join(desktop.dataDir, 'broadsheet.db'))
  writeMeta(db, 'upgradedTo', 0)
  // What is rewritten waits for another program that writes.
  db.exec('BEGIN IMMEDIATE')
  try {
    desktop = await openDesktop([], desktop.dataDir)
    await expect(desktop.page.getByText('Preparing your articles for this version: 0%')).toBeVisible()
  } finally {
    db.exec('ROLLBACK')
    db.close()
  }
  await address().waitFor()
})
