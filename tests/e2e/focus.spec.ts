/** What has the focus, what is chosen and what keys act on are one thing, and the focus is never on nothing. */
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expect, reopen, test } from '../support/e2e.ts'
import { expectOneFocus, focusOf } from '../support/focus.ts'
import { projectRoot } from '../support/sources.ts'

test.use({ followed: ['/rss.xml', '/atom.xml'] })

test.beforeEach(async ({ reader }) => {
  await reader.open('Harbour Gazette')
})

const sizes = [
  { name: 'three panes', width: 1280, height: 800 },
  { name: 'two panes', width: 800, height: 700 },
  { name: 'one pane', width: 480, height: 700 },
]

for (const { name, ...size } of sizes)
  test(`every key of the window leaves the focus on something, ${name}`, async ({ reader }) => {
    test.setTimeout(300_000)
    const { page } = reader
    await page.setViewportSize(size)
    const keys = await allKeys()
    for (const pane of ['sources', 'headlines', 'article'])
      for (const key of keys) {
        if (!(await focusPane(page, pane))) continue
        for (const part of key.split(' ')) await page.keyboard.press(part.replace('Mod+', 'ControlOrMeta+'))
        await expectOneFocus(page, `${key} in ${pane}`)
        if (await page.getByRole('dialog').isVisible()) {
          await page.keyboard.press('Escape')
          await expect(page.getByRole('dialog')).toBeHidden()
          await expectOneFocus(page, `closing what ${key} opened in ${pane}`)
        }
        // What it has folded is unfolded again.
        if (key === '[' || key === ']') await page.keyboard.press(key)
        await expectOneFocus(page, `${key} and back in ${pane}`)
      }
  })

