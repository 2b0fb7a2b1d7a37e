/** Accessibility checks by axe. Only serious and critical violations count. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

/**
 * Fails on a violation in the light theme, and on one of contrast in the dark theme: the themes differ in nothing else.
 * `screen` is what the page shows, for the message.
 */
export async function checkPage(page: Page, screen: string): Promise<void> {
  await inTheme(page, 'light')
  expect(grave((await (await axeOf(page)).analyze()).violations), `${screen}, light`).toEqual([])
  await inTheme(page, 'dark')
  const contrast = (await axeOf(page)).withRules(['color-contrast', 'link-in-text-block'])
  expect(grave((await contrast.analyze()).violations), `${screen}, dark`).toEqual([])
}

/** Sets the system's colour scheme, which the window follows where no theme was chosen. */
async function inTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await expect(page.locator(`html[data-theme=${colorScheme}]`)).toHaveCount(1)
  // Even a transition of no length ends a frame later.
  await page.evaluate(`Promise.all(
    document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished.catch(() => {}))
  ).then(() => {})`)
}

async function axeOf(page: Page): Promise<AxeBuilder> {
  // axe never finishes in a frame without scripts; checkArticle looks at the text in it.
  const axe = builder(page).exclude('iframe')
  // The page under a modal dialog can't be reached; it is checked while no dialog is open.
  if ((await page.locator('dialog[open]').count()) > 0) axe.include('dialog[open]')
  return axe
}

/**
 * Checks the text of the open article: the document of its frame, opened as a page of its own on the same origin, over the
 * background of the article's pane. Rules on titles do not apply, since it is a part of a page.
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
  // The page that axe checks has the text that stands in the window.
  expect(text.trim(), article).not.toBe('')
  expect(await alone.locator('body').textContent(), article).toBe(text)
  const { violations } = await builder(alone).disableRules(['document-title']).analyze()
  await alone.close()
  expect(grave(violations), article).toEqual([])
}

/** Legacy mode looks at one document. The default opens another page on each run, to merge the results of frames. */
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
