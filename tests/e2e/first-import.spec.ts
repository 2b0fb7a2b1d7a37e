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

test('a feed that could not be fetched says why in its list, and the import alone tells of it', async ({
  reader,
  feeds,
}) => {
  const { page, headlines } = reader
  const outlines = [numberedPath(1), '/not-here.xml'].map(
    path => `<outline type="rss" text="At ${path}" xmlUrl="${feeds.url}${path}"/>`,
  )
  const buffer = Buffer.from(`<opml version="2.0"><body>${outlines.join('')}</body></opml>`)
  const file = page.locator('input[type=file]').first()
  await expect(file).toBeAttached()
  await file.setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer })
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('checkbox', { name: /These are mine/ }).check()
  await dialog.getByRole('button', { name: 'Import 2 feeds' }).click()
  const result = page.getByRole('dialog', { name: 'Import finished' })
  await expect(result.getByRole('status').filter({ hasText: '1 of those added could not be fetched' })).toBeAttached()
  await result.getByRole('button', { name: 'Done' }).click()
  await expect(result).toBeHidden()

  await reader.goTo('At /not-here.xml')
  await expect(headlines).toContainText('There is nothing at this address (error 404).')
  // At once: a toast would leave by itself.
  expect(await page.getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
  await headlines.getByRole('button', { name: 'What to do…' }).click()
  const health = page.getByRole('dialog', { name: 'Feed health' })
  await expect(health.getByRole('button', { name: 'Change address…' })).toBeVisible()
  await health.getByRole('button', { name: 'Pause' }).click()
  await health.getByRole('button', { name: 'Done' }).click()
  await headlines.getByRole('button', { name: 'Paused' }).click()
  await expect(health.getByRole('button', { name: 'Resume' })).toBeVisible()
})
