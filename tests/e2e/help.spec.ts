/** What is new, and the facts of a report of a fault: in dialogs, from what the program brings, without asking a server. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml'] })

async function openFromAbout(page: Page, button: string) {
  await page.keyboard.press(',')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'About' }).click()
  await settings.getByRole('button', { name: button }).press('Enter')
}

test('What’s New has the newest sections of the list of changes, which the program brings', async ({ reader }) => {
  const { page } = reader
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await openFromAbout(page, 'What’s New')
  const dialog = page.getByRole('dialog', { name: 'What’s New' })
  const list = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8')
  const versions = [...list.matchAll(/^## (.+)$/gm)].slice(0, 3).map(([, name]) => name)
  await expect(dialog.getByRole('heading', { level: 3 })).toHaveText(
    versions.map(name => (name === 'Unreleased' ? 'Not released yet' : `Version ${name}`)),
  )
  const first = /^- (.+)$/m.exec(list)?.[1]?.replaceAll('`', '') ?? ''
  await expect(dialog.getByRole('listitem').first()).toHaveText(first)
  await expect(dialog.locator('code', { hasText: 'npm run package' })).toBeAttached()
  await expect(dialog).not.toContainText('`')
  expect(asked.filter(url => new URL(url).origin !== new URL(page.url()).origin)).toEqual([])

  await checkPage(page, 'What’s New')
  // The text takes the keys that scroll.
  const body = dialog.getByRole('region')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(body).toBeFocused()
  await page.keyboard.press('End')
  await expect(dialog.getByRole('listitem').last()).toBeInViewport()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('Report a Fault has facts without addresses, titles or names, copies them and sends nothing', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openFromAbout(page, 'Report a Fault…')
  const dialog = page.getByRole('dialog', { name: 'Report a Fault' })
  await expect(dialog.getByText(/^\d+ articles?, 0 saved, /)).toBeVisible()
  await checkPage(page, 'Report a Fault')
  await dialog.getByRole('button', { name: 'Copy the facts' }).press('Enter')
  await expect(page.getByText('Copied the facts.')).toBeVisible()
  const text: string = await page.evaluate('navigator.clipboard.readText()')
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(text).toContain(`Broadsheet: ${version}\n`)
  expect(text).toContain('Feeds: 1 feed in 0 folders\n')
  expect(text).toContain('Feeds that fail: None\n')
  expect(text).toContain('Browser: Mozilla/5.0')
  expect(text).not.toContain('Harbour')
  expect(text).not.toContain(new URL(feeds.url).host)
  expect(text).not.toContain('://')
  await expect(dialog.getByRole('link')).toHaveAttribute('href', /^https:\/\/github\.com\//)
  expect(asked.filter(url => new URL(url).origin !== new URL(page.url()).origin)).toEqual([])
})
