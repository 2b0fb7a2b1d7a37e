/** The icon in the tray and what closing the window does: nobody is left with a program that can't be reached. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { databaseFile } from '../../src-main/safety/data-files.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop, startAgain } from './desktop.ts'
import { restoreEnvironment } from './system/environment.ts'
import { fillPanel, panelEnvironment, setPanel } from './system/panel.ts'

restoreEnvironment()

let desktop: Desktop
let feeds: FeedServer | undefined
let panel: string

test.beforeEach(() => {
  panel = mkdtempSync(join(tmpdir(), 'broadsheet-panel-'))
  Object.assign(process.env, panelEnvironment(panel))
})
test.afterEach(async () => {
  await desktop?.remove()
  await feeds?.close()
  feeds = undefined
  rmSync(panel, { recursive: true, force: true })
})

type Icon = { tooltip: string; image: string; labels: string[] }
const icon = () => desktop.ask('tray') as Promise<Icon | null>
const clickInTray = (label: string) => desktop.ask('clickInTray', label)
const picture = (name: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'resources', 'tray', `${name}.png`)).toString('base64')
const window = async () => (await desktop.facts()).windows.map(({ isShown }) => isShown)
const question = async () => (await desktop.facts()).boxes.map(({ message }) => message)
const isElectron = () => desktop.kind === 'electron'

/** A data folder whose settings say so. */
function keepsRunning(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-data-'))
  const db = openDatabase(databaseFile(dataDir))
  changeSettings(db, { whenClosed: 'keep-running' })
  db.close()
  return dataDir
}

/** The main process hears of a setting some time after the window. */
async function closeToQuit(): Promise<void> {
  let hasEnded = false
  void desktop.ended.then(() => {
    hasEnded = true
  })
  const close = () => desktop.ask('closeWindow').catch(() => undefined)
  await expect.poll(() => close().then(() => hasEnded)).toBe(true)
  expect(await desktop.ended).toBe(0)
}

/** The settings have come by the time there is an icon. */
async function openWithTray(args: string[] = [], dataDir?: string): Promise<void> {
  setPanel(panel, true)
  desktop = await openDesktop(args, dataDir)
  test.skip(isElectron(), 'the tray is the stand-in’s')
  await expect.poll(icon).not.toBeNull()
}

test('closing asks once; what was chosen holds, and the icon brings back the window, an article, a dialog', async () => {
  feeds = await startFeedServer()
  await openWithTray()
  const reader = new ReaderWindow(desktop.page)
  expect(await icon()).toMatchObject({ tooltip: 'Broadsheet: Nothing unread' })
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await expect.poll(async () => (await icon())?.labels).toContainEqual(expect.stringContaining('(Harbour Gazette)'))
  const { image, labels, tooltip } = (await icon())!
  expect(image).toContain(picture('unread'))
  expect(tooltip).toMatch(/: \d+ unread$/)

  await desktop.ask('closeWindow')
  await expect.poll(question).toEqual(['Keep Broadsheet running without its window?'])
  // Pressed again meanwhile: no second question.
  await desktop.ask('closeWindow')
  await desktop.ask('press', 'Cancel')
  expect(await window()).toEqual([true])
  await desktop.ask('closeWindow')
  await expect.poll(question).toHaveLength(1)
  await desktop.ask('press', 'Keep Running')
  await expect.poll(window).toEqual([false])

  await desktop.ask('clickTray')
  expect(await window()).toEqual([true])
  await desktop.ask('closeWindow')
  await expect.poll(window).toEqual([false])
  expect(await question()).toEqual([])

  const article = labels.find(label => label.endsWith('(Harbour Gazette)'))!
  await clickInTray(article)
  expect(await window()).toEqual([true])
  const title = reader.article.getByRole('heading', { level: 2 })
  await expect(title).toHaveText(article.replace(' (Harbour Gazette)', '').replace(/&&/g, '&'))
  await expect.poll(async () => (await icon())?.labels).not.toContain(article)

  await desktop.ask('copy', 'look at “https://orchard.example/feed”')
  await clickInTray('Add Feed from Clipboard…')
  const dialog = desktop.page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue(/orchard\.example\/feed/)
  await desktop.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await clickInTray('Pause Polling for an Hour')
  await expect(desktop.page.getByRole('region', { name: 'Notice' })).toContainText('Feeds are not asked until')
  await expect.poll(async () => (await icon())?.labels).toContain('Resume Polling')
  await clickInTray('Resume Polling')
  await expect.poll(async () => (await icon())?.labels).toContain('Pause Polling until Tomorrow')

  await clickInTray('Quit Broadsheet')
  expect(await desktop.ended).toBe(0)
})

