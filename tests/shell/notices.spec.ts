/** Notices of new articles by the system: shown by the main process, clicked as a person does, closed once read. */
import { expect, test } from 'playwright/test'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { serveGrowingFeed } from '../support/growing-feed.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop | undefined
let feeds: FeedServer | undefined
test.afterEach(async () => {
  await desktop?.remove()
  await feeds?.close()
})

test('a new article is told once; a click opens it, and what went is closed', async () => {
  feeds = await startFeedServer()
  const add = serveGrowingFeed(feeds, 'Gazette & Co')
  desktop = await openDesktop()
  test.skip(desktop.kind === 'electron', 'what the system shows can be asked of the stand-in alone')
  const { page } = desktop
  const reader = new ReaderWindow(page)
  await reader.follow(`${feeds.url}/growing.xml`, 'Gazette & Co')
  await reader.choose('Gazette & Co', 'Notify me of new articles')
  await expect(reader.toast('Notify of new articles: Yes, for Gazette & Co.')).toBeVisible()

  add('Harbour opens', 'Ships &amp; <i>ferries</i>.')
  add('Bridge closes', 'For a year.')
  await refreshTwice(reader)
  const notices = async () => (await desktop!.facts()).notices.map(({ title, body }) => [title, body])
  const bridge = ['Bridge closes', 'Gazette &amp; Co\nFor a year.']
  await expect.poll(notices).toEqual([['Harbour opens', 'Gazette &amp; Co\nShips &amp; ferries.'], bridge])

  await desktop.ask('clickNotice', 'Harbour opens')
  await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText('Harbour opens')
  expect(await notices()).toEqual([bridge])
  await reader.choose('Gazette & Co', 'Unsubscribe')
  await expect.poll(notices).toEqual([])
})

/** The feed was fetched a moment ago: the second press insists. */
async function refreshTwice(reader: ReaderWindow): Promise<void> {
  await reader.page.keyboard.press('Shift+R')
  await expect(reader.toast(/press again/)).toBeVisible()
  await reader.page.keyboard.press('Shift+R')
}
