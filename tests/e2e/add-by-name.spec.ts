/** Names in place of addresses: the offline catalogue is searched as one types and open at any time; handles are understood. */
import type { Locator } from 'playwright/test'
import { announceFromHost, answerInstead } from '../support/answers.ts'
import { checkPage } from '../support/axe.ts'
import { carryCatalogue, catalogueFeed } from '../support/catalogue.ts'
import { expect, test } from '../support/e2e.ts'
import type { ReaderWindow } from '../support/window.ts'

test.beforeEach(async ({ page, feeds }) => {
  const at = (path: string): string => `${feeds.url}${path}`
  await carryCatalogue(page, {
    Places: [
      catalogueFeed('The Gazette: Harbour', at('/rss.xml'), 'www.gazette.example'),
      catalogueFeed('The Gazette: Orchards', at('/atom.xml'), 'www.gazette.example'),
      catalogueFeed('The Gazette: Lost pages', at('/not-found'), 'www.gazette.example'),
    ],
    Pastimes: [
      catalogueFeed('Paper Kite', at('/feed.json'), 'kite.example'),
      catalogueFeed('Zeitung für Drachen', at('/numbered/1'), 'drachen.example', 'de'),
    ],
  })
})

const dialogOf = ({ page }: ReaderWindow): Locator => page.getByRole('dialog', { name: 'Add a feed' })

test('on the first run a name finds what the catalogue has of it, and the keyboard follows it', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  const field = await reader.askForFeed()
  await expect(field).toBeFocused()
  // Beside the field, keys that need an article or a list say nothing.
  await page.keyboard.press('Tab')
  for (const key of ['n', 'y', 'r', '?']) await page.keyboard.press(key)
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  expect(await page.getByRole('button', { name: 'Dismiss' }).count()).toBe(0)
  await page.keyboard.press('Escape')

  await field.fill('nothing of that name')
  await expect(page.getByText('Nothing of that name is in the catalogue.')).toBeVisible()
  await field.fill('the gazette')
  await expect(page.getByText('In the catalogue: 3 feeds')).toBeVisible()
  expect(feeds.requests).toEqual([])

  await field.press('Enter')
  const found = page.getByRole('group', { name: 'Feeds of the catalogue' })
  await expect(found.getByRole('checkbox', { name: 'The Gazette: Harbour' })).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(reader.headlines.getByRole('heading', { name: 'The Gazette: Harbour' })).toBeVisible()
  await reader.expectCounts({ 'The Gazette: Harbour': 3, All: 3 })
})

test('a name that only one feed has is followed by Enter, whatever its case and accents', async ({ reader }) => {
  const field = await reader.askForFeed()
  await field.fill('ZEITUNG FUR')
  await expect(reader.page.getByText('In the catalogue: 1 feed')).toBeVisible()
  await field.fill('kite.example')
  await field.fill('paper k')
  await field.press('Enter')
  await expect(reader.headlines.getByRole('heading', { name: 'Paper Kite' })).toBeVisible()

  const again = await reader.askForFeed()
  await again.fill('paper kite')
  await again.press('Enter')
  await expect(dialogOf(reader)).toContainText('You already follow Paper Kite')
})

test('several are ticked in several searches and followed together, and what is followed says so', async ({
  reader,
}) => {
  await follow(reader, 'paper', 'Paper Kite')
  const dialog = dialogOf(reader)
  const field = await reader.askForFeed()
  await field.fill('gazette orch')
  await dialog.getByRole('checkbox', { name: 'The Gazette: Orchards' }).check()
  await field.fill('harbour')
  await dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' }).check()
  await expect(dialog.getByRole('group', { name: 'Also chosen' })).toContainText('The Gazette: Orchards')
  await dialog.getByRole('button', { name: 'Follow 2 feeds' }).click()
  await expect(dialog).toBeHidden()
  await reader.expectCounts({ 'The Gazette: Harbour': 3, 'The Gazette: Orchards': 3, 'Paper Kite': 3 })

  await reader.askForFeed()
  await field.fill('kite')
  await expect(dialog.getByText('You follow this')).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'Paper Kite' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Go there' }).click()
  await expect(reader.headlines.getByRole('heading', { name: 'Paper Kite' })).toBeVisible()
})

