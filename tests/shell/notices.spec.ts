/** Notices of new articles by the system: shown by the main process, clicked as a person does, closed once read. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { serveGrowingFeed } from '../support/growing-feed.ts'
import { plainPng } from '../support/pictures.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop } from './desktop.ts'
import { restoreEnvironment } from './system/environment.ts'
import { holdNotices, panelEnvironment, showPlainNotices, wasAsked } from './system/panel.ts'

restoreEnvironment()

let opened: Desktop | undefined
let feeds: FeedServer
/** A desktop of the test's own: this computer's server of notices may read no markup. */
let panel: string
test.beforeEach(async () => {
  feeds = await startFeedServer()
  panel = mkdtempSync(join(tmpdir(), 'broadsheet-panel-'))
  Object.assign(process.env, panelEnvironment(panel))
})
test.afterEach(async () => {
  await opened?.remove()
  await feeds.close()
  rmSync(panel, { recursive: true, force: true })
})

test('a new article is told once; a click opens it, and what went is closed', async () => {
  const { desktop, reader, add } = await openTelling()

  add('Harbour opens', 'Ships &amp; <i>ferries</i>.')
  add('Bridge closes', 'For a year.')
  await refreshTwice(reader)
  const notices = async () => (await desktop.facts()).notices.map(({ title, body }) => [title, body])
  const bridge = ['Bridge closes', 'Gazette &amp; Co\nFor a year.']
  await expect.poll(notices).toEqual([['Harbour opens', 'Gazette &amp; Co\nShips &amp; ferries.'], bridge])

  await desktop.ask('clickNotice', 'Harbour opens')
  await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText('Harbour opens')
  expect(await notices()).toEqual([bridge])
  await reader.choose('Gazette & Co', 'Unsubscribe')
  await expect.poll(notices).toEqual([])
})

for (const isPlain of [false, true]) {
  const as = isPlain ? 'as it is' : 'escaped'
  test(`a server that reads ${isPlain ? 'no markup' : 'markup'} is given text ${as}`, async () => {
    if (isPlain) showPlainNotices(panel)
    const { desktop, reader, add } = await openTelling()
    add('Harbour opens', 'Ships &amp; <i>ferries</i>.')
    await refreshTwice(reader)
    const body = isPlain ? 'Gazette & Co\nShips & ferries.' : 'Gazette &amp; Co\nShips &amp; ferries.'
    await expect.poll(async () => (await desktop.facts()).notices.map(notice => notice.body)).toEqual([body])
  })
}

test('what is gone before the system has said how it shows notices is not told', async () => {
  const { desktop, reader, add } = await openTelling()

  const titles = async () => (await desktop.facts()).notices.map(({ title }) => title)
  add('Boats sail', 'At dawn.')
  await refreshTwice(reader)
  await expect.poll(titles).toEqual(['Boats sail'])

  holdNotices(panel, true)
  add('Harbour opens', 'Ships.')
  add('Bridge closes', 'For a year.')
  await refreshTwice(reader)
  await expect.poll(() => wasAsked(panel)).toBe(true)
  await reader.choose('Gazette & Co', 'Unsubscribe')
  // What is shown goes: the main process knows.
  await expect.poll(titles).toEqual([])
  holdNotices(panel, false)
  await desktop.page.keyboard.press('z')
  await expect(reader.source('Gazette & Co')).toBeVisible()
  await reader.source('Gazette & Co').click()
  add('Tide turns', 'At noon.')
  await refreshTwice(reader)
  await expect.poll(titles).toEqual(['Tide turns'])
})

test('it has the icon of its feed, and its buttons save and mark read, undone in the window', async () => {
  feeds.answer('/favicon.ico', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(48, 48, [20, 90, 160]))
  })
  const { desktop, reader, add } = await openTelling()

  await expect(desktop.page.locator('img[src^="/icon/"]').first()).toBeVisible()
  add('Harbour opens', 'Ships.')
  add('Bridge closes', 'For a year.')
  await refreshTwice(reader)
  const notices = async () => (await desktop.facts()).notices.map(({ title, iconSide }) => [title, iconSide])
  const bridge = ['Bridge closes', 48]
  await expect.poll(notices).toEqual([['Harbour opens', 48], bridge])
  expect((await desktop.facts()).notices[0]?.buttons).toEqual(['Save', 'Mark as Read'])

  await desktop.ask('pressNotice', { title: 'Harbour opens', button: 'Save' })
  await expect(reader.toast('Saved: Harbour opens')).toBeVisible()
  expect(await notices()).toEqual([bridge])
  await desktop.ask('pressNotice', { title: 'Bridge closes', button: 'Mark as Read' })
  await expect(reader.toast('Marked read: Bridge closes')).toBeVisible()
  expect(await notices()).toEqual([])
  await desktop.page.keyboard.press('z')
  await expect(reader.toast('Unread again: Bridge closes')).toBeVisible()
  await desktop.page.keyboard.press('z')
  await expect(reader.toast('No longer saved: Harbour opens')).toBeVisible()
})

test('what the system refuses to show is said in the settings, until it shows one', async () => {
  const { desktop, reader, add } = await openTelling()
  const { page } = desktop
  const panel = page.getByRole('tabpanel', { name: 'Desktop' })
  async function openPanel(): Promise<void> {
    await page.keyboard.press(',')
    await page.getByRole('tab', { name: 'Desktop' }).click()
  }
  await openPanel()
  await expect(panel).toContainText('Your system shows them')
  await page.keyboard.press('Escape')

  await desktop.ask('refuseNotices', 'Notifications are not allowed for this application')
  add('Harbour opens', 'Ships.')
  await refreshTwice(reader)
  await expect.poll(() => desktop.ask('refusedNotices')).toEqual(['Harbour opens'])
  await openPanel()
  await expect(panel).toContainText('Your system did not show the last notice.')
  await expect(panel).toContainText('Notifications are not allowed for this application')
  await checkPage(page, 'a notice that was refused')
  await page.keyboard.press('Escape')

  await desktop.ask('refuseNotices', null)
  add('Bridge closes', 'For a year.')
  await refreshTwice(reader)
  await expect.poll(async () => (await desktop.facts()).notices.map(({ title }) => title)).toEqual(['Bridge closes'])
  await openPanel()
  await expect(panel).toContainText('Your system shows them')
  await expect(panel).not.toContainText('did not show')
})

/** The program with one feed of whose articles it is to tell; `add` publishes one. */
async function openTelling(): Promise<{
  desktop: Desktop
  reader: ReaderWindow
  add: (title: string, text: string) => void
}> {
  const add = serveGrowingFeed(feeds, 'Gazette & Co')
  const desktop = await openDesktop()
  opened = desktop
  test.skip(desktop.kind === 'electron', 'what the system shows can be asked of the stand-in alone')
  const reader = new ReaderWindow(desktop.page)
  await reader.follow(`${feeds.url}/growing.xml`, 'Gazette & Co')
  await reader.choose('Gazette & Co', 'Notify me of new articles')
  await expect(reader.toast('Notify of new articles: Yes, for Gazette & Co.')).toBeVisible()
  return { desktop, reader, add }
}

/** The feed was fetched a moment ago: the second press insists. */
async function refreshTwice(reader: ReaderWindow): Promise<void> {
  await reader.page.keyboard.press('Shift+R')
  await expect(reader.toast(/press again/)).toBeVisible()
  await reader.page.keyboard.press('Shift+R')
}
