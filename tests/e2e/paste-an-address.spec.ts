/** Whatever goes wrong with an address is said in plain words, and what was typed stays. */
import { createServer } from 'node:net'
import { expect, test } from '../support/e2e.ts'

const cases = [
  { name: 'nonsense', path: 'not an address', says: /address/i },
  { name: 'a page that is not there', path: '/not-found', says: /404|not there|no such|does not exist|not found/i },
  { name: 'a page that forbids us', path: '/forbidden', says: /403|refus|not allowed|forbid|let/i },
  { name: 'a feed that is gone', path: '/gone', says: /gone|410/i },
  { name: 'a server that breaks', path: '/error', says: /500|server/i },
  { name: 'a server that is too busy', path: '/busy', says: /later|busy|wait/i },
  { name: 'a site without a feed', path: '/site-without-feed', says: /no feed|feed/i },
  { name: 'a page sent as a feed', path: '/page-typed-as-feed.xml', says: /feed/i },
  { name: 'redirects in a circle', path: '/loop', says: /redirect|circle|round/i },
  { name: 'a connection that is cut', path: '/reset', says: /connection|answer|reach|broke/i },
]

for (const { name, path, says } of cases)
  test(`${name} is explained, and the address stays`, async ({ reader, feeds }) => {
    const typed = path.startsWith('/') ? feeds.url + path : path
    const field = await reader.askForFeed()
    await field.fill(typed)
    await field.press('Enter')
    await expect(reader.page.getByRole('status').filter({ hasText: says }).first()).toBeVisible({ timeout: 20_000 })
    await expect(field).toHaveValue(typed)
    await expect(field).toBeEditable()
  })

test('a port where nobody listens is explained, and the address stays', async ({ reader }) => {
  const free = await freePort()
  const typed = `http://127.0.0.1:${free}/feed`
  const field = await reader.askForFeed()
  await field.fill(typed)
  await field.press('Enter')
  await expect(
    reader.page
      .getByRole('status')
      .filter({ hasText: /refused|nobody|no answer|connect/i })
      .first(),
  ).toBeVisible()
  await expect(field).toHaveValue(typed)
})

test('a host that does not exist is explained, and the address stays', async ({ reader }) => {
  const field = await reader.askForFeed()
  await field.fill('http://no-such-host.invalid/feed')
  await field.press('Enter')
  await expect(reader.page.getByRole('status').filter({ hasText: 'no-such-host.invalid' }).first()).toBeVisible({
    timeout: 20_000,
  })
  await expect(field).toHaveValue('http://no-such-host.invalid/feed')
})

test('a site with several feeds lets one choose, with a taste of each', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/feed.json`, 'Paper Kite')
  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/site`)
  await field.press('Enter')
  const dialog = reader.page.getByRole('dialog', { name: 'Add a feed' })
  await expect(dialog.getByRole('checkbox', { name: 'Harbour Gazette', exact: true })).toBeVisible()
  await expect(dialog).toContainText('Harbour Gazette: the ferry runs again')
  await dialog.getByRole('checkbox', { name: 'Orchard Notes' }).check()
  await dialog.getByRole('button', { name: /^Follow/ }).click()
  await expect(reader.source('Orchard Notes')).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('a feed that is followed already is named, and one click goes there', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.open('All')
  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/rss.xml`)
  await field.press('Enter')
  const dialog = reader.page.getByRole('dialog', { name: 'Add a feed' })
  await expect(dialog.getByRole('status').first()).toContainText('You already follow Harbour Gazette')
  await dialog.getByRole('button', { name: 'Go there' }).click()
  await expect(reader.headlines.getByRole('heading', { name: 'Harbour Gazette' })).toBeVisible()
})

test('a site with one feed is followed at once', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/site-with-one-feed`, 'Paper Kite')
  await reader.expectCounts({ 'Paper Kite': 3 })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 1
}
