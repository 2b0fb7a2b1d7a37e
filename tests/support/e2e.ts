/** What an end-to-end test starts with: feeds on loopback, a Broadsheet over an empty folder, and a window on it. */
import { test as base } from 'playwright/test'
import { type Broadsheet, startBroadsheet } from './broadsheet.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import { ReaderWindow } from './window.ts'

type Fixtures = {
  feeds: FeedServer
  app: Broadsheet
  /** Already open; nothing is followed yet. */
  reader: ReaderWindow
  /** Fails the test when the page throws or complains; the list of what it said. */
  complaints: string[]
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  feeds: async ({}, use) => {
    const feeds = await startFeedServer()
    await use(feeds)
    await feeds.close()
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
  app: async ({}, use) => {
    const app = await startBroadsheet()
    await use(app)
    await app.stop()
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(`error: ${error.message}`))
    page.on('console', message => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
    })
    await use(complaints)
  },
  reader: async ({ page, app, complaints }, use) => {
    await page.goto(app.url())
    await use(new ReaderWindow(page))
    // A server that is stopped by the test, a picture it does not have, and Playwright's own looking into the article's
    // frame, which may run nothing, are the test's doing.
    const ours = /Failed to load resource|WebSocket|Blocked script execution in 'about:srcdoc'/
    const unexpected = complaints.filter(line => !ours.test(line))
    if (unexpected.length > 0) throw new Error(`the page complained:\n${unexpected.join('\n')}`)
  },
})

export { expect } from 'playwright/test'

/** Opens the window again, as after closing it or after a restart. */
export async function reopen(reader: ReaderWindow, app: Broadsheet): Promise<void> {
  await reader.page.goto('about:blank')
  await reader.page.goto(app.url())
}
