/** One article that several of the reader's sources have: one row that names them, read at once, and apart where that is wanted. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { stock } from '../support/library.ts'

const report = 'The ferry across the harbour runs again from Monday, the port authority said. '.repeat(8)
const agency = Array.from({ length: 12 }, (_, n) => `Crew ${n} waits at pier ${n + 20}, as was said.`).join(' ')

type Own = { title: string; text?: string }

/** Serves a feed whose first article is the wire's, at the wire's address; the others are its own. */
function serve(feeds: FeedServer, path: string, title: string, own: Own[]): void {
  const item = (headline: string, text: string, link: string, hours: number) => {
    const at = new Date(Date.now() - hours * 3_600_000).toUTCString()
    return `<item><link>${link}</link><pubDate>${at}</pubDate><title>${headline}</title>
      <description><![CDATA[<p>${text}</p>]]></description></item>`
  }
  const items = [
    item('Harbour ferry runs again', report, 'https://wire.example/2026/ferry?utm_source=rss', 1),
    ...own.map((one, index) =>
      item(one.title, one.text ?? `${one.title}, as was said.`, `https://${path.slice(1)}.example/${index}`, index + 2),
    ),
  ]
  const body = `<rss version="2.0"><channel><title>${title}</title>${items.join('')}</channel></rss>`
  feeds.answer(path, (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body))
}

test('an article of three sources is one row that names them, opens each of them, and is read in all', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  serve(feeds, '/wire', 'Harbour Wire', [{ title: 'Bakery wins prize for rye bread' }])
  serve(feeds, '/herald', 'Herald', [{ title: 'Crews wait at all piers', text: agency }])
  serve(feeds, '/courier', 'The Daily Courier of the Northern Isles', [
    { title: 'At the piers, all wait', text: agency },
  ])
  await stock(app, feeds.url, { '': ['/wire'], Local: ['/herald', '/courier'] })
  await page.goto(app.url())
  await reader.open('All')
  // The report that two papers print under addresses of their own is found a second later.
  await reader.expectCounts({ All: 3, Local: 2 })

  const row = reader.headline('Harbour ferry runs again')
  await expect(row).toHaveCount(1)
  await expect(row).toContainText('and 2 more')
  await expect(row).toHaveAccessibleName(/^Unread, Harbour ferry runs again, .+, and 2 more of your sources, /)
  await reader.read('Harbour ferry runs again')
  await reader.expectCounts({ All: 2, Local: 1 })
  await checkPage(page, 'an article of several sources')

  const alsoIn = reader.article.getByText('Also in')
  const names = await alsoIn.getByRole('button').allTextContents()
  expect(names).toHaveLength(2)
  await alsoIn.getByRole('button', { name: names[0]!.trim() }).click()
  await expect(alsoIn).not.toContainText(names[0]!.trim())
  await expect(reader.article.locator('.source')).toContainText(names[0]!.trim())

  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('tab', { name: 'Reading' }).click()
  await dialog.getByRole('switch', { name: 'Fold the same article from several sources into one row' }).click()
  await page.keyboard.press('Escape')
  await expect(row).toHaveCount(3)
  await reader.expectCounts({ All: 3, Local: 2 })
})