test('a second start brings the window back; to quit is to quit', async () => {
  await openWithTray([], keepsRunning())
  const closing = desktop.page.getByRole('group', { name: 'When the window is closed' })
  await desktop.ask('closeWindow')
  await expect.poll(window).toEqual([false])
  // As at login, while it runs already.
  expect(await desktop.startAgain(['--hidden'])).toBe(0)
  expect(await desktop.startAgain([])).toBe(0)
  await expect.poll(window).toEqual([true])

  await desktop.ask('closeWindow')
  await expect.poll(window).toEqual([false])
  await clickInTray('Settings…')
  await desktop.page.getByRole('tab', { name: 'Desktop' }).click()
  await expect(closing).toContainText('brings the window back')
  await closing.getByText('Quit', { exact: true }).click()
  await expect(closing).not.toContainText('brings the window back')
  await closeToQuit()
})

for (const [name, hasPanel] of [
  ['without a panel', false],
  ['with a panel that takes no icon', true],
] as const) {
  test(`on a desktop ${name} closing quits, and the settings say why`, async () => {
    setPanel(panel, hasPanel)
    if (hasPanel) fillPanel(panel)
    desktop = await openDesktop()
    test.skip(isElectron(), 'the tray is the stand-in’s')
    await desktop.ask('clickMenu', 'settings')
    await desktop.page.getByRole('tab', { name: 'Desktop' }).click()
    const tabPanel = desktop.page.getByRole('tabpanel')
    await expect(tabPanel).toContainText('This desktop shows no icons of programs')
    await expect(tabPanel.getByRole('group', { name: 'When the window is closed' })).toBeHidden()
    await desktop.ask('closeWindow')
    expect(await desktop.ended).toBe(0)
  })
}

test('where the panel has gone meanwhile closing quits, and one that is new gets the icon again', async () => {
  await openWithTray([], keepsRunning())
  setPanel(panel, false)
  setPanel(panel, true)
  await desktop.ask('closeWindow')
  await expect.poll(window).toEqual([false])
  await desktop.ask('clickTray')
  expect(await window()).toEqual([true])

  // The icon is put away, and comes back.
  await desktop.ask('clickMenu', 'settings')
  await desktop.page.getByRole('tab', { name: 'Desktop' }).click()
  const shows = desktop.page.getByRole('switch', { name: 'Icon in the tray' })
  await shows.uncheck()
  await expect.poll(icon).toBeNull()
  await shows.check()
  await expect.poll(icon).not.toBeNull()

  setPanel(panel, false)
  await desktop.ask('closeWindow')
  expect(await desktop.ended).toBe(0)
})

test('a start at login has no window until the icon is clicked', async () => {
  setPanel(panel, true)
  desktop = await openDesktop(['--hidden'], undefined, async ask => {
    await expect.poll(() => ask('tray')).not.toBeNull()
    expect(await ask('facts')).toMatchObject({ windows: [] })
    await ask('clickTray')
  })
  await expect(desktop.page.getByRole('textbox', { name: 'Address' }).first()).toBeVisible()
  await expect.poll(window).toEqual([true])
})

test('without a panel a start at login is brought up by a second start', async () => {
  desktop = await openDesktop(['--hidden'], undefined, (_ask, dataDir) => startAgain(dataDir, []))
  await expect(desktop.page.getByRole('textbox', { name: 'Address' }).first()).toBeVisible()
})
