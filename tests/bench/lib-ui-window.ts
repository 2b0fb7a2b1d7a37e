/** Drives a window in Chromium. Times are taken in the page (lib-ui-page.js), in ms. */
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'

/** `sent`: how many calls the page has sent so far. */
type OpenWindow = { page: Page; firstHeadlines: number; sent(): number }

/** Between two articles: nobody reads faster, and what is left to do after the paint is done by then. */
const betweenPresses = 200
/** In px: about what a wheel that is turned fast moves in a frame. */
const scrollStep = 90

/** A fresh profile: nothing is cached. */
export async function openWindow(browser: Browser, url: string): Promise<OpenWindow> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } })
  const page = await context.newPage()
  let sent = 0
  page.on('websocket', socket => socket.on('framesent', () => sent++))
  await page.addInitScript({ path: join(import.meta.dirname, 'lib-ui-page.js') })
  await page.goto(url)
  return { page, firstHeadlines: await page.evaluate('bench.firstHeadlines'), sent: () => sent }
}

export async function closeWindow(page: Page): Promise<void> {
  await page.context().close()
}

/** Opens the first article, which brings the frame that the later ones are shown in. */
export async function openFirst(page: Page): Promise<void> {
  await page.keyboard.press('j')
  await page.frameLocator('iframe').locator('body > *').first().waitFor({ state: 'attached' })
  await wait(betweenPresses)
}

/** From each press of `j` to the frame with the next article's text. */
export async function pressNext(page: Page, presses: number): Promise<number[]> {
  const times: number[] = []
  for (let press = 0; press < presses; press++) {
    await page.evaluate('bench.awaitNextArticle()')
    await page.keyboard.press('j')
    times.push(await page.evaluate('bench.nextArticle'))
    await wait(betweenPresses)
  }
  return times
}

/** Scrolls the list so many frames far, and answers how long each frame took. */
export function scrollList(page: Page, frames: number): Promise<number[]> {
  return page.evaluate(`bench.scrollList(${frames}, ${scrollStep})`)
}
