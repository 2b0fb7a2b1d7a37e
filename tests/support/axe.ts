/** What axe finds on a page, where it is grave. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

/**
 * Fails where something serious or critical is found in the light theme, or too little contrast in the dark one: that is all
 * that differs. `screen` is what the page shows, for the message.
 */
export async function checkPage(page: Page, screen: string): Promise<void> {
  await inTheme(page, 'light')
  expect(grave((await (await axeOf(page)).analyze()).violations), `${screen}, light`).toEqual([])
  await inTheme(page, 'dark')
  const contrast = (await axeOf(page)).withRules(['color-contrast', 'link-in-text-block'])
  expect(grave((await contrast.analyze()).violations), `${screen}, dark`).toEqual([])
}

/** As the system asks for it; the window follows where no theme was chosen. */
async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await expect(page.locator(`html[data-theme=${colorScheme}]`)).toHaveCount(1)
  // However short it is, a transition of colours ends a frame later.
  await page.evaluate(`Promise.all(
    document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished.catch(() => {}))
  ).then(() => {})`)
}

async function axeOf(page: Page): Promise<AxeBuilder> {
  // In a frame that may run nothing axe never comes to an end; its text is looked at by checkArticle.
  const axe = builder(page).exclude('iframe')
  // What lies under a dialog can't be reached, and is looked at where it is the screen.
  if ((await page.locator('dialog[open]').count()) > 0) axe.include('dialog[open]')
  return axe
}

/**
 * The text of the open article, as `checkPage`: the very document of its frame with its type and colours, on a page of its own
 * on the same origin, upon what lies under the frame. A part of a page has no title and no landmarks.
 */
export async function checkArticle(page: Page, article: string): Promise<void> {
  const frame = await (await page.locator('iframe[title="Article text"]').elementHandle())?.contentFrame()
  if (!frame) throw new Error('no article is open')
  const text = (await frame.locator('body').textContent()) ?? ''
  const html = `<!doctype html>${await frame.content()}`
  const background = await page.evaluate("getComputedStyle(document.getElementById('article-pane')).backgroundColor")
  const alone = await page.context().newPage()
  const address = new URL('/an-article-alone', page.url()).href
  await alone.route(address, route => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
  await alone.goto(address)
  await alone.evaluate(`document.documentElement.style.background = ${JSON.stringify(background)}`)
  await alone.evaluate('document.fonts.ready')
  // What axe is about to judge is what stands in the window.
  expect(text.trim(), article).not.toBe('')
  expect(await alone.locator('body').textContent(), article).toBe(text)
  const { violations } = await builder(alone).disableRules(['document-title']).analyze()
  await alone.close()
  expect(grave(violations), article).toEqual([])
}

/** Legacy mode looks at one document and adds nothing up across frames, for which a page is opened each time otherwise. */
function builder(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode()
}

function grave(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']): string[] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    )
}
