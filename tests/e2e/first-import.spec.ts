/** A first import: the list fills by itself while the feeds come. */
import { expect, test } from '../support/e2e.ts'
import { contentTypes, writeFeed } from '../support/feed-formats.ts'
import { numberedPath } from '../support/sample-feeds.ts'

test('after a first import the list fills, without a pill and without a word twice', async ({ reader, feeds }) => {
  const late = numberedPath(2)
  const gate = Promise.withResolvers<void>()
  feeds.answer(late, async (_, response) => {
    await gate.promise
    const feed = feeds.feeds.get(late)!
    response.writeHead(200, { 'content-type': contentTypes[feed.format] }).end(writeFeed(feed, feeds.url + late))
  })
  const outlines = [numberedPath(1), late].map(path => `<outline type="rss" xmlUrl="${feeds.url}${path}"/>`).join('')
  const buffer = Buffer.from(`<opml version="2.0"><body>${outlines}</body></opml>`)
  const file = reader.page.locator('input[type=file]').first()
  await expect(file).toBeAttached()
  await file.setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer })
  const dialog = reader.page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('checkbox', { name: /These are mine/ }).check()
  await dialog.getByRole('button', { name: 'Import 2 feeds' }).click()
  await reader.page.getByRole('dialog', { name: 'Import finished' }).getByRole('button', { name: 'Done' }).click()

  await expect(reader.headline('Paper 1, story 3')).toBeVisible()
  const pill = reader.headlines.getByRole('button', { name: /\d new$/ })
  await expect(pill).toBeHidden()
  gate.resolve()
  await expect(reader.headline('Paper 2, story 3')).toBeVisible()
  await reader.expectCounts({ All: 6 })
  await expect(reader.headlines.getByRole('option')).toHaveCount(6)
  await expect(pill).toBeHidden()
})
