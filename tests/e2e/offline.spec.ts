/** That nobody answers, or only the network itself, is one line in the window, and no fault of any feed. */
import { createServer } from 'node:http'
import { letTimePass } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { listen, startFeedServer } from '../support/feed-server.ts'

test('offline is said once, in a line that goes when a server answers', async ({ reader, app, feeds }) => {
  const other = await startFeedServer()
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.follow(`${other.url}/atom.xml`, 'Orchard Notes')
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await other.close()
  await feeds.close()

  const { page } = reader
  const notice = page.getByRole('region', { name: 'Notice' })
  await page.keyboard.press('Shift+R')
  await expect(page.getByText('This computer is offline. Nothing was fetched.')).toBeVisible()
  await expect(notice).toHaveText('Offline: feeds are asked again when the network is back.')

  const back = await startFeedServer({ port: feeds.port })
  await page.keyboard.press('Shift+R')
  await expect(notice).toBeEmpty()
  await back.close()
})

test('a network that wants one to sign in says so once, and what to do, and goes with the button for it', async ({
  reader,
  app,
  feeds,
}) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await feeds.close()
  const hotel = await listen(
    createServer((_, response) => response.writeHead(511, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')),
    feeds.port,
  )

  const { page } = reader
  const notice = page.getByRole('region', { name: 'Notice' })
  await page.keyboard.press('Shift+R')
  await expect(page.getByText('This network wants you to sign in first. Nothing was fetched.')).toBeVisible()
  await expect(notice).toContainText('This network wants you to sign in first. Open any page in your browser')

  hotel.closeAllConnections()
  await new Promise(resolve => hotel.close(resolve))
  const back = await startFeedServer({ port: feeds.port })
  await notice.getByRole('button', { name: 'Refresh' }).click()
  await expect(notice).toBeEmpty()
  await back.close()
})
