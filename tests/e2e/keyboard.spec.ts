/** The whole of reading by keyboard. */
import { answerInstead } from '../support/answers.ts'
import { expect, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml', '/atom.xml'] })

test.beforeEach(async ({ reader }) => {
  await reader.open('Harbour Gazette')
})

test('j and k step, m toggles read, s saves, z takes back', async ({ reader }) => {
  const { keyboard } = reader.page
  const title = reader.article.getByRole('heading', { level: 2 })
  await keyboard.press('j')
  await expect(title).toHaveText('Harbour Gazette: the ferry runs again')
  await reader.expectCounts({ 'Harbour Gazette': 2, Unread: 5 })
  await keyboard.press('j')
  await expect(title).toHaveText('Harbour Gazette: why the ferry stopped')
  await keyboard.press('k')
  await expect(title).toHaveText('Harbour Gazette: the ferry runs again')
  await reader.expectCounts({ 'Harbour Gazette': 1, Unread: 4 })

  await keyboard.press('m')
  await reader.expectCounts({ 'Harbour Gazette': 2, Unread: 5 })
  await keyboard.press('m')
  await reader.expectCounts({ 'Harbour Gazette': 1, Unread: 4 })
  await keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  await keyboard.press('s')
  await reader.expectCounts({ Saved: 0 })
})

test('n and p go through the unread ones, across sources', async ({ reader }) => {
  const { keyboard } = reader.page
  const title = reader.article.getByRole('heading', { level: 2 })
  for (const wanted of ['the ferry runs again', 'why the ferry stopped', 'an ordinary Tuesday & its weather']) {
    await keyboard.press('n')
    await expect(title).toHaveText(`Harbour Gazette: ${wanted}`)
  }
  await keyboard.press('n')
  await expect(title).toHaveText('Orchard Notes: the ferry runs again')
  await reader.expectCounts({ Unread: 2 })
})

test('Space reads on to the next unread, Enter opens', async ({ reader }) => {
  const { keyboard } = reader.page
  const title = reader.article.getByRole('heading', { level: 2 })
  await keyboard.press('j')
  await expect(title).toHaveText('Harbour Gazette: the ferry runs again')
  await expect(reader.text.locator('body')).toContainText('eleven passengers')
  // A page down as often as the article is long, then on.
  for (let step = 0; step < 8 && (await title.textContent())?.includes('runs again'); step += 1) {
    await keyboard.press('Space')
    await expect.poll(() => isAtRest(reader.page)).toBe(true)
  }
  await expect(title).toHaveText('Harbour Gazette: why the ferry stopped')
  // In the sources Enter would choose a source.
  await reader.headlines.getByRole('listbox').focus()
  await keyboard.press('Enter')
  await expect(reader.article).toBeFocused()
})

test('Shift+A marks what is shown, and z takes it back', async ({ reader }) => {
  await reader.page.keyboard.press('Shift+A')
  await reader.expectCounts({ 'Harbour Gazette': 0, 'Orchard Notes': 3, Unread: 3 })
  await expect(reader.toast('Marked 3 articles read.')).toBeVisible()
  await reader.page.keyboard.press('z')
  await reader.expectCounts({ 'Harbour Gazette': 3, Unread: 6 })
})

test('Shift+A means the source that was just chosen, before its headlines are there', async ({ reader }) => {
  const engine = await answerInstead(reader.page, {})
  await reader.page.reload()
  await reader.open('Orchard Notes')
  await expect(reader.headline('Orchard Notes: the ferry runs again')).toBeVisible()
  let letGo = () => {}
  engine.heldBack.headlines = new Promise(resolve => {
    letGo = resolve
  })
  await reader.goTo('Harbour Gazette')
  await reader.page.keyboard.press('Shift+A')
  letGo()
  await expect(reader.toast('Marked 3 articles read.')).toBeVisible()
  await reader.expectCounts({ 'Harbour Gazette': 0, 'Orchard Notes': 3, Unread: 3 })
})

test('/ goes to the search box, Escape back, ? shows the keys', async ({ reader }) => {
  const { keyboard } = reader.page
  await keyboard.press('/')
  await expect(reader.page.getByRole('searchbox', { name: 'Search articles' })).toBeFocused()
  await keyboard.press('Escape')
  await keyboard.press('?')
  const help = reader.page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Next unread, across sources')
  await keyboard.press('Escape')
  await expect(help).toBeHidden()
})

test('v opens the original in another tab', async ({ reader, feeds }) => {
  await reader.page.keyboard.press('j')
  await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible()
  const opened = reader.page.context().waitForEvent('page')
  await reader.page.keyboard.press('v')
  const page = await opened
  await expect(page).toHaveURL(`${feeds.url}/articles/harbour-gazette-3`)
  expect(await page.evaluate('window.opener')).toBe(null)
})

test('Tab reaches every control, and each shows that it has the focus', async ({ reader }) => {
  await reader.page.keyboard.press('j')
  await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible()
  const seen = new Set<string>()
  for (let step = 0; step < 60; step += 1) {
    await reader.page.keyboard.press('Tab')
    const focus = (await reader.page.evaluate(focused)) as { name: string; isVisible: boolean }
    if (focus.name === 'BODY') continue
    expect(focus.isVisible, `${focus.name} shows its focus`).toBe(true)
    seen.add(focus.name)
  }
  for (const wanted of [
    'Search articles',
    'Keyboard help',
    'Add feed',
    'Refresh all',
    'Settings',
    'Mark all read',
    'Save',
  ])
    expect(
      [...seen].some(name => name.startsWith(wanted)),
      `${wanted} in ${[...seen].join(' | ')}`,
    ).toBe(true)
  for (const wanted of ['Width of the sources', 'Width of the headlines', 'Headlines: ', 'Article'])
    expect(
      [...seen].some(name => name.startsWith(wanted)),
      `${wanted} in ${[...seen].join(' | ')}`,
    ).toBe(true)
})

/** Runs in the page: what has the focus, and whether it, or something on it, looks otherwise than without. */
const focused = `(() => {
  const element = document.activeElement
  if (!element || element === document.body) return { name: 'BODY', isVisible: true }
  const name = element.getAttribute('aria-label') || element.title || element.textContent.trim() || element.tagName
  if (element.tagName === 'IFRAME') return { name, isVisible: true }
  const around = [element, element.parentElement, ...element.querySelectorAll('*')].filter(Boolean)
  const look = () => around.flatMap(node => [null, '::before', '::after'].map(part => {
    const { outline, boxShadow, backgroundColor, borderColor, opacity } = getComputedStyle(node, part)
    return [outline, boxShadow, backgroundColor, borderColor, opacity].join()
  })).join()
  for (const animation of document.getAnimations()) animation.finish()
  const withFocus = look()
  element.blur()
  for (const animation of document.getAnimations()) animation.finish()
  const without = look()
  element.focus()
  return { name, isVisible: withFocus !== without }
})()`

/** Scrolling may be smooth: at rest when two frames show the same place. */
async function isAtRest(page: import('playwright/test').Page): Promise<boolean> {
  return (await page.evaluate(`new Promise(resolve => {
    const pane = document.getElementById('article-pane')
    const before = pane ? pane.scrollTop : 0
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(!pane || pane.scrollTop === before)))
  })`)) as boolean
}
