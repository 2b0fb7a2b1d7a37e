/** Photographs what opens over and beside articles: finding, notes, pictures, the player, dialogs. For photograph-articles.mjs. */

/** `window`: a ReaderWindow that lists the kinds. `take(page, name)` takes a picture. */
export async function photographAround(window, take) {
  const { page } = window
  const { width } = page.viewportSize()
  await page.setViewportSize({ width, height: 1000 })
  const steps = { find, note, lightbox, player, 'missing-page': missingPage, reading, settings }
  for (const [name, step] of Object.entries(steps)) await step(window, () => take(page, name), take)
  await page.setViewportSize({ width, height: 1800 })
}

async function open({ page }, title) {
  await page.getByRole('option', { name: title }).first().click()
  await page.getByRole('article').getByRole('heading', { level: 2, name: title }).waitFor()
  await page.waitForTimeout(300)
}

async function find(window, take) {
  const { page } = window
  await open(window, 'On keeping a list')
  await page.keyboard.press('ControlOrMeta+f')
  await page.keyboard.type('book')
  await page.waitForTimeout(300)
  await take()
  await page.keyboard.press('Escape')
}

async function note({ text, page }, take) {
  await text.locator('a[data-note]').nth(1).click()
  await text.locator('.note').waitFor()
  await take()
  await page.keyboard.press('Escape')
}

async function lightbox(window, take) {
  const { page, text } = window
  await open(window, 'Twelve hours on the salt road')
  await text.locator('img[data-opens]').nth(1).click()
  await page.getByRole('dialog').locator('img').waitFor()
  await page.waitForTimeout(400)
  await take()
  await page.keyboard.press('Escape')
}

async function player(window, take) {
  const { page } = window
  await open(window, 'The tunnel that was dug twice')
  const play = page.getByRole('region', { name: 'Article', exact: true }).getByRole('button', { name: /^Play / })
  if ((await play.count()) > 0) await play.first().click()
  await page.getByRole('region', { name: 'Player' }).waitFor()
  await page.waitForTimeout(600)
  await take()
  await page
    .getByRole('region', { name: 'Player' })
    .getByRole('button', { name: /^Close/ })
    .click()
}

async function missingPage(window, take) {
  const { page } = window
  await open(window, 'What the archivists')
  await page.keyboard.press('f')
  await page.getByRole('button', { name: 'Try again' }).first().waitFor()
  await page.getByRole('button', { name: 'Try again' }).first().scrollIntoViewIfNeeded()
  await take()
}

async function reading({ page }, take) {
  const { width } = page.viewportSize()
  if (width < 1200) return
  await page.getByRole('treeitem', { name: /Slow Quarterly/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Reading…' }).click()
  await page.getByRole('dialog').getByLabel('Pictures', { exact: true }).waitFor()
  await take()
  await page.keyboard.press('Escape')
}

async function settings({ page }, _, take) {
  await page.keyboard.press(',')
  for (const tab of ['Appearance', 'Reading', 'Sharing', 'Storage']) {
    await page.getByRole('tab', { name: tab }).click()
    if (tab === 'Storage') await page.getByRole('table').or(page.getByRole('list')).first().waitFor()
    await page.waitForTimeout(400)
    await take(page, `settings-${tab.toLowerCase()}`)
  }
  await page.keyboard.press('Escape')
}
