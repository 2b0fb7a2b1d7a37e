/** Issue: follow a feed, read it, save it, the whole way through, with twenty feeds of all formats. */
import { expect, reopen, test } from '../support/e2e.ts'
import { numberedPath } from '../support/sample-feeds.ts'

const longDate = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })

test('twenty feeds of all formats are followed, listed, read, saved and counted', async ({ reader, feeds, app }) => {
  test.setTimeout(300_000)
  for (let n = 1; n <= 20; n += 1) {
    await reader.follow(feeds.url + numberedPath(n), `Numbered Paper ${n}`)
    await expect(reader.headline(`Paper ${n}, story 3`)).toBeVisible()
    await expect.poll(() => reader.titles()).toEqual([3, 2, 1].map(k => `Paper ${n}, story ${k}`))
    await reader.expectCounts({ All: n * 3, Unread: n * 3, [`Numbered Paper ${n}`]: 3, Saved: 0 })
  }

  for (let n = 1; n <= 20; n += 1) {
    await reader.open(`Numbered Paper ${n}`)
    await reader.read(`Paper ${n}, story 2`)
    const item = feeds.feeds.get(numberedPath(n))?.items.find(({ title }) => title === `Paper ${n}, story 2`)
    await expect(reader.text.locator('body')).toContainText(`This is story 2 of paper ${n}, told in full.`)
    await expect(reader.text.locator('em')).toHaveText('told in full')
    await expect(reader.article.getByText(`Post by Writer ${n}`)).toBeVisible()
    await expect(reader.article.getByText(longDate.format(item?.publishedAt))).toBeVisible()
    await expect(reader.article.getByText(`#Paper${n}`)).toBeVisible()
    await reader.expectCounts({ Unread: 60 - n, [`Numbered Paper ${n}`]: 2 })
  }

  await reader.open('Saved')
  await expect(reader.headlines).toContainText('You have not yet added any article to your bookmarks!')
  await reader.open('Numbered Paper 7')
  await reader.read('Paper 7, story 1')
  await reader.page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1, Unread: 39, 'Numbered Paper 7': 1 })

  await app.restart()
  await reopen(reader, app)
  await reader.expectCounts({ Saved: 1, Unread: 39, All: 39, 'Numbered Paper 7': 1 })

  await reader.choose('Numbered Paper 7', 'Unsubscribe')
  await expect(reader.toast('Saved articles were kept.')).toBeVisible()
  await expect(reader.source('Numbered Paper 7')).toBeHidden()
  await reader.expectCounts({ Saved: 1, Unread: 38 })
  await reader.open('Saved')
  await reader.read('Paper 7, story 1')
  await expect(reader.text.locator('body')).toContainText('This is story 1 of paper 7')

  await app.restart()
  await reopen(reader, app)
  await reader.open('Saved')
  await expect(reader.headline('Paper 7, story 1')).toBeVisible()
})

test('the Saved list, while empty, says how to fill it', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.open('Saved')
  await expect(
    reader.headlines.getByText('You have not yet added any article to your bookmarks!', { exact: true }).first(),
  ).toBeVisible()
  await expect(reader.headlines).toContainText('press s')
})

test('an article shows everything its feed says about it', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.read('Harbour Gazette: the ferry runs again')
  const { article, text } = reader
  await expect(article.getByText('Post by Maren Holt')).toBeVisible()
  await expect(article.getByText('#Transport')).toBeVisible()
  await expect(article.getByText('#Harbour', { exact: true })).toBeVisible()
  await expect(article.getByRole('link', { name: 'Open original' })).toHaveAttribute(
    'href',
    /articles\/harbour-gazette-3$/,
  )
  await expect(article.getByRole('link', { name: 'Comments' })).toBeVisible()
  await expect(text.getByRole('img', { name: 'The ferry' })).toBeVisible()
  const width = () =>
    text
      .getByRole('img', { name: 'The ferry' })
      .evaluate(img => (img as unknown as { naturalWidth: number }).naturalWidth)
  await expect.poll(width).toBe(640)

  await reader.read('Harbour Gazette: an ordinary Tuesday & its weather')
  await expect(article.getByRole('list', { name: 'Attachments' })).toContainText('harbour-gazette-1.mp3')
})
