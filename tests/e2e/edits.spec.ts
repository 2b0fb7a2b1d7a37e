/** What a publisher changes in an article that was read. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

type Said = { title: string; text: string }

/** A feed with an article of which its publisher may say something else, and another. */
function serve(feeds: FeedServer, first: Said): { publish(said: Said): void } {
  let said = first
  feeds.answer('/coast.xml', (_, response) => {
    const item = `<item><title>${said.title}</title><guid isPermaLink="false">one</guid><pubDate>Thu, 12 Mar 2026 12:00:00 GMT</pubDate><description><![CDATA[${said.text}]]></description></item>`
    const other =
      '<item><title>Other news</title><guid isPermaLink="false">two</guid><description>Nothing.</description></item>'
    response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(`<rss version="2.0"><channel><title>Coast</title>${item}${other}</channel></rss>`)
  })
  return {
    publish(next) {
      said = next
    },
  }
}

/** Asks the feed for news, although it was asked just now. */
async function refresh(reader: ReaderWindow): Promise<void> {
  await reader.page.keyboard.press('r')
  await expect(reader.toast(/press again to ask anyway/)).toBeVisible()
  await reader.page.keyboard.press('r')
}

test('an article that is changed after it was read says so in the list and above its text, and shows what was changed', async ({
  reader,
  feeds,
  page,
}) => {
  const coast = serve(feeds, { title: 'Twelve boats', text: '<p>Boats came.</p><p>Twelve of them at dawn.</p>' })
  await reader.follow(`${feeds.url}/coast.xml`, 'Coast')
  await reader.read('Twelve boats')
  await reader.read('Other news')
  await reader.expectCounts({ Unread: 0 })

  coast.publish({ title: 'Fifteen boats', text: '<p>Boats came.</p><p>Fifteen of them at dawn.</p>' })
  await refresh(reader)
  await expect(reader.headline('Fifteen boats')).toHaveAccessibleName(/Edited/)
  await expect(reader.headline('Fifteen boats').getByTitle(/^Edited /)).toBeVisible()
  await expect(reader.headline('Other news')).not.toHaveAccessibleName(/Edited/)

  await reader.read('Fifteen boats')
  await expect(reader.article.getByText(/^Edited since you read it/)).toBeVisible()
  await reader.article.getByRole('button', { name: 'Show what changed' }).click()
  const changes = reader.article.getByRole('region', { name: 'What changed' })
  await expect(changes.getByRole('deletion')).toHaveText(['Twelve', 'Twelve'])
  await expect(changes.getByRole('insertion')).toHaveText(['Fifteen', 'Fifteen'])
  await expect(changes).toContainText('1 paragraph unchanged')
  await checkPage(page, 'an edited article')

  // It was read again: the row has no mark, and the article says quietly when it was.
  await expect(reader.headline('Fifteen boats')).not.toHaveAccessibleName(/Edited/)
  await reader.read('Other news')
  await reader.read('Fifteen boats')
  await expect(reader.article.getByText(/^Edited \d/)).toBeVisible()
  await expect(reader.article.getByText(/^Edited since you read it/)).toBeHidden()
  await expect(reader.article.getByRole('button', { name: 'Show what changed' })).toBeVisible()
})

test('an article that is changed while it is read says so, and its text stays until the reader wants the new one', async ({
  reader,
  feeds,
  page,
}) => {
  const coast = serve(feeds, { title: 'Twelve boats', text: '<p>Twelve came at dawn.</p>' })
  await reader.follow(`${feeds.url}/coast.xml`, 'Coast')
  await reader.read('Twelve boats')
  const text = reader.text.getByText('Twelve came at dawn.')
  const before = await text.boundingBox()

  coast.publish({ title: 'Fifteen boats', text: '<p>Fifteen came at dawn.</p>' })
  await refresh(reader)
  const note = reader.article.getByText('Changed by its publisher just now')
  await expect(note).toBeVisible()
  await expect(reader.headline('Fifteen boats')).toHaveAccessibleName(/Edited/)
  expect(await text.boundingBox()).toEqual(before)
  await expect(reader.article.getByRole('heading', { level: 2, name: 'Twelve boats' })).toBeVisible()
  await checkPage(page, 'an article changed while it is read')

  await note.getByRole('button', { name: 'Show' }).click()
  await expect(reader.text.getByText('Fifteen came at dawn.')).toBeVisible()
  await expect(note).toBeHidden()
  await expect(reader.article).toBeFocused()
  await expect(reader.headline('Fifteen boats')).not.toHaveAccessibleName(/Edited/)
})
