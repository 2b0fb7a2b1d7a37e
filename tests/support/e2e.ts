/** What an end-to-end test starts with: feeds on loopback, a Broadsheet over an empty folder or a library, and a window on it. */
import { test as base } from 'playwright/test'
import { type Broadsheet, startBroadsheet } from './broadsheet.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import { FollowedLibraries } from './followed.ts'
import type { Shelf } from './library.ts'
import { ReaderWindow } from './window.ts'

type Fixtures = {
  /** Paths of the sample feeds that are followed before the window opens; it opens on the last one. */
  followed: string[]
  /** Instead of `followed`: paths of feeds that are imported before the window opens, by folder ('' for the top level). */
  shelf: Shelf
  feeds: FeedServer
  app: Broadsheet
  /** Already open; nothing is followed yet but what `followed` or `shelf` says. */
  reader: ReaderWindow
  /** Fails the test when the page throws or complains; the list of what it said. */
  complaints: string[]
}

export const test = base.extend<Fixtures, { libraries: FollowedLibraries }>({
  libraries: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const libraries = await FollowedLibraries.make()
      await use(libraries)
      libraries.close()
    },
    { scope: 'worker' },
  ],
  followed: [[], { option: true }],
  shelf: [{}, { option: true }],
  feeds: async ({ followed, shelf, libraries }, use) => {
    const isEmpty = followed.length === 0 && Object.keys(shelf).length === 0
    const feeds = await (isEmpty ? startFeedServer() : libraries.serve())
    await use(feeds)
    await feeds.close()
  },
  app: async ({ browser, followed, shelf, feeds, libraries }, use) => {
    let library: string | undefined
    if (followed.length > 0) library = await libraries.folder(browser, feeds, followed)
    else if (Object.keys(shelf).length > 0) library = await libraries.stocked(feeds, shelf)
    const app = await startBroadsheet(library)
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
  reader: async ({ page, app, complaints, feeds, followed }, use) => {
    await page.goto(app.url())
    const reader = new ReaderWindow(page)
    const last = followed.at(-1)
    if (last !== undefined) await reader.expectOpen(feeds.feeds.get(last)?.title ?? '')
    await use(reader)
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
