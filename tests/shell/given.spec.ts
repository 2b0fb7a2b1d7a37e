import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'
import { restoreEnvironment } from './system/environment.ts'

restoreEnvironment()

let desktop: Desktop
let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-given-'))
})
test.afterEach(async () => {
  await desktop?.remove()
  rmSync(folder, { recursive: true })
})

function write(name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const list = (title: string) =>
  `<opml version="2.0"><body><outline type="rss" text="${title}" xmlUrl="https://${title}.example/rss"/></body></opml>`

test('a list opens its preview, by an argument, by another start and by the system; one after another', async () => {
  desktop = await openDesktop([write('first.opml', list('first'))])
  const { page } = desktop
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await expect(dialog.getByRole('checkbox', { name: /^first / })).toBeChecked()

  // What is open stays; what comes meanwhile waits, whatever it is.
  await desktop.ask('openFile', write('second.opml', list('second')))
  await expect(page.getByRole('status').filter({ hasText: 'second.opml is shown once' })).toBeVisible()
  expect(await desktop.startAgain(['feeds://example.com/rss', '--inspect'])).toBe(0)
  await expect(page.getByRole('status').filter({ hasText: '2 things are shown once' })).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: /^first / })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('checkbox', { name: /^second / })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('https://example.com/rss')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a shortcut is an address, a database is looked for among the backups, and what is of no use is said', async () => {
  desktop = await openDesktop([write('Gazette.url', '[InternetShortcut]\r\nURL=https://gazette.example/\r\n')])
  const { page } = desktop
  const alert = (text: string) => page.getByRole('alert').filter({ hasText: text })
  await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('https://gazette.example/')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()

  await desktop.ask('openFile', join(folder, 'gone.opml'))
  await expect(alert('“gone.opml” is not there any more.')).toBeVisible()
  await desktop.ask('openFile', write('photo.jpg', '\u00ff\u00d8\0\0JFIF'))
  await expect(alert('Broadsheet has no use for “photo.jpg”.')).toBeVisible()

  await desktop.ask('openFile', write('broadsheet-elsewhere.db', 'SQLite format 3\0'))
  await expect(page.getByRole('dialog').getByRole('tab', { name: 'Backups', selected: true })).toBeVisible()
  await expect(alert('“broadsheet-elsewhere.db” is not one of the backups listed here.')).toBeVisible()
})

/** In the place of the system's: refuses while there is a file of that name. */
const xdgMime = `#!/bin/sh
case "$1" in
  query) cat "$XDG_DATA_HOME/default" ;;
  default) [ -e "$XDG_DATA_HOME/refuses" ] || { printf %s "$2" > "$XDG_DATA_HOME/default"; } ;;
esac
`

test('the settings say what the system does with feed: links, and ask it to open them with Broadsheet', async () => {
  test.skip(process.platform !== 'linux', 'elsewhere Electron asks the system')
  Object.assign(process.env, { XDG_DATA_HOME: folder, XDG_DATA_DIRS: folder, PATH: `${folder}:${process.env.PATH}` })
  process.env.CHROME_DESKTOP = 'io.github.broadsheet_reader.Broadsheet.desktop'
  writeFileSync(join(folder, 'xdg-mime'), xdgMime, { mode: 0o755 })
  desktop = await openDesktop()
  const { page } = desktop
  const open = async () => {
    await desktop.ask('clickMenu', 'settings')
    await page.getByRole('tab', { name: 'Desktop' }).click()
  }
  await page.getByRole('textbox', { name: 'Address' }).first().waitFor()
  await open()
  await expect(page.getByText('this Broadsheet is not among them')).toBeVisible()
  await page.keyboard.press('Escape')
  test.skip(desktop.kind === 'electron', 'it names its entry by package.json')

  mkdirSync(join(folder, 'applications'))
  write(join('applications', 'io.github.broadsheet_reader.Broadsheet.desktop'), '[Desktop Entry]\n')
  const refusal = write('refuses', '')
  await open()
  await page.getByRole('button', { name: 'Open them with Broadsheet' }).click()
  await expect(page.getByText('The system has not changed it.')).toBeVisible()
  rmSync(refusal)
  await page.getByRole('button', { name: 'Open them with Broadsheet' }).click()
  await expect(page.getByText('feed: links open with Broadsheet.')).toBeVisible()
  await expect(page.getByText('The system has not changed it.')).toBeHidden()
})
