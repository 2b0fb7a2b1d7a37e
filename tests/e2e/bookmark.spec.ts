import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'

const program = join(import.meta.dirname, '..', '..', 'out', 'main', 'start.js')
const dataDir = mkdtempSync(join(tmpdir(), 'broadsheet-bookmark-'))
let child: ChildProcess | undefined
test.afterEach(async () => {
  const ended = new Promise(resolve => child?.once('exit', resolve))
  child?.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

test('the bookmark shows a page’s address in the window that is open, and its own tab gets nothing', async ({
  context,
  page,
}) => {
  const port = await freePort()
  child = spawn(process.execPath, [
    program,
    '--data',
    dataDir,
    '--no-open',
    '--port',
    String(port),
    'feed:https://given.example/rss',
  ])
  const [line] = await once(child.stdout!, 'data')
  await page.goto(String(line).match(/http:\S+/)?.[0] ?? 'about:blank')
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'Address or name' })
  // A link of the command line comes with the address that is opened.
  await expect(field).toHaveValue('https://given.example/rss')
  expect(page.url()).toBe(`http://127.0.0.1:${port}/`)
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // The caret is in the field of the first page.
  await page.getByRole('button').first().focus()
  await page.keyboard.press(',')
  await dialog.getByRole('tab', { name: 'Desktop' }).click()
  const bookmark = dialog.getByRole('link', { name: 'Subscribe with Broadsheet' })
  const code = String(await bookmark.getAttribute('href'))
  await bookmark.click()
  await expect(dialog.getByRole('status').filter({ hasText: 'It is for the bookmarks' })).toBeVisible()

  // As a browser runs it on a page of another site.
  const other = await context.newPage()
  await other.route('http://site.example/**', route =>
    route.fulfill({ contentType: 'text/html', body: '<title>A</title>' }),
  )
  const press = async (address: string) => {
    await other.goto(address)
    const opening = context.waitForEvent('page')
    await other.evaluate(code.replace('javascript:', ''))
    return opening
  }
  const tab = await press('http://site.example/a?b=1#c')
  await expect(tab.getByText('It shows http://site.example/a?b=1#c in its add dialog')).toBeVisible()
  expect(await tab.evaluate('[sessionStorage.length, location.href, window.opener]')).toEqual([
    0,
    `http://127.0.0.1:${port}/`,
    null,
  ])
  // Nothing takes the place of what is open, and a second one is not kept while the first one waits.
  const second = await press('http://site.example/again')
  await expect(second.getByText('Another page is waiting there')).toBeVisible()
  await expect(bookmark).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('http://site.example/a?b=1#c')

  // A tab without a window waits for one.
  await page.close()
  const waiting = await press('http://site.example/later')
  await expect(waiting.getByText('Then http://site.example/later is shown there.')).toBeVisible()
  const window = await context.newPage()
  await window.goto(`http://127.0.0.1:${port}/#subscribe=javascript:alert(1)&subscribe=file:///etc/passwd`)
  await expect(window.getByText('Open Broadsheet from its own window')).toBeVisible()
})
