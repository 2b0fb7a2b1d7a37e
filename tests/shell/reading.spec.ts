/** The main job through the desktop program: everything between the page and the engine goes over the one port. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'playwright/test'
import { type FeedServer, startFeedServer } from '../support/feed-server.ts'
import { ReaderWindow } from '../support/window.ts'
import { type Desktop, openDesktop } from './desktop.ts'

test.describe.configure({ mode: 'serial' })

let feeds: FeedServer
let desktop: Desktop

test.beforeAll(async () => {
  feeds = await startFeedServer()
})
test.afterAll(async () => {
  await desktop?.remove()
  await feeds.close()
})

test('a feed is followed, read and saved, and all of it is there after a reload and a restart', async () => {
  test.setTimeout(180_000)
  desktop = await openDesktop()
  const reader = new ReaderWindow(desktop.page)
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.read('Harbour Gazette: the ferry runs again')
  await expect(reader.article.getByText('Post by Maren Holt')).toBeVisible()
  await expect(reader.text.getByRole('img', { name: 'The ferry' })).toBeVisible()
  await desktop.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })

  await desktop.page.reload()
  await reader.expectCounts({ Saved: 1 })
  await reader.open('Saved')

  expect(await desktop.quit()).toBe(0)
  desktop = await openDesktop([], desktop.dataDir)
  const again = new ReaderWindow(desktop.page)
  await again.expectCounts({ Saved: 1 })
  await again.open('Saved')
  await again.read('Harbour Gazette: the ferry runs again')
})

test('before the engine answers, the window is its panes, empty, where they were left, and no word of a connection', async () => {
  const { page } = desktop
  const kept = () => JSON.parse(readFileSync(join(desktop.dataDir, 'window.json'), 'utf8')).panes.sourcesWidth
  const lines = page.locator('[role=separator]')
  const places = () => lines.evaluateAll(all => all.map(line => Math.round(line.getBoundingClientRect().x)))
  await lines.first().press('ArrowRight')
  await expect.poll(kept).toBeGreaterThan(260)
  const before = await places()
  expect(before).toHaveLength(2)

  await desktop.ask('holdPort')
  await page.reload()
  const opening = page.getByRole('main', { name: 'Opening…' })
  await expect(opening).toHaveAttribute('aria-busy', 'true')
  expect(await places()).toEqual(before)
  await expect(page.locator(':is(button, input, [tabindex="0"]):not([inert] *)')).toHaveCount(0)
  // Who waits for long is told for what.
  await expect(opening.getByText('Opening…')).toHaveCSS('opacity', '1')
  expect((await page.getByRole('status').allInnerTexts()).join('')).toBe('')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await desktop.ask('givePort')
  await new ReaderWindow(page).expectCounts({ Saved: 1 })
  await expect(opening).toHaveCount(0)
  expect(await places()).toEqual(before)
})

test('a link in an article opens in the system’s browser, and the window stays', async () => {
  const before = desktop.page.url()
  await new ReaderWindow(desktop.page).article.getByRole('link', { name: 'Open original' }).click()
  await expect
    .poll(async () => (await desktop.facts()).opened)
    .toEqual([expect.stringContaining('/articles/harbour-gazette-3')])
  expect(desktop.page.url()).toBe(before)
})

test('everything is saved as one file where the user says, with what was saved in it', async () => {
  const { page } = desktop
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-export-'))
  try {
    await desktop.ask('saveDownloadsIn', folder)
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('tab', { name: 'Import and export' }).click()
    await page.getByRole('button', { name: 'Export everything' }).click()
    await expect(page.getByRole('tabpanel')).toContainText(/Exported broadsheet-.*\.zip/)
    const named = /^broadsheet-\d{4}-\d\d-\d\d\.zip$/
    await expect.poll(() => readdirSync(folder)).toEqual([expect.stringMatching(named)])

    const files = unzipSync(readFileSync(join(folder, readdirSync(folder)[0]!)))
    const saved = JSON.parse(strFromU8(files['saved.json']!)) as { title: string }[]
    expect(saved.map(article => article.title)).toEqual(['Harbour Gazette: the ferry runs again'])
    expect(strFromU8(files['subscriptions.opml']!)).toContain(`${feeds.url}/rss.xml`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  await page.keyboard.press('Escape')
})

test('the open article is saved as PDF by the menu, in a window that shows nothing, runs nothing and is gone afterwards', async () => {
  const { page } = desktop
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-pdf-'))
  try {
    await desktop.ask('saveDownloadsIn', folder)
    await desktop.ask('clickMenu', 'save-as-pdf')
    const name = 'harbour-gazette-the-ferry-runs-again.pdf'
    await expect(new ReaderWindow(page).toast(`Saved ${name}, `)).toBeVisible()
    await expect.poll(() => readdirSync(folder)).toEqual([name])
    const text = readFileSync(join(folder, name), 'latin1')
    expect(text.slice(0, 8)).toMatch(/^%PDF-1\.\d$/)
    expect(text).toContain('/Subtype /Image')
    // A4, and tagged for those who hear it: a real Electron is on a system of its own, and may be too old for tags.
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text) ?? []
    const said = {
      width: Math.round(Number(width)),
      height: Math.round(Number(height)),
      isTagged: text.includes('/Marked true'),
    }
    if (desktop.kind === 'stand-in') expect(said).toEqual({ width: 596, height: 842, isTagged: true })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const { windows, made } = await desktop.facts()
  expect(windows).toHaveLength(1)
  test.skip(desktop.kind === 'electron', 'a real Electron does not tell how windows were made')
  expect(made.at(-1)).toMatchObject({ javascript: false, sandbox: true, contextIsolation: true })
  expect(made.at(-1)).not.toHaveProperty('preload')
})

test('the page asks for nothing as PDF but a page that the engine made and signed', async () => {
  const status = (path: string) => desktop.page.evaluate(async asked => (await fetch(asked)).status, path)
  expect(await status('/export?n=article-0.html&k=wrong&as=pdf')).toBe(403)
  const picture = await desktop.page.evaluate(
    `document.querySelector('iframe[title="Article text"]').contentDocument.querySelector('img').getAttribute('src')`,
  )
  expect(await status(String(picture))).toBe(200)
  expect(await status(`${picture}&as=pdf`)).toBe(415)
})
