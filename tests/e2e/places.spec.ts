/** Coming back: to a list, out of a search, and to the line that was read last. */
import Database from 'better-sqlite3'
import { test as base, expect, reopen } from '../support/e2e.ts'
import type { ServedFeed } from '../support/feed-formats.ts'
import { plainPng } from '../support/pictures.ts'
import type { ReaderWindow } from '../support/window.ts'

const hour = 3_600_000
/** The same for all tests, which have copies of one library. */
const now = Date.now()

function longReads(): ServedFeed {
  const paragraph = (story: number, n: number) =>
    `<p id="p${n}">Story ${story}, paragraph ${n}. ${'The harbour was quiet, and nobody could say for how long. '.repeat(6)}</p>`
  const items = Array.from({ length: 60 }, (_, index) => {
    const story = index + 1
    const text = Array.from({ length: 30 }, (_, at) => paragraph(story, at + 1)).join('')
    const picture = story === 2 ? '<p><img src="/images/late.png" alt="Late"></p>' : ''
    return {
      id: `long:${story}`,
      title: `Story ${story} of many`,
      url: `/articles/long-${story}`,
      html: picture + text,
      publishedAt: now - story * hour,
    }
  })
  return { format: 'rss', title: 'Long Reads', siteUrl: '/sites/long', description: 'Long', items }
}

/** Opens to let the picture of the second story through, to its row in the list, too. */
let gate: PromiseWithResolvers<void>

const test = base.extend({
  feeds: async ({ feeds }, use) => {
    gate = Promise.withResolvers()
    feeds.answer('/images/late.png', async (_, response) => {
      await gate.promise
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 1200, [90, 120, 150]))
    })
    feeds.publish('/long.xml', longReads())
    await use(feeds)
  },
})

test.use({ shelf: { '': ['/long.xml', '/rss.xml'] } })

test.beforeEach(({ reader }) => reader.open('Long Reads'))

const title = (reader: ReaderWindow) => reader.article.getByRole('heading', { level: 2 })
const list = (reader: ReaderWindow) => reader.headlines.getByRole('listbox')
const scrolled = (reader: ReaderWindow) =>
  list(reader).evaluate(node => (node as unknown as { scrollTop: number }).scrollTop)

/** Opens the twelfth story and scrolls the list on from there. */
async function settle(reader: ReaderWindow): Promise<number> {
  for (let step = 1; step <= 12; step += 1) await reader.page.keyboard.press('j')
  await expect(title(reader)).toHaveText('Story 12 of many')
  await list(reader).hover()
  const before = await scrolled(reader)
  await reader.page.mouse.wheel(0, 300)
  await expect.poll(() => scrolled(reader)).toBe(before + 300)
  return before + 300
}

async function expectAsLeft(reader: ReaderWindow, top: number): Promise<void> {
  await expect(title(reader)).toHaveText('Story 12 of many')
  await expect(reader.headline('Story 12 of many')).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => scrolled(reader)).toBe(top)
}

test('a source that is come back to is as it was left, and nothing is marked read by that', async ({ reader, app }) => {
  const top = await settle(reader)
  const row = reader.headline('Story 12 of many')
  await expect(row).not.toHaveAccessibleName(/unread/i)
  await reader.page.keyboard.press('m')
  await expect(row).toHaveAccessibleName(/unread/i)
  // What the row says is on the disk; the counts come after it.
  const unread = unreadIn(app.dataDir, 'Long Reads')
  await reader.expectCounts({ 'Harbour Gazette': 3, 'Long Reads': unread })

  await reader.open('Harbour Gazette')
  await expect(title(reader)).toBeHidden()
  await reader.open('Long Reads')
  await expectAsLeft(reader, top)

  await reader.page.keyboard.press('Shift+J')
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette')
  await reader.page.keyboard.press('Shift+K')
  await expectAsLeft(reader, top)
  await reader.expectCounts({ 'Harbour Gazette': 3, 'Long Reads': unread })
  await reader.page.keyboard.press('j')
  await expect(title(reader)).toHaveText('Story 13 of many')
})

test('leaving a search leads back to the list as it was', async ({ reader }) => {
  const top = await settle(reader)
  await reader.page.keyboard.press('/')
  await reader.page.getByRole('searchbox').fill('bearing')
  await expect(reader.headline('why the ferry stopped')).toBeVisible()
  await reader.read('Harbour Gazette: why the ferry stopped')
  await reader.page.keyboard.press('Escape')
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Long Reads')
  await expectAsLeft(reader, top)
})

/** Where a paragraph lies, in px below the top of the article's pane. */
async function topOf(reader: ReaderWindow, n: number): Promise<number> {
  const [paragraph, pane] = await Promise.all([
    reader.text.locator('p', { hasText: `paragraph ${n}.` }).boundingBox(),
    reader.article.boundingBox(),
  ])
  return Math.round((paragraph?.y ?? Number.NaN) - (pane?.y ?? Number.NaN))
}

