import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop
test.afterEach(() => desktop?.remove())

test('the window shows once painted, in the colour of the page', async () => {
  desktop = await openDesktop()
  const window = async () => (await desktop.facts()).windows[0]
  await expect.poll(window).toMatchObject({ isShown: true, title: 'Broadsheet', backgroundColor: '#ffffff' })
})

test('a window of which Chromium has painted nothing is shown all the same', async () => {
  desktop = await openDesktop(['--never-painted'])
  await expect.poll(async () => (await desktop.facts()).windows[0]?.isShown).toBe(true)
})

test('a second start hands its link to the first and ends', async () => {
  desktop = await openDesktop()
  expect(await desktop.startAgain(['feed:https://example.com/rss', '--inspect', 'https://example.com/other'])).toBe(0)
  await expect(desktop.page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('https://example.com/rss')
  expect((await desktop.facts()).windows).toHaveLength(1)
})

test('a link given at the start is shown, not followed', async () => {
  desktop = await openDesktop(['feed://example.com/rss'])
  await expect(desktop.page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('http://example.com/rss')
})

test('the menu reaches the page', async () => {
  desktop = await openDesktop()
  await desktop.ask('clickMenu', 'add-feed')
  await expect(desktop.page.getByRole('dialog')).toBeVisible()
})

test('closing remembers where the window was and leaves nothing running', async () => {
  desktop = await openDesktop()
  expect(JSON.parse(readFileSync(join(desktop.dataDir, 'running.json'), 'utf8'))).toMatchObject({
    host: 'electron',
    url: null,
  })
  const status = desktop.quit
  await desktop.ask('closeWindow').catch(() => undefined)
  expect(await status()).toBe(0)
  expect(JSON.parse(readFileSync(join(desktop.dataDir, 'window.json'), 'utf8'))).toMatchObject({
    width: 1280,
    height: 860,
  })
  expect(existsSync(join(desktop.dataDir, 'running.json'))).toBe(false)
})
