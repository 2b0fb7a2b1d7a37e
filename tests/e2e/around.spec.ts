/** What stands around an article's text: its author, how long it takes, and what to read after it. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { stock } from '../support/library.ts'
import { colourOf, plainPng } from '../support/pictures.ts'

type Item = { title: string; text: string; author?: string; categories?: string[]; picture?: string }

const names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'

/** Serves a feed of these items, newest first. */
function serve(feeds: FeedServer, path: string, title: string, items: Item[]): void {
  const dated = items.map((item, index) => {
    const at = new Date(Date.now() - (index + 1) * 3_600_000).toUTCString()
    const tags = (item.categories ?? []).map(name => `<category>${name}</category>`).join('')
    const picture = item.picture ? `<enclosure type="image/png" url="${feeds.url}${item.picture}" length="9"/>` : ''
    return `<item><guid isPermaLink="false">${path}${index}</guid><pubDate>${at}</pubDate><title>${item.title}</title>
      <dc:creator>${item.author ?? 'Ada Quill'}</dc:creator>${tags}${picture}
      <content:encoded><![CDATA[<p>${item.text}</p>]]></content:encoded></item>`
  })
  const body = `<rss version="2.0" ${names}><channel><title>${title}</title>${dated.join('')}</channel></rss>`
  feeds.answer(path, (_, response) => response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body))
}

const filler = [
  'Bakery wins prize for rye bread',
  'Library opens on Sundays',
  'Rain expected until Thursday',
  'Orchestra rehearses in the old mill',
  'School garden feeds forty pupils',
].map(title => ({ title, text: `${title}, as was said.` }))

/** Two papers that both write about a lighthouse. */
function servePapers(feeds: FeedServer): void {
  serve(feeds, '/gazette.xml', 'Gazette', [
    {
      title: 'Lighthouse of Skerry Point sold to a grandson',
      text: 'The keeper’s grandson paid for it.',
      author: 'Bo Finch',
    },
    ...filler,
  ])
  serve(feeds, '/ferry.xml', 'Ferry News', [
    {
      title: 'Grandson of last keeper buys Skerry Point lighthouse',
      text: 'He means to light it.',
      author: 'Ada Quill, Bo Finch',
      categories: ['Coast'],
      picture: '/lamp.png',
    },
    { title: 'Timetable of the winter', text: `Bo Finch asks: ${'word '.repeat(900)}`, categories: ['Coast'] },
  ])
  feeds.answer('/lamp.png', (_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 360, colourOf('/lamp.png')))
  })
}

test('below an article stand the latest of its source and what another has on the same thing; it opens here, and leads back', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  servePapers(feeds)
  await stock(app, feeds.url, { '': ['/gazette.xml', '/ferry.xml'] })
  await page.goto(app.url())
  await reader.open('Gazette')
  await reader.read('Lighthouse of Skerry Point')

  const related = reader.article.getByRole('region', { name: 'Related' })
  await expect(related.getByRole('listitem')).toHaveCount(1)
  await expect(related).toContainText('Ferry News')
  await expect(related).toContainText('He means to light it.')
  await expect
    .poll(() => related.locator('li > img').evaluate(image => (image as { naturalWidth?: number }).naturalWidth))
    .toBeGreaterThan(0)
  const latest = reader.article.getByRole('region', { name: 'Latest from Gazette' })
  await expect(latest.getByRole('heading', { level: 4 })).toHaveText(filler.slice(0, 4).map(({ title }) => title))
  await checkPage(page, 'an article with what stands below it')

  // By keyboard: one stop for each.
  await related.getByRole('button', { name: 'Read more: Grandson of last keeper' }).focus()
  await page.keyboard.press('Enter')
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Grandson of last keeper' })).toBeVisible()
  await expect(reader.article).toBeFocused()
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Gazette' })).toBeVisible()
  await reader.expectCounts({ 'Ferry News': 1 })

  // What keys do is done to the article that is open, not to the one chosen in the list.
  await page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  await expect(reader.article.getByRole('button', { name: 'Remove from saved' })).toBeVisible()

  await reader.article.getByRole('button', { name: /^Back to “Lighthouse of Skerry Point/ }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Lighthouse of Skerry Point' })).toBeVisible()
  await expect(reader.article.getByRole('button', { name: /^Back to “/ })).toHaveCount(0)

  // The list goes on where it was.
  await page.keyboard.press('j')
  await expect(reader.article.getByRole('heading', { level: 2, name: filler[0]!.title })).toBeVisible()
})

test('what was read just now is not among the latest, and without relations there is no such heading', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  servePapers(feeds)
  await stock(app, feeds.url, { '': ['/gazette.xml'] })
  await page.goto(app.url())
  await reader.open('Gazette')
  await reader.read(filler[0]!.title)
  await reader.read(filler[1]!.title)
  await reader.read(filler[2]!.title)

  const latest = reader.article.getByRole('region', { name: 'Latest from Gazette' })
  await expect(latest.getByRole('heading', { level: 4 })).toHaveText([
    'Lighthouse of Skerry Point sold to a grandson',
    filler[3]!.title,
    filler[4]!.title,
  ])
  await expect(reader.article.getByRole('region', { name: 'Related' })).toHaveCount(0)
})

test('the byline leads to what else each author has written, and says how long a long article takes', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  servePapers(feeds)
  await stock(app, feeds.url, { '': ['/gazette.xml', '/ferry.xml'] })
  await page.goto(app.url())
  await reader.open('Ferry News')
  await reader.read('Timetable of the winter')
  await expect(reader.article.getByText('4 min read')).toBeVisible()
  await reader.read('Grandson of last keeper')
  await expect(reader.article.getByText('min read')).toHaveCount(0)

  await reader.article.getByRole('button', { name: 'Bo Finch' }).click()
  await reader.expectRows()
  expect((await reader.titles()).sort()).toEqual([
    'Grandson of last keeper buys Skerry Point lighthouse',
    'Lighthouse of Skerry Point sold to a grandson',
  ])
})

test('the space bar goes from the end of an article to the next unread one, past what stands below it', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  servePapers(feeds)
  await stock(app, feeds.url, { '': ['/gazette.xml'] })
  await page.goto(app.url())
  await reader.open('Gazette')
  await reader.read('Lighthouse of Skerry Point')
  await expect(reader.article.getByRole('region', { name: 'Latest from Gazette' })).toBeAttached()
  await page.keyboard.press('Space')
  await expect(reader.article.getByRole('heading', { level: 2, name: filler[0]!.title })).toBeVisible()
})