/** Scrolls until a paragraph stands near the top. */
async function readTo(reader: ReaderWindow, n: number): Promise<number> {
  await reader.article.hover()
  // Its frame may be laid out only now; until then a paragraph has no place.
  let top = Number.NaN
  await expect.poll(async () => (top = await topOf(reader, n))).toBeGreaterThan(30)
  // Not in one go, as nobody reads.
  await reader.page.mouse.wheel(0, 200)
  await expect.poll(() => topOf(reader, n)).toBe(top - 200)
  await reader.page.mouse.wheel(0, top - 230)
  await expect.poll(() => topOf(reader, n)).toBe(30)
  return 30
}

test('the place within an article is kept: by k and j, at another size of type, over reload and restart', async ({
  reader,
  app,
}) => {
  await reader.page.keyboard.press('j')
  await expect(reader.text.locator('p').first()).toContainText('Story 1, paragraph 1.')
  const top = await readTo(reader, 15)

  await reader.page.keyboard.press('j')
  await expect(reader.text.locator('p', { hasText: 'Story 2, paragraph 1.' })).toBeVisible()
  expect(await topOf(reader, 1)).toBeGreaterThan(100)
  await reader.page.keyboard.press('k')
  await expect(reader.text.locator('p').first()).toContainText('Story 1, paragraph 1.')
  await expect.poll(() => topOf(reader, 15)).toBe(top)

  await reader.page.setViewportSize({ width: 1000, height: 700 })
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - top)).toBeLessThan(30)
  await reader.page.setViewportSize({ width: 1280, height: 800 })
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - top)).toBeLessThan(4)

  await expect.poll(() => kept(app.dataDir)).toContain('Story 1, paragraph 15.')
  await reader.page.reload()
  await expect(title(reader)).toHaveText('Story 1 of many')
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - top)).toBeLessThan(4)
  await app.restart()
  await reopen(reader, app)
  await expect(title(reader)).toHaveText('Story 1 of many')
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - top)).toBeLessThan(4)
})

test('where one pane fits, the way back leads to the list and to the line as they were left', async ({ reader }) => {
  await reader.page.setViewportSize({ width: 480, height: 700 })
  const { keyboard } = reader.page
  const backToList = reader.article.getByRole('button', { name: 'Back to headlines' })
  await reader.headline('Story 1 of many').first().click()
  await expect(title(reader)).toHaveText('Story 1 of many')
  for (let step = 2; step <= 12; step += 1) await keyboard.press('j')
  await expect(title(reader)).toHaveText('Story 12 of many')
  await expect(reader.text.locator('p').first()).toContainText('Story 12, paragraph 1.')
  const line = await readTo(reader, 15)

  await backToList.click()
  const row = reader.headline('Story 12 of many')
  await expect(row).toBeVisible()
  await list(reader).hover()
  const before = await scrolled(reader)
  await reader.page.mouse.wheel(0, 90)
  await expect.poll(() => scrolled(reader)).toBe(before + 90)
  await row.click()
  await expect(backToList).toBeVisible()
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - line)).toBeLessThan(4)

  await backToList.click()
  await expect.poll(() => scrolled(reader)).toBe(before + 90)
  await reader.page.getByRole('button', { name: 'Show sources' }).click()
  await reader.source('Harbour Gazette').click()
  await reader.read('Harbour Gazette: why the ferry stopped')
  await backToList.click()
  await reader.page.getByRole('button', { name: 'Show sources' }).click()
  await reader.source('Long Reads').click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => scrolled(reader)).toBe(before + 90)
  await row.click()
  await expect(title(reader)).toHaveText('Story 12 of many')
  await expect.poll(async () => Math.abs((await topOf(reader, 15)) - line)).toBeLessThan(4)
})

function unreadIn(dataDir: string, feed: string): number {
  const db = new Database(`${dataDir}/broadsheet.db`, { readonly: true })
  const sql = 'SELECT COUNT(*) FROM articles JOIN feeds ON feeds.id = feed_id WHERE is_read = 0 AND feeds.title = ?'
  const count = db.prepare<[string], number>(sql).pluck().get(feed) ?? 0
  db.close()
  return count
}

function kept(dataDir: string): string {
  const db = new Database(`${dataDir}/broadsheet.db`, { readonly: true })
  const value = db.prepare<[], string>("SELECT value FROM facts WHERE name = 'lastPlace'").pluck().get()
  db.close()
  return value ?? ''
}

test('a picture that comes late moves no line that is read', async ({ reader }) => {
  await reader.read('Story 2 of many')
  await expect(reader.text.locator('p', { hasText: 'Story 2, paragraph 1.' })).toBeVisible()
  const top = await readTo(reader, 10)
  const height = () =>
    reader.text
      .getByRole('img', { name: 'Late' })
      .evaluate(image => (image as unknown as { clientHeight: number }).clientHeight)
  expect(await height()).toBeLessThan(400)
  gate.resolve()
  await expect.poll(height).toBeGreaterThan(600)
  await expect.poll(async () => Math.abs((await topOf(reader, 10)) - top)).toBeLessThan(4)
})
