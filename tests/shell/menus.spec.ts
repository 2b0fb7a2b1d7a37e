/** The application's menu and the program's icon: entries that can be used, what they do, and the number of unread articles. */
import { expect, test } from 'playwright/test'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop } from './desktop.ts'

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

test('a start that asks for a feed to be added shows the dialog', async () => {
  desktop = await openDesktop(['--add-feed'])
  await expect(desktop.page.getByRole('dialog')).toBeVisible()
})
