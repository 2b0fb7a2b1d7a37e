/** The application's menu and the program's icon: entries that can be used, what they do, and the number of unread articles. */
import { readFileSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop } from './desktop.ts'
import { restoreEnvironment } from './system/environment.ts'

restoreEnvironment()

let desktop: Desktop
let feeds: FeedServer | undefined
test.afterEach(async () => {
  await desktop?.remove()
  await feeds?.close()
})

test('entries are grey until they can be used, do what their key does, and are ticked as the window is', async () => {
  feeds = await startFeedServer()
  desktop = await openDesktop()
  test.skip(desktop.kind === 'electron', 'entries are asked of the stand-in')
  const { page } = desktop
  const entry = (label: string) => desktop.ask('menuItem', label)
  const click = (label: string) => desktop.ask('clickLabel', label)
  const reader = new ReaderWindow(page)
  await expect(page.getByRole('textbox', { name: 'Address' }).first()).toBeVisible()
  expect(await entry('Trending')).toMatchObject({ enabled: false })
  expect(await entry('Add Feed…')).toMatchObject({ enabled: true })

  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await expect.poll(() => entry('Trending')).toMatchObject({ enabled: true })
  expect(await entry('Print Article…')).toMatchObject({ enabled: false })
  const unread = async () => (await desktop.facts()).badgeCount
  await expect.poll(unread).toBeGreaterThan(0)
  const before = await unread()

  expect(await entry('Recently Opened')).toMatchObject({ enabled: false })
  await click('Next Unread')
  const title = reader.article.getByRole('heading', { level: 2 })
  await expect(title).toBeVisible()
  const opened = (await title.textContent()) ?? ''
  await expect.poll(() => entry('Print Article…')).toMatchObject({ enabled: true })
  await expect.poll(unread).toBe(before - 1)

  await click('Next Unread')
  await expect(title).not.toHaveText(opened)
  await expect.poll(() => entry(opened)).toMatchObject({ enabled: true })
  await click(opened)
  await expect(title).toHaveText(opened)

  expect(await entry('Unread Only')).toEqual({ enabled: true, checked: false, accelerator: 'U' })
  await click('Unread Only')
  await expect.poll(() => entry('Unread Only')).toMatchObject({ checked: true })
  // As its key: the same command from the keyboard takes the tick away.
  await page.keyboard.press('u')
  await expect.poll(() => entry('Unread Only')).toMatchObject({ checked: false })

  // In a narrow window the command leads to the sources, and hides nothing: the system's own tick is put right.
  await page.setViewportSize({ width: 500, height: 700 })
  await click('Sources')
  expect(await entry('Sources')).toMatchObject({ checked: true })
  await page.setViewportSize({ width: 1200, height: 800 })

  await click('Saved')
  await expect(page).toHaveTitle(/Saved/)
  expect(await desktop.startAgain(['--unread', '--print', '--add-feed=1'])).toBe(0)
  await expect(page).toHaveTitle(/Unread/)
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await desktop.startAgain(['--add-feed'])).toBe(0)
  await expect(page.getByRole('dialog')).toBeVisible()
})

test('the icon has its number from the start, before anything is read or fetched', async () => {
  feeds = await startFeedServer()
  desktop = await openDesktop()
  await new ReaderWindow(desktop.page).follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  const unread = async () => (await desktop.facts()).badgeCount
  test.skip(desktop.kind === 'electron', 'what the icon shows is asked of the stand-in')
  await expect.poll(unread).toBe(3)
  await desktop.quit()
  await feeds.close()
  desktop = await openDesktop([], desktop.dataDir)
  await expect.poll(unread).toBe(3)
})

test('the taskbar of Windows shows the number up to nine, then 9+, in words too, and again on a window that comes back', async () => {
  process.env.STAND_IN_PLATFORM = 'win32'
  feeds = await startFeedServer()
  desktop = await openDesktop()
  test.skip(desktop.kind === 'electron', 'the taskbar is the stand-in’s')
  const overlay = async () => (await desktop.facts()).windows[0]?.overlay
  const reader = new ReaderWindow(desktop.page)
  await expect(reader.page.getByRole('textbox', { name: 'Address' }).first()).toBeVisible()
  expect(await overlay()).toBeNull()

  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await expect.poll(overlay).toEqual({ address: drawn('3'), description: '3 unread articles' })
  await desktop.ask('clickLabel', 'Next Unread')
  await expect.poll(overlay).toEqual({ address: drawn('2'), description: '2 unread articles' })
  await desktop.ask('clickLabel', 'Next Unread')
  await expect.poll(overlay).toEqual({ address: drawn('1'), description: '1 unread article' })

  await desktop.ask('closeWindow')
  await expect.poll(async () => (await desktop.facts()).boxes).toHaveLength(1)
  await desktop.ask('press', 'Keep Running')
  await expect.poll(async () => (await desktop.facts()).windows[0]?.isShown).toBe(false)
  expect(await overlay()).toBeNull()
  expect(await desktop.startAgain([])).toBe(0)
  await expect.poll(overlay).toEqual({ address: drawn('1'), description: '1 unread article' })

  for (let index = 1; index <= 9; index++) {
    const id = `tide-${index}`
    feeds.addArticle('/atom.xml', { id, title: `Tide ${index}`, url: `/${id}`, html: '', publishedAt: Date.now() })
  }
  await reader.follow(`${feeds.url}/atom.xml`, 'Orchard Notes')
  await expect.poll(overlay).toEqual({ address: drawn('more'), description: '13 unread articles' })
})

/** As the build takes it into the program. */
function drawn(name: string): string {
  const file = join(import.meta.dirname, '..', '..', 'resources', 'badge', '16', `${name}.png`)
  return `data:image/png;base64,${readFileSync(file).toString('base64')}`
}

test('Help shows what is new, and the facts of a report with what the program runs on', async () => {
  desktop = await openDesktop()
  test.skip(desktop.kind === 'electron', 'entries are asked of the stand-in')
  const { page } = desktop
  await expect(page.getByRole('textbox', { name: 'Address' }).first()).toBeVisible()
  await desktop.ask('clickLabel', 'What’s New')
  await expect(page.getByRole('dialog', { name: 'What’s New' }).getByRole('listitem').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await desktop.ask('clickLabel', 'Report a Fault…')
  const facts = page.getByRole('dialog', { name: 'Report a Fault' })
  await expect(facts.getByText(`Node.js ${process.versions.node}`)).toBeVisible()
  await expect(facts.getByText(`${os.type()} ${os.release()}, ${process.arch}`)).toBeVisible()
  await expect(facts.getByText(/^0 articles, 0 saved, /)).toBeVisible()
})

test('a start that asks for a feed to be added shows the dialog', async () => {
  desktop = await openDesktop(['--add-feed'])
  await expect(desktop.page.getByRole('dialog')).toBeVisible()
})