test('the focus in the sources goes along to what a key lists, and keys act there', async ({ reader }) => {
  const { page } = reader
  await reader.source('Orchard Notes').click()
  await expect(reader.source('Orchard Notes')).toBeFocused()
  for (const [keys, title] of [
    [['g', 's'], 'Saved'],
    [['g', 'a'], 'All'],
    [['Shift+J'], 'Unread'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key)
    await expect(reader.source(title)).toBeFocused()
    await expect(page.getByRole('treeitem', { selected: true })).toHaveCount(1)
    await expect(reader.source(title)).toHaveAttribute('aria-selected', 'true')
  }
  // None of these can be renamed or unsubscribed.
  await page.keyboard.press('F2')
  await page.keyboard.press('Delete')
  await page.keyboard.press('ArrowUp')
  await expect(reader.source('All')).toBeFocused()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(reader.source('Orchard Notes')).toBeVisible()
})

test('during a search the source one comes back to stays chosen', async ({ reader }) => {
  const { page } = reader
  await page.keyboard.press('/')
  await page.getByRole('searchbox').fill('ferry')
  await expect(reader.headlines.locator('mark').first()).toBeVisible()
  await expect(page.getByRole('treeitem', { selected: true })).toHaveText(/Harbour Gazette/)
  await page.keyboard.press('Escape')
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
  await expect(page.getByRole('treeitem', { selected: true })).toHaveText(/Harbour Gazette/)
})

test('a folder stands for the chosen feed that it hides', async ({ reader }) => {
  const { page } = reader
  await page.getByRole('button', { name: 'New folder' }).click()
  await page.keyboard.type('Weekend')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await reader.choose('Orchard Notes', 'Move to folder…')
  await page.getByRole('dialog').getByRole('radio', { name: 'Weekend' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Move', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(reader.source('Orchard Notes')).toHaveAttribute('aria-level', '2')
  await reader.source('Orchard Notes').click()
  await page.keyboard.press('ArrowLeft')
  await expect(reader.source('Weekend')).toBeFocused()
  await reader.source('Orchard Notes').click()
  await reader.source('Weekend').locator('.twist').click()
  await expect(reader.source('Orchard Notes')).toBeHidden()
  await expect(page.getByRole('treeitem', { selected: true })).toHaveText(/Weekend/)
  await expectOneFocus(page, 'closing a folder')
})

test('a feed that goes leaves the focus to its neighbour', async ({ reader }) => {
  const { page } = reader
  await reader.source('Orchard Notes').click()
  await page.keyboard.press('Delete')
  await expect(reader.source('Orchard Notes')).toBeHidden()
  await expect(reader.source('Harbour Gazette')).toBeFocused()
  await expect(reader.source('Harbour Gazette')).toHaveAttribute('aria-selected', 'true')
})

test('where the sources lie over the list, a feed that goes leaves the focus to its neighbour, not to the one listed', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  await reader.follow(`${feeds.url}/feed.json`, 'Paper Kite')
  await reader.open('Harbour Gazette')
  await reader.read('Harbour Gazette: the ferry runs again')
  await page.setViewportSize({ width: 800, height: 700 })
  await expect(page.getByRole('button', { name: 'Show sources' })).toBeVisible()
  await page.keyboard.press('[')
  await expect(reader.source('Harbour Gazette')).toBeFocused()
  await page.keyboard.press('End')
  await expect(reader.source('Paper Kite')).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(reader.source('Paper Kite')).toBeHidden()
  await expect(reader.source('Orchard Notes')).toBeFocused()
  await expect(reader.source('Harbour Gazette')).toHaveAttribute('aria-selected', 'true')
})

test('where the sources lie over the list, keys act on the row with the ring', async ({ reader }) => {
  const { page } = reader
  await reader.read('Harbour Gazette: the ferry runs again')
  await reader.expectCounts({ 'Harbour Gazette': 2 })
  await page.setViewportSize({ width: 800, height: 700 })
  await expect(page.getByRole('button', { name: 'Show sources' })).toBeVisible()
  await page.keyboard.press('[')
  await expect(reader.source('Harbour Gazette')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(reader.source('Orchard Notes')).toBeFocused()
  await expect(reader.source('Harbour Gazette')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+A')
  await reader.expectCounts({ 'Orchard Notes': 0, 'Harbour Gazette': 2 })
  await page.keyboard.press('Enter')
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Orchard Notes' })).toBeVisible()
  await expectOneFocus(page, 'choosing in the drawer')
  await expect.poll(async () => (await focusOf(page)).on).toMatch(/^Headlines: /)
})

test('what opened a menu or a dialog has the focus again when that is closed', async ({ reader }) => {
  const { page } = reader
  const row = reader.source('Orchard Notes')
  await row.click()
  await page.keyboard.press('Shift+F10')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem').nth(1)).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
  await expect(row).toBeFocused()
  await page.keyboard.press('F2')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
})

test('a toast that is dismissed gives the focus back to the pane it came from', async ({ reader }) => {
  const { page } = reader
  await reader.headlines.getByRole('listbox').focus()
  await page.keyboard.press('Shift+A')
  await expect(reader.toast('Marked 3 articles read.')).toBeVisible()
  // Also of those that wait for room.
  const dismiss = page.getByRole('button', { name: 'Dismiss', includeHidden: true })
  for (let left = await dismiss.count(); left > 0; left -= 1) {
    await dismiss.last().focus()
    await page.keyboard.press('Enter')
    await expect(dismiss).toHaveCount(left - 1)
  }
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
})

test('from the start, and after a press on bare ground, keys reach the list', async ({ reader, app }) => {
  const { page } = reader
  await reopen(reader, app)
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await reader.headlines.getByRole('heading', { level: 2 }).click()
  await expect(reader.headlines.getByRole('listbox')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette: the ferry runs again')
})

test('within a dialog a press on bare ground leaves the focus where it was', async ({ reader }) => {
  const { page } = reader
  await reader.source('Orchard Notes').press('F2')
  const dialog = page.getByRole('dialog', { name: 'Rename feed' })
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await expect(name).toBeFocused()
  // Beside its buttons, where nothing is.
  await dialog.locator('footer').click({ position: { x: 8, y: 8 } })
  await expect(name).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.type(' II')
  await page.keyboard.press('Enter')
  await expect(reader.source('Orchard Notes II')).toBeVisible()
})

test('the ring marks the row that keys act on, not the pane', async ({ reader }) => {
  const { page } = reader
  const rings = () =>
    page.evaluate(`[...document.querySelectorAll('[role=listbox], [role=option], .place, #headlines-pane')]
      .filter(element => parseFloat(getComputedStyle(element).outlineWidth) > 0 && getComputedStyle(element).outlineStyle !== 'none')
      .map(element => element.role ?? element.className)`)
  await reader.headlines.getByRole('listbox').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(reader.headline('why the ferry stopped')).toHaveAttribute('aria-selected', 'true')
  expect(await rings()).toEqual(['option'])
  // Before anything is chosen the first row has it, and a key acts there.
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await reader.expectRows()
  await expect.poll(rings).toEqual(['option'])
  const first = page.getByRole('option').first()
  await page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  await expect(first).toHaveAccessibleName(/Saved$/)
})

/** Answers false where that pane is not in sight. */
async function focusPane(page: Page, pane: string): Promise<boolean> {
  // In one step: a pane that is there when it is looked for may have gone before it could be given the focus.
  return page.locator(`[data-pane-focus=${pane}]:visible`).evaluateAll(found => {
    ;(found[0] as { focus(): void } | undefined)?.focus()
    return found.length > 0
  })
}

/** As the window has them. By a path of its own: the window's types know a page, these here don't. */
async function allKeys(): Promise<string[]> {
  const { shortcuts } = (await import(join(projectRoot, 'src-main', 'api', 'host', 'keys.ts'))) as {
    shortcuts: { command: string; keys: string[] }[]
  }
  // The original opens in another window, which takes the focus with it.
  return shortcuts.filter(({ command }) => command !== 'open-original').flatMap(({ keys }) => keys)
}
