/** What a publisher changes in an article that was read. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

test('an article that is changed after it was read says so in the list and above its text, and shows what was changed', async ({
  reader,
  feeds,
  page,
}) => {
  let said = { title: 'Twelve boats', text: '<p>Boats came.</p><p>Twelve of them at dawn.</p>' }
  feeds.answer('/coast.xml', (_, response) => {
    const item = `<item><title>${said.title}</title><guid isPermaLink="false">one</guid><pubDate>Thu, 12 Mar 2026 12:00:00 GMT</pubDate><description><![CDATA[${said.text}]]></description></item>`
    const other =
      '<item><title>Other news</title><guid isPermaLink="false">two</guid><description>Nothing.</description></item>'
    response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(`<rss version="2.0"><channel><title>Coast</title>${item}${other}</channel></rss>`)
  })
  await reader.follow(`${feeds.url}/coast.xml`, 'Coast')
  await reader.read('Twelve boats')
  await reader.read('Other news')
  await reader.expectCounts({ Unread: 0 })

  said = { title: 'Fifteen boats', text: '<p>Boats came.</p><p>Fifteen of them at dawn.</p>' }
  await page.keyboard.press('r')
  await expect(reader.toast(/press again to ask anyway/)).toBeVisible()
  await page.keyboard.press('r')
  await expect(reader.headline('Fifteen boats')).toHaveAccessibleName(/Edited/)
  await expect(reader.headline('Other news')).not.toHaveAccessibleName(/Edited/)

  await reader.read('Fifteen boats')
  await expect(reader.article.getByText(/^Edited since you read it/)).toBeVisible()
  await reader.article.getByRole('button', { name: 'Show what changed' }).click()
  const changes = reader.article.getByRole('region', { name: 'What changed' })
  await expect(changes.getByRole('deletion')).toHaveText(['Twelve', 'Twelve'])
  await expect(changes.getByRole('insertion')).toHaveText(['Fifteen', 'Fifteen'])
  await expect(changes).toContainText('1 paragraph unchanged')
  await checkPage(page, 'an edited article')
})
