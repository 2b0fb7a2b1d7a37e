/**
 * `npm run screenshots -- articles [FOLDER] [KIND…]`: photographs the kinds of article of tests/support/kinds in every theme, in
 * a window of 900 and of 1600 px, into FOLDER (.cache/articles). Too many to be kept in the repository: they are made to be looked at.
 * The kind 'around' is what opens over and beside articles (photograph-around.mjs).
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, say } from './lib/ensure.mjs'
import { photographAround } from './photograph-around.mjs'

const themes = ['Light', 'Sepia', 'Dark', 'High contrast']
const widths = [900, 1600]
/** In px: high enough to see most of an article at once, and all headlines. */
const height = 1800

export async function photographArticles(executablePath, [folder = join(root, '.cache', 'articles'), ...wanted]) {
  const { chromium } = await import('playwright')
  const { kinds, startKindsServer } = await import('../tests/support/kinds.ts')
  const { broadsheet, startBroadsheet } = await import('../tests/support/broadsheet.ts')
  const { chromiumOptions } = await import('../tests/support/chromium.ts')
  const { ReaderWindow } = await import('../tests/support/window.ts')
  const feeds = await startKindsServer()
  const app = await startBroadsheet()
  const browser = await chromium.launch({ ...chromiumOptions(), executablePath })
  mkdirSync(folder, { recursive: true })
  try {
    await app.restart(dataDir => importKinds(dataDir, feeds.opml, broadsheet))
    const page = await browser.newPage({ viewport: { width: 1280, height }, locale: 'en-GB', reducedMotion: 'reduce' })
    await page.goto(app.url())
    const window = new ReaderWindow(page)
    await window.headlines
      .getByRole('option')
      .nth(kinds.length - 1)
      .waitFor({ timeout: 60_000 })
    for (const theme of themes) {
      await page.setViewportSize({ width: 1280, height })
      await chooseTheme(page, theme)
      for (const width of widths) {
        await page.setViewportSize({ width, height })
        for (const kind of kinds.filter(({ slug }) => wanted.length === 0 || wanted.includes(slug))) {
          await open(window, kind)
          await photographInto(folder, width, theme)(page, kind.slug)
        }
        if (wanted.length === 0 || wanted.includes('around'))
          await photographAround(window, photographInto(folder, width, theme))
      }
    }
  } finally {
    await browser.close()
    await app.stop()
    await feeds.close()
  }
}

/** Takes a picture of a page, and names it. */
function photographInto(folder, width, theme) {
  return async (page, what) => {
    const path = join(folder, `${what}-${width}-${theme.toLowerCase().replace(' ', '-')}.png`)
    await page.screenshot({ path })
    say(path)
  }
}

async function importKinds(dataDir, opml, broadsheet) {
  const file = join(dataDir, '..', `broadsheet-kinds-${process.pid}.opml`)
  writeFileSync(file, opml)
  await broadsheet(dataDir, 'import', file, '--allow-private')
  rmSync(file)
}

async function chooseTheme(page, theme) {
  await page.keyboard.press(',')
  await page.getByRole('radio', { name: theme, exact: true }).check({ force: true })
  await page.keyboard.press('Escape')
}

async function open(window, { title, html }) {
  const { page } = window
  // Where there is no title, a row has the beginning of the text.
  const name = title || html.replace(/<[^>]*>/g, '').slice(0, 15)
  await window.headline(name).first().click()
  await page.getByRole('article').getByRole('heading', { level: 2, name }).waitFor()
  const pictures = html.match(/<img/g)?.length ?? 0
  // Those that are far below come when they are near; the window is higher than most articles.
  await window.text
    .locator(pictures > 0 ? 'img:not([data-pending])' : 'body > *')
    .first()
    .waitFor({ timeout: 30_000 })
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(400)
}
