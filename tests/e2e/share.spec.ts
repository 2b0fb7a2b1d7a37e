/** Sharing an article by addresses of the user's own. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

test.use({ viewport: { width: 900, height: 700 } })

test('an address of one’s own is added, refused in plain words while it is wrong, and opened with the article', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  feeds.answer('/post.xml', (_, response) => {
    const item = `<item><guid>1</guid><link>${feeds.url}/tides</link><title>Tides &amp; moons</title></item>`
    response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(`<rss version="2.0"><channel><title>Post</title>${item}</channel></rss>`)
  })
  await reader.follow(`${feeds.url}/post.xml`, 'Post')
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Sharing' }).click()
  await page.getByRole('button', { name: 'Mastodon' }).click()
  const address = page.getByRole('textbox', { name: 'Address' }).nth(1)
  await expect(page.getByText('Put the name of your own server here.')).toBeVisible()
  await address.fill('file:///{url}')
  await expect(page.getByText('Only https, mailto and these programs can be opened')).toBeVisible()
  await checkPage(page, 'the settings of sharing')
  await address.fill('https://toots.example/share?text={title}%20{url}')
  await address.press('Tab')
  await page.getByRole('button', { name: 'Move Mastodon up' }).click()
  await page.keyboard.press('Escape')

  await reader.read('Tides & moons')
  await page.getByRole('button', { name: 'More actions' }).click()
  const shared = page.getByRole('menuitem', { name: /^Share: / })
  await expect(shared).toHaveText(['Share: Mastodon', 'Share: Mail'])
  const asked: string[] = []
  await page.context().route(/toots/, route => {
    asked.push(route.request().url())
    return route.fulfill({ contentType: 'text/plain', body: 'elsewhere' })
  })
  await Promise.all([page.context().waitForEvent('page'), shared.first().click()])
  await expect
    .poll(() => asked)
    .toEqual([`https://toots.example/share?text=Tides%20%26%20moons%20${encodeURIComponent(`${feeds.url}/tides`)}`])
})