test('a preview shows the latest articles, asks once, and goes again', async ({ reader, feeds }) => {
  await follow(reader, 'paper', 'Paper Kite')
  const dialog = dialogOf(reader)
  const field = await reader.askForFeed()
  await field.fill('gazette')
  const preview = dialog.getByRole('button', { name: 'Preview The Gazette: Harbour' })
  await preview.press('Enter')
  await expect(dialog).toContainText('Harbour Gazette: the ferry runs again')
  await expect(preview).toBeFocused()
  await preview.press('Enter')
  await expect(dialog).not.toContainText('Harbour Gazette: the ferry runs again')

  await dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' }).check()
  await dialog.getByRole('button', { name: 'Follow 1 feed' }).click()
  await reader.expectCounts({ 'The Gazette: Harbour': 3 })
  expect(feeds.requests.filter(({ path }) => path === '/rss.xml')).toHaveLength(1)
})

test('one that cannot be had is named with its reason, and the others are followed', async ({ reader }) => {
  await follow(reader, 'paper', 'Paper Kite')
  const dialog = dialogOf(reader)
  const field = await reader.askForFeed()
  await field.fill('gazette')
  for (const name of ['The Gazette: Orchards', 'The Gazette: Lost pages'])
    await dialog.getByRole('checkbox', { name }).check()
  await dialog.getByRole('button', { name: 'Follow 2 feeds' }).click()
  await expect(dialog.getByText('404')).toBeVisible()
  await expect(dialog.getByText('You follow this')).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'The Gazette: Lost pages' })).toBeChecked()
  await reader.expectCounts({ 'The Gazette: Orchards': 3 })
})

test('a slip of a finger is guessed, and a name that nobody has is told in words, without asking anybody', async ({
  reader,
  feeds,
}) => {
  await follow(reader, 'paper', 'Paper Kite')
  const asked = () => feeds.requests.filter(({ path }) => /rss|atom|not-found/.test(path))
  const dialog = dialogOf(reader)
  const field = await reader.askForFeed()
  await field.fill('gazete')
  await expect(dialog.getByRole('status').filter({ hasText: 'Did you mean one of these?' })).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' })).toBeVisible()

  await field.fill('zzzzqq')
  await field.press('Enter')
  await expect(dialog.getByRole('status').first()).toContainText(
    '“zzzzqq” is no address, and Broadsheet’s catalogue has nothing of that name.',
  )
  await expect(dialog.getByRole('button', { name: 'Look at zzzzqq.com' })).toBeVisible()
  await expect(field).toHaveValue('zzzzqq')
  expect(asked()).toEqual([])
})

test('handles offer the places where they may be, and Enter looks at the likeliest', async ({ reader, page, app }) => {
  await follow(reader, 'paper', 'Paper Kite')
  await page.goto('about:blank')
  const looked: string[] = []
  await answerInstead(page, {
    discover: ({ address }) => {
      looked.push(address)
      return { kind: 'failed', failure: { reason: 'http', status: 404 } }
    },
  })
  await page.goto(app.url())
  await reader.expectCounts({ 'Paper Kite': 3 })
  const dialog = dialogOf(reader)
  const field = await reader.askForFeed()
  for (const [typed, places] of [
    ['@someone', ['YouTube: @someone', 'Medium: @someone']],
    ['r/linux', ['Reddit: r/linux']],
    ['@user@social.example', ['Mastodon: @user@social.example']],
    ['nodejs/node', ['GitHub: nodejs/node']],
  ] as const) {
    await field.fill(typed)
    await expect(dialog.getByRole('group', { name: 'Where to look' }).getByRole('button')).toHaveText([...places])
  }
  await field.fill('gazette')
  await expect(dialog.getByRole('group', { name: 'Where to look' })).toHaveCount(0)

  await field.fill('@someone')
  await field.press('Enter')
  await expect(dialog.getByRole('status').first()).toContainText('@someone: There is nothing at this address')
  await dialog.getByRole('button', { name: 'Medium: @someone' }).click()
  await expect(field).toHaveValue('https://medium.com/@someone')
  await expect(dialog.getByRole('status').first()).toContainText('https://medium.com/@someone: There is nothing')
  expect(looked).toEqual(['@someone', 'https://medium.com/@someone'])
})

