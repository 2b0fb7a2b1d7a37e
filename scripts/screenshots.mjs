/**
 * `npm run screenshots`: fills a library with the invented sources of tests/support/demo and photographs it into
 * docs/screenshots. `npm run screenshots -- articles`: see photograph-articles.mjs.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ensureBuilt,
  ensureChromium,
  ensureInstalled,
  ensurePinnedNode,
  giveUp,
  pinnedNode,
  root,
  say,
} from './lib/ensure.mjs'

const folder = join(root, 'docs', 'screenshots')

await ensureInstalled()
await ensurePinnedNode()
const executablePath = await ensureChromium()
if (!executablePath) giveUp(`The screenshots need a Chromium, and none could be had (Node: ${pinnedNode})`)
await ensureBuilt()

if (process.argv[2] === 'articles') {
  const { photographArticles } = await import('./photograph-articles.mjs')
  await photographArticles(executablePath, process.argv.slice(3))
  process.exit()
}

const { chromium } = await import('playwright')
const { demoSources, startDemoServer } = await import('../tests/support/demo.ts')
const { broadsheet, startBroadsheet } = await import('../tests/support/broadsheet.ts')
const { chromiumOptions } = await import('../tests/support/chromium.ts')
const { ReaderWindow } = await import('../tests/support/window.ts')

const feeds = await startDemoServer()
const app = await startBroadsheet()
const browser = await chromium.launch({ ...chromiumOptions(), executablePath })
try {
  mkdirSync(folder, { recursive: true })
  await photographAll()
} finally {
  await browser.close()
  await app.stop()
  await feeds.close()
}

async function photographAll() {
  await withWindow({ width: 1280, height: 800, colorScheme: 'light' }, async ({ page }) => {
    await page.getByRole('textbox', { name: 'Address' }).waitFor()
    await photograph(page, 'welcome-1280-light')
  })
  let dataDir = ''
  await app.restart(async folder => {
    dataDir = folder
    await importDemo(folder)
  })
  await withWindow({ width: 1280, height: 800, colorScheme: 'light' }, ({ page }) => untilFetched(page))
  await readSome(dataDir)
  for (const [width, height] of [
    [900, 700],
    [1280, 800],
    [1600, 1000],
  ])
    for (const colorScheme of ['light', 'dark'])
      await withWindow({ width, height, colorScheme }, async window => {
        await readLead(window)
        await photograph(window.page, `reading-${width}-${colorScheme}`)
        await openFrontPage(window)
        await photograph(window.page, `front-page-${width}-${colorScheme}`)
      })
  await withWindow({ width: 1280, height: 800, colorScheme: 'light' }, photographRest)
}

/** Imports everything while no window is open; what is new is due at once. */
async function importDemo(dataDir) {
  const file = join(dataDir, '..', `broadsheet-demo-${process.pid}.opml`)
  writeFileSync(file, feeds.opml)
  await broadsheet(dataDir, 'import', file, '--allow-private')
  rmSync(file)
}

/** Every feed has brought its articles and its icon. */
async function untilFetched(page) {
  const sources = page.getByRole('navigation', { name: 'Sources' })
  await sources
    .locator('img')
    .nth(demoSources.length - 1)
    .waitFor({ timeout: 120_000 })
}

/** A morning's reading: some articles read, two of them saved. */
async function readSome(dataDir) {
  const articles = JSON.parse(await broadsheet(dataDir, 'list', '--view', 'all', '--limit', '200', '--json'))
  const idsOf = titles => titles.map(title => String(articles.find(article => article.title.startsWith(title)).id))
  const saved = idsOf(['The village that bought its own mountain', 'How to delete a feature'])
  const read = idsOf([
    'Council votes',
    'What the oldest ice says',
    'Dates are not numbers',
    'Le prix de l’huître',
    'Donaudampf',
  ])
  await broadsheet(dataDir, 'save', ...saved)
  await broadsheet(dataDir, 'read', ...saved, ...read)
}

async function readLead(window) {
  const { page } = window
  // A key pressed before the window is there would be lost, and it would show the list of the last time.
  await window.sources.waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await window.headlines.getByRole('heading', { level: 2, name: 'All' }).waitFor()
  await window.headline('The last signalman').first().click()
  await window.text.getByText('At eleven minutes past six').waitFor()
}

async function openFrontPage({ page }) {
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  const frontPage = page.getByRole('region', { name: 'Front page' })
  await frontPage.getByRole('article').nth(9).waitFor()
  // As where no key was pressed yet: no headline has a ring, and none is under the pointer.
  await page.evaluate(() => {
    document.documentElement.dataset.noKeyYet = ''
  })
  await frontPage.getByRole('heading', { level: 2 }).hover()
}

async function photographRest(window) {
  const { page } = window
  await readLead(window)
  const box = page.getByRole('searchbox', { name: 'Search articles' })
  await box.fill('railway')
  await window.headlines.locator('mark').first().waitFor()
  await photograph(page, 'search-1280-light')
  await box.press('Escape')
  await window.headlines.getByRole('heading', { level: 2, name: 'All' }).click()

  await page.keyboard.press('+')
  await page.getByRole('textbox', { name: 'Address' }).fill(`${feeds.url}/site`)
  await page.keyboard.press('Enter')
  await page.getByRole('checkbox', { name: 'Orchard Notes' }).waitFor()
  await photograph(page, 'add-1280-light')
  await page.keyboard.press('Escape')

  await page.keyboard.press(',')
  await page.getByRole('radio', { name: 'Sepia' }).check({ force: true })
  await photograph(page, 'settings-1280-sepia')
  await page.getByRole('radio', { name: 'As the system' }).check({ force: true })
  await page.getByRole('tab', { name: 'Storage' }).click()
  await page.getByRole('table').waitFor()
  await photograph(page, 'storage-1280-light')
  await page.getByRole('tab', { name: 'Backups' }).click()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByRole('button', { name: 'Go back to' }).waitFor()
  // A reader's library is not in the folder for temporary files that this one is made in.
  const place = page.getByText('Backups are made in').locator('code')
  await place.evaluate(code => code.replaceChildren('/home/ada/.local/share/broadsheet/backups'))
  await photograph(page, 'backups-1280-light')
  await page.getByRole('tab', { name: 'Appearance' }).click()
  await page.getByRole('radio', { name: 'Sepia' }).check({ force: true })
  await page.keyboard.press('Escape')
  await readLead(window)
  await photograph(page, 'reading-1280-sepia')
  await openFrontPage(window)
  await photograph(page, 'front-page-1280-sepia')
}

async function withWindow({ width, height, colorScheme }, work) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  await page.goto(app.url())
  await work(new ReaderWindow(page))
  await page.close()
}

/** Runs in the page: whether every picture in sight has arrived. */
function hasPictures() {
  const isInSight = image => image.getBoundingClientRect().top < innerHeight
  return [...document.images].filter(isInSight).every(image => image.complete)
}

async function photograph(page, name) {
  // Pictures and fonts arrive after the words.
  await page.evaluate(() => document.fonts.ready)
  for (const frame of page.frames()) await frame.waitForFunction(hasPictures)
  for (const toast of await page.getByRole('button', { name: 'Dismiss' }).all()) await toast.click()
  await page.screenshot({ path: join(folder, `${name}.png`) })
  say(`docs/screenshots/${name}.png`)
}
