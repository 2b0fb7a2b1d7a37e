/** Notices of new articles in a browser: asked for by a click, shown by one tab, closed once read. */
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { expect, test } from '../support/e2e.ts'
import { serveGrowingFeed } from '../support/growing-feed.ts'
import { ReaderWindow } from '../support/window.ts'

/** The browser's own notices, and what a test can see of them: no headless browser shows any. */
function watchNotices(permission: string): void {
  const shown: { title: string; body: string; click(): void }[] = []
  let said = permission
  class Watched extends EventTarget {
    static requestPermission = async () => {
      said = said === 'default' ? 'granted' : said
      return said
    }
    static get permission() {
      return said
    }
    onclick: (() => void) | null = null
    onclose: (() => void) | null = null
    readonly entry: (typeof shown)[number]
    constructor(title: string, { body }: { body: string }) {
      super()
      this.entry = { title, body, click: () => this.onclick?.() }
      shown.push(this.entry)
    }
    close() {
      shown.splice(shown.indexOf(this.entry), 1)
      this.onclose?.()
    }
  }
  Object.assign(globalThis, { Notification: Watched, shownNotices: shown })
}

type Watching = { shownNotices: { title: string; body: string; click(): void }[] }
const titles = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Watching).shownNotices.map(({ title }) => title))

test('the click that wants notices asks; of two tabs one shows it, opens the article, and closes what is read', async ({
  page,
  app,
  feeds,
  context,
}) => {
  const add = serveGrowingFeed(feeds, 'Gazette')
  const other = await context.newPage()
  await page.addInitScript(watchNotices, 'default')
  await other.addInitScript(watchNotices, 'granted')
  const reader = await windowOn(page, app)
  await reader.follow(`${feeds.url}/growing.xml`, 'Gazette')
  await windowOn(other, app)
  await reader.choose('Gazette', 'Notify me of new articles')
  await expect(reader.toast('Notify of new articles: Yes, for Gazette.')).toBeVisible()

  add('Harbour opens', 'Ships.')
  await page.keyboard.press('Shift+R')
  await expect(reader.toast(/press again/)).toBeVisible()
  await page.keyboard.press('Shift+R')
  const inBoth = async () => [...(await titles(page)), ...(await titles(other))]
  await expect.poll(inBoth).toEqual(['Harbour opens'])
  const holder = (await titles(page)).length > 0 ? page : other
  await holder.evaluate(() => (globalThis as unknown as Watching).shownNotices[0]?.click())
  await expect(new ReaderWindow(holder).article.getByRole('heading', { level: 2 })).toHaveText('Harbour opens')
  expect(await inBoth()).toEqual([])
})

test('a browser that refuses says so, and Settings have quiet hours', async ({ page, app, feeds }) => {
  await page.addInitScript(watchNotices, 'denied')
  serveGrowingFeed(feeds, 'Gazette')
  const reader = await windowOn(page, app)
  await reader.follow(`${feeds.url}/growing.xml`, 'Gazette')
  await reader.choose('Gazette', 'Notify me of new articles')
  await expect(page.getByText('Your browser shows no notices of Broadsheet.')).toBeVisible()

  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  const panel = page.getByRole('tabpanel')
  await expect(panel).toContainText('Your browser shows no notices of Broadsheet.')
  await panel.getByRole('switch', { name: 'Quiet hours' }).check()
  await panel.getByRole('textbox', { name: 'From' }).fill('21:30')
  await panel.getByRole('textbox', { name: 'From' }).press('Tab')
  await checkPage(page, 'the settings of the desktop')
  await page.reload()
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await expect(panel.getByRole('textbox', { name: 'From' })).toHaveValue('21:30')
})

async function windowOn(page: Page, app: Broadsheet): Promise<ReaderWindow> {
  await page.goto(app.url())
  return new ReaderWindow(page)
}