for (const width of [640, 1600])
  test(`the whole catalogue is open at any time, by keyboard, into a folder, ${width} px wide`, async ({ reader }) => {
    const { page } = reader
    await follow(reader, 'paper', 'Paper Kite')
    await page.setViewportSize({ width, height: 800 })
    await page.keyboard.press('+')
    const dialog = dialogOf(reader)
    await dialog.getByRole('combobox', { name: 'Folder' }).selectOption('New folder…')
    await dialog.getByRole('textbox', { name: 'Name of the new folder' }).fill('Mornings')
    await dialog.getByRole('button', { name: 'Browse the catalogue' }).press('Enter')
    await expect(dialog.getByRole('button', { name: 'Hide the catalogue' })).toBeFocused()

    await expect(dialog.getByRole('group', { name: 'Places' })).toBeVisible()
    await expect(dialog.getByRole('checkbox', { name: 'Paper Kite' })).toBeDisabled()
    await expect(dialog.getByRole('checkbox', { name: 'Zeitung für Drachen' })).toHaveCount(0)
    await dialog.getByRole('button', { name: 'All languages' }).press('Enter')
    await expect(dialog.getByRole('checkbox', { name: 'Zeitung für Drachen' })).toBeVisible()

    await dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' }).press('Space')
    await expect(dialog.getByRole('button', { name: 'Follow 1 feed' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(reader.headlines.getByRole('heading', { name: 'The Gazette: Harbour' })).toBeVisible()
    await page.setViewportSize({ width: 1600, height: 800 })
    await expect(reader.source('Mornings')).toBeVisible()
  })

test('what went wrong is said of the address that was typed', async ({ reader, feeds }) => {
  const field = await reader.askForFeed()
  await field.fill(`${feeds.url}/not-found`)
  await field.press('Enter')
  await expect(
    reader.page.getByRole('status').filter({ hasText: `${feeds.url}/not-found: There is nothing` }),
  ).toBeVisible()
  await field.fill(`${feeds.url}/site-without-feed`)
  await field.press('Enter')
  await expect(
    reader.page.getByRole('status').filter({ hasText: `No feed was found at ${feeds.url}/site-without-feed.` }),
  ).toBeVisible({ timeout: 20_000 })
})

test('a link that was opened elsewhere is shown, and nobody is asked before one says so', async ({
  reader,
  feeds,
  page,
}) => {
  await follow(reader, 'paper', 'Paper Kite')
  await reader.expectCounts({ 'Paper Kite': 3 })
  const asked = () => feeds.requests.filter(({ path }) => path === '/rss.xml').length

  await announceFromHost(page, 'open-address', { address: `${feeds.url}/rss.xml` })
  const dialog = dialogOf(reader)
  const field = dialog.getByRole('textbox', { name: 'Address or name' })
  await expect(field).toHaveValue(`${feeds.url}/rss.xml`)
  await expect(field).toBeFocused()
  // The engine answers in turn: what the dialog had asked would be answered by now.
  await dialog.getByRole('button', { name: 'Browse the catalogue' }).click()
  await expect(dialog.getByRole('button', { name: 'Hide the catalogue' })).toBeVisible()
  await expect(dialog).toBeVisible()
  expect(asked()).toBe(0)

  await field.press('Enter')
  await expect(reader.headlines.getByRole('heading', { name: 'Harbour Gazette' })).toBeVisible()
  expect(asked()).toBe(1)
})

for (const width of [640, 900, 1600])
  test(`names and the catalogue pass axe, ${width} px wide`, async ({ reader }) => {
    const { page } = reader
    await page.setViewportSize({ width, height: 800 })
    const field = await reader.askForFeed()
    await field.fill('gazette')
    await expect(page.getByText('In the catalogue: 3 feeds')).toBeVisible()
    await checkPage(page, 'a name on the first page')
    await field.fill('kite')
    await field.press('Enter')
    await expect(reader.headlines.getByRole('heading', { name: 'Paper Kite' })).toBeVisible()

    await page.keyboard.press('+')
    const dialog = dialogOf(reader)
    const name = dialog.getByRole('textbox', { name: 'Address or name' })
    await name.fill('gazette')
    await dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' }).check()
    await dialog.getByRole('button', { name: 'Preview The Gazette: Orchards' }).click()
    await expect(dialog).toContainText('Orchard Notes')
    await checkPage(page, 'a name in the dialog')
    await name.fill('@someone')
    await checkPage(page, 'a handle')
    await name.fill('zzzzqq')
    await dialog.getByRole('checkbox', { name: 'The Gazette: Harbour' }).uncheck()
    await name.press('Enter')
    await expect(dialog).toContainText('is no address')
    await checkPage(page, 'an unknown name')
    await name.fill('')
    await dialog.getByRole('button', { name: 'Browse the catalogue' }).click()
    await expect(dialog.getByRole('group', { name: 'Places' })).toBeVisible()
    await checkPage(page, 'the catalogue')
  })

/** Follows the one feed of the catalogue that has this name, from the first page. */
async function follow(reader: ReaderWindow, name: string, title: string): Promise<void> {
  const field = await reader.askForFeed()
  await field.fill(name)
  await field.press('Enter')
  await expect(reader.headlines.getByRole('heading', { name: title })).toBeVisible()
}
