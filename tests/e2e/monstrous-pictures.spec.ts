/** Icons and pictures that a browser could not show in its lifetime. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright/test'
import { expect, reopen, test } from '../support/e2e.ts'
import { monsters } from '../support/monsters.ts'

/** A window that is busy for good never answers; a busy machine takes its time. */
const patience = 5_000

/** Asks the window again and again, for as long as pictures may take to come. */
async function longestSilence(page: Page, forMs: number): Promise<number> {
  const until = Date.now() + forMs
  let longest = 0
  while (Date.now() < until) {
    const asked = Date.now()
    await page.evaluate('new Promise(resolve => requestAnimationFrame(resolve))')
    longest = Math.max(longest, Date.now() - asked)
  }
  return longest
}

/** Feeds whose icons an earlier version kept as they came. */
function keepMonstrousIcons(dataDir: string): void {
  const db = new Database(join(dataDir, 'broadsheet.db'))
  const insertFeed = db.prepare(
    'INSERT INTO feeds (url, title, position, added_at, icon_version, next_check_at) VALUES (?, ?, ?, 0, ?, 9e15)',
  )
  const insertIcon = db.prepare(
    "INSERT INTO icons (feed_id, type, bytes, checked_at) VALUES (?, 'image/svg+xml', ?, ?)",
  )
  for (const [index, [name, svg]] of monsters.entries()) {
    const { lastInsertRowid } = insertFeed.run(`http://127.0.0.1:9/${index}`, `Feed of ${name}`, 100 + index, '1')
    insertIcon.run(lastInsertRowid, Buffer.from(svg), Date.now())
  }
  db.close()
}

test('a window beside monstrous icons that were kept answers at once, and lists its sources', async ({
  app,
  reader,
  feeds,
}) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await app.restart(keepMonstrousIcons)
  await reopen(reader, app)
  await expect(reader.source('Feed of a use of uses')).toBeVisible({ timeout: patience })
  expect(await longestSilence(reader.page, 8_000)).toBeLessThan(patience)
  await reader.open('Harbour Gazette')
})

test('an SVG in an article is shown in its size, and a monstrous one beside it is not', async ({ reader, feeds }) => {
  const figure =
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="red"/></svg>'
  feeds.answer(
    '/figure.svg',
    (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end(figure),
  )
  for (const [index, [, svg]] of monsters.entries())
    feeds.answer(`/monster${index}.svg`, (_, response) => void response.end(svg))
  const pictures = monsters.map((_, index) => `<img src="${feeds.url}/monster${index}.svg" alt="monster">`)
  feeds.addArticle('/rss.xml', {
    id: 'figures',
    title: 'Figures',
    url: `${feeds.url}/figures`,
    publishedAt: Date.now(),
    html: `<p>See the figure.</p><img src="${feeds.url}/figure.svg" alt="a figure">${pictures.join('')}`,
  })
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.read('Figures')
  const shown = reader.text.getByRole('img', { name: 'a figure' })
  await expect(shown).toHaveJSProperty('naturalWidth', 40, { timeout: 30_000 })
  await expect(shown).toHaveJSProperty('naturalHeight', 30)
  expect(await longestSilence(reader.page, 8_000)).toBeLessThan(patience)
})
