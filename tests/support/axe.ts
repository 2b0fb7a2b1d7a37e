/** What axe finds on a page, where it is grave. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from 'playwright/test'

/** Fails where something serious or critical is found. `screen` is what the page shows, for the message. */
export async function checkPage(page: Page, screen: string): Promise<void> {
  // In a frame that may run nothing axe never comes to an end; its text is looked at by checkArticle.
  const axe = new AxeBuilder({ page }).exclude('iframe')
  // What lies under a dialog can't be reached, and is looked at where it is the screen.
  if ((await page.locator('dialog[open]').count()) > 0) axe.include('dialog[open]')
  const { violations } = await axe.analyze()
  expect(grave(violations), screen).toEqual([])
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
  const { violations } = await new AxeBuilder({ page: alone }).disableRules(['document-title']).analyze()
  await alone.close()
  expect(grave(violations), article).toEqual([])
}

function grave(violations: Awaited<ReturnType<AxeBuilder['analyze']>>['violations']): string[] {
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(node => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    )
}
