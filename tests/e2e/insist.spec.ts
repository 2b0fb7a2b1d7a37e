/** Refreshing again too soon: it is said why nobody was asked, a second press insists, and no press leads past a server's own wish. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Broadsheet, broadsheet, letTimePass } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

const minute = 60_000
const askedOf = (feeds: FeedServer, path: string): number => feeds.requests.filter(one => one.path === path).length

test('a feed that was asked minutes ago is asked again by a second press, and not by the first', async ({
  reader,
  feeds,
  app,
}) => {
  await followed(reader, feeds, app)
  const before = askedOf(feeds, '/rss.xml')
  await reader.page.keyboard.press('r')
  const told = reader.toast('Fetched 2 minutes ago; press again to ask anyway.')
  await expect(told).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before)

  await reader.page.keyboard.press('r')
  await expect(reader.toast('Nothing new in 1 feed.')).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before + 1)
  await expect(told).toBeHidden()
})

test('whoever does something else between, or goes elsewhere, has not insisted', async ({ reader, feeds, app }) => {
  await followed(reader, feeds, app)
  const before = askedOf(feeds, '/rss.xml')
  const told = reader.toast('Fetched 2 minutes ago; press again to ask anyway.')
  await reader.page.keyboard.press('r')
  await expect(told).toBeVisible()
  for (const other of ['j', 'm']) {
    await reader.page.keyboard.press(other)
    await reader.page.keyboard.press('r')
    await expect(told).toBeVisible()
  }

  await reader.open('All')
  await expect(told).toBeHidden()
  await reader.page.keyboard.press('r')
  await expect(told).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before)
})

test('a key held down does not insist', async ({ reader, feeds, app }) => {
  await followed(reader, feeds, app)
  const before = askedOf(feeds, '/rss.xml')
  await reader.page.keyboard.down('r')
  const told = reader.toast('press again to ask anyway.')
  await expect(told).toBeVisible()
  // Playwright sends what a keyboard repeats for each further `down`.
  for (let n = 0; n < 5; n++) await reader.page.keyboard.down('r')
  await reader.page.keyboard.up('r')
  await expect(told).toBeVisible()
  await reader.page.keyboard.press('r')
  await expect(reader.toast('Nothing new in 1 feed.')).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before + 1)
})

for (const [hand, press] of [
  ['Shift+R', reader => reader.page.keyboard.press('Shift+R')],
  ['F5', reader => reader.page.keyboard.press('F5')],
  ['the button', reader => reader.sources.getByRole('button', { name: 'Refresh all' }).click()],
  ['the menu of the feed', reader => reader.choose('Harbour Gazette', 'Refresh')],
] as [string, (reader: ReaderWindow) => Promise<void>][])
  test(`${hand} insists as the key does`, async ({ reader, feeds, app }) => {
    await followed(reader, feeds, app)
    const before = askedOf(feeds, '/rss.xml')
    await press(reader)
    await expect(reader.toast('press again to ask')).toBeVisible()
    expect(askedOf(feeds, '/rss.xml')).toBe(before)
    await press(reader)
    await expect(reader.toast('Nothing new in 1 feed.')).toBeVisible()
    expect(askedOf(feeds, '/rss.xml')).toBe(before + 1)
  })

test('the message itself has a button that asks anyway', async ({ reader, feeds, app }) => {
  await followed(reader, feeds, app)
  const before = askedOf(feeds, '/rss.xml')
  await reader.page.keyboard.press('r')
  await reader.page.getByRole('button', { name: 'Ask anyway' }).click()
  await expect(reader.toast('Nothing new in 1 feed.')).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before + 1)
})

test('a server that asked to be left alone is left alone, however often one presses', async ({
  reader,
  feeds,
  app,
}) => {
  await followed(reader, feeds, app, 60 * minute)
  feeds.answer('/rss.xml', (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end('Not now'))
  await reader.page.keyboard.press('r')
  await expect(reader.toast('The feed could not be refreshed.')).toBeVisible()
  feeds.answer('/rss.xml', null)

  const before = askedOf(feeds, '/rss.xml')
  const told = reader.toast(/Its server wants to be left alone until .*\d:\d\d\. It was not asked\./)
  for (const key of ['r', 'r', 'r', 'Shift+R', 'F5']) {
    await reader.page.keyboard.press(key)
    await expect(told).toBeVisible()
    await dismiss(reader)
  }
  expect(askedOf(feeds, '/rss.xml')).toBe(before)
})

test('of a folder, what was asked minutes ago is counted, and a second press asks only that', async ({
  reader,
  feeds,
  app,
}) => {
  const paths = ['/rss.xml', '/atom.xml', '/feed.json']
  await app.restart(async dataDir => {
    const list = join(dataDir, 'list.opml')
    const outlines = paths.map(path => `<outline type="rss" text="${path}" xmlUrl="${feeds.url}${path}"/>`)
    await writeFile(
      list,
      `<opml version="2.0"><body><outline text="Papers">${outlines.join('')}</outline></body></opml>`,
    )
    await broadsheet(dataDir, 'import', list, '--allow-private')
    letTimePass(dataDir, 60 * minute)
    for (const path of ['/atom.xml', '/feed.json']) letTimePass(dataDir, -58 * minute, path)
  })
  await reopen(reader, app)
  await reader.open('Papers')
  const before = paths.map(path => askedOf(feeds, path))
  const more = () => paths.map((path, index) => askedOf(feeds, path) - before[index]!)

  await reader.page.keyboard.press('r')
  await expect(
    reader.toast(/2 of 3 were fetched lately, the last one .+ ago; press again to ask them too\./),
  ).toBeVisible()
  await expect(reader.toast(/in 1 feed\./)).toBeVisible()
  expect(more()).toEqual([1, 0, 0])

  await reader.page.keyboard.press('r')
  await expect(reader.toast(/in 2 feeds\./)).toBeVisible()
  expect(more()).toEqual([1, 1, 1])
})

test('a paused feed is not asked, and it is said why', async ({ reader, feeds, app }) => {
  await followed(reader, feeds, app, 60 * minute)
  await reader.choose('Harbour Gazette', 'Pause')
  await expect(reader.toast('Harbour Gazette is paused.')).toBeVisible()
  const before = askedOf(feeds, '/rss.xml')
  await reader.page.keyboard.press('r')
  await expect(reader.toast('Harbour Gazette is paused, so it was not asked.')).toBeVisible()
  await reader.page.keyboard.press('Shift+R')
  await expect(reader.toast('Harbour Gazette is paused, so it was not asked.')).toBeVisible()
  expect(askedOf(feeds, '/rss.xml')).toBe(before)
})

/** The reader looks at a feed that was last asked so long ago. */
async function followed(reader: ReaderWindow, feeds: FeedServer, app: Broadsheet, ago = 2 * minute): Promise<void> {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await app.restart(dataDir => letTimePass(dataDir, ago))
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
}

/** Takes away whatever is said at the foot of the window. */
async function dismiss({ page }: ReaderWindow): Promise<void> {
  const buttons = page.getByRole('button', { name: 'Dismiss' })
  // Some leave by themselves meanwhile.
  await expect(async () => {
    if ((await buttons.count()) > 0) await buttons.first().click({ timeout: 1_000 })
    await expect(buttons).toHaveCount(0, { timeout: 1 })
  }).toPass()
}
