/** Accessibility checks by axe. Only serious and critical violations count. */
import axe, { type RunOptions } from 'axe-core'
import { expect, type Page } from 'playwright/test'

/** The part of the page to look at, and the rules to apply: all of both unless said otherwise. */
type Check = { include?: string; exclude?: string } & Pick<RunOptions, 'runOnly' | 'rules'>

/**
 * Fails on a violation in the light theme, and on one of contrast in the dark theme: the themes differ in nothing else.
 * `screen` is what the page shows, for the message.
 */
export async function checkPage(page: Page, screen: string): Promise<void> {
  await inTheme(page, 'light')
  expect(await violations(page, await inReach(page)), `${screen}, light`).toEqual([])
  await inTheme(page, 'dark')
  const contrast = { ...(await inReach(page)), runOnly: ['color-contrast', 'link-in-text-block'] }
  expect(await violations(page, contrast), `${screen}, dark`).toEqual([])
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

async function inReach(page: Page): Promise<Check> {
  // axe never finishes in a frame without scripts; checkArticle looks at the text in it.
  const exclude = 'iframe'
  // The page under a modal dialog can't be reached; it is checked while no dialog is open.
  return (await page.locator('dialog[open]').count()) > 0 ? { include: 'dialog[open]', exclude } : { exclude }
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
  const found = await violations(alone, { rules: { 'document-title': { enabled: false } } })
  await alone.close()
  expect(found, article).toEqual([])
}

/**
 * The serious and critical violations that axe finds in one document. They are picked in the page: sending out what axe has
 * to say of every element that passes takes longer than the check.
 */
async function violations(page: Page, { include, exclude, ...options }: Check): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(axe.source)
  const context = JSON.stringify({ include: [include ?? 'html'], exclude: exclude ? [exclude] : [] })
  const run: RunOptions = { ...options, resultTypes: ['violations'] }
  return page.evaluate(`axe.run(${context}, ${JSON.stringify(run)}).then(({ violations }) =>
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) =>
        id + ': ' + nodes.map(node => node.target.join(' ') + ' (' + node.failureSummary + ')').join('; ')))`)
}
