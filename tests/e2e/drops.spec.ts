import type { Page } from 'playwright/test'
import { expect, test } from '../support/e2e.ts'
import { letter } from '../support/letters.ts'

type Given = { files?: { name: string; content: string; type?: string }[]; data?: Record<string, string> }

/** A drag of another program over an element, and the drop. Answers which of the events the page takes. */
function drag(page: Page, element: string, types: string[], { files = [], data = {} }: Given): Promise<boolean[]> {
  return page.evaluate(`(() => {
    const dataTransfer = new DataTransfer()
    for (const { name, content, type = '' } of ${JSON.stringify(files)})
      dataTransfer.items.add(new File([content], name, { type }))
    for (const [type, text] of Object.entries(${JSON.stringify(data)})) dataTransfer.setData(type, text)
    const given = { bubbles: true, cancelable: true, dataTransfer }
    return ${JSON.stringify(types)}.map(type => !${element}.dispatchEvent(new DragEvent(type, given)))
  })()`)
}

const at = (selector: string) => `document.querySelector('${selector}')`
const text = `document.querySelector('iframe[title="Article text"]').contentDocument.body`
const drop = (page: Page, given: Given) => drag(page, at('body'), ['dragover', 'drop'], given)
const list = `<opml version="2.0"><body><outline type="rss" text="Kite" xmlUrl="https://kite.example/rss"/></body></opml>`

test('on the first page the place for files leaves addresses to the window', async ({ reader }) => {
  const { page } = reader
  await page.getByText('or drop it here').waitFor()
  const place = `${at('input[type=file]')}.parentElement`
  await drag(page, place, ['dragover', 'drop'], { data: { 'text/uri-list': 'https://example.com/' } })
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveValue('https://example.com/')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await drag(page, place, ['dragover', 'drop'], { files: [{ name: 'kite.opml', content: list }] })
  await expect(page.getByRole('dialog').getByRole('checkbox', { name: /^Kite / })).toBeChecked()
})

test('what is dropped opens where it is meant, and nothing is done with it', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  const { page } = reader
  const dialog = page.getByRole('dialog')
  const target = page.getByText('Drop it here')

  const link = { data: { 'text/uri-list': `${feeds.url}/many/1.xml`, 'text/plain': 'A title' } }
  expect(await drag(page, at('main'), ['dragover'], link)).toEqual([true])
  await expect(target).toBeVisible()
  // A drag that goes on elsewhere does not say so.
  await expect(target).toBeHidden()
  await drop(page, link)
  await expect(target).toBeHidden()
  await expect(dialog.getByRole('textbox', { name: 'Address or name' })).toHaveValue(`${feeds.url}/many/1.xml`)
  // Text goes into a field, as everywhere.
  expect(await drag(page, at('dialog input'), ['dragover', 'drop'], link)).toEqual([false, false])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(feeds.requests.filter(({ path }) => path === '/many/1.xml')).toEqual([])

  await drop(page, { files: [{ name: 'kite.opml', content: list }] })
  await expect(dialog.getByRole('checkbox', { name: /^Kite / })).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await drop(page, { files: [{ name: 'all.zip', content: 'PK\u0003\u0004' }] })
  await expect(dialog.getByText('all.zip')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await drop(page, { files: [{ name: 'photo.png', content: '\u0089PNG\0', type: 'image/png' }] })
  await expect(page.getByRole('alert').filter({ hasText: 'Broadsheet has no use for “photo.png”.' })).toBeVisible()
  await expect(dialog).toBeHidden()
})

test('over the text of an article a drag is one over the window; what is dragged out of it is nothing new', async ({
  reader,
  feeds,
}) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  await reader.headlines.getByRole('button').first().waitFor()
  const { page } = reader
  await page.keyboard.press('j')
  const body = reader.text.locator('body')
  await expect(body).toBeVisible()
  const link = { data: { 'text/uri-list': 'https://example.com/feed' } }
  const own = await drag(page, text, ['dragstart', 'dragover', 'drop'], link)
  expect(own).toEqual([false, false, false])
  expect(await drag(page, text, ['dragover', 'drop'], link)).toEqual([true, true])
  await expect(page.getByRole('dialog').getByRole('textbox', { name: 'Address or name' })).toHaveValue(
    'https://example.com/feed',
  )
})

test('a feed that is dragged in the sources is nothing to drop on the window', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, 'Harbour Gazette')
  const { page } = reader
  await reader.source('Harbour Gazette').hover()
  await page.mouse.down()
  await page.mouse.move(600, 400, { steps: 4 })
  await expect(page.getByText('Drop it here')).toBeHidden()
  await page.mouse.up()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('a message that is dropped is an article of its sender, and can be taken back', async ({ reader }) => {
  const { page } = reader
  const content = letter({ id: 7, list: 'weekly.harbour.example', name: 'Harbour Weekly' })
  await drop(page, { files: [{ name: 'issue.eml', content }] })

  await expect(page.getByText('1 new message of 1 newsletter')).toBeVisible()
  await page.getByRole('treeitem', { name: /Harbour Weekly/ }).click()
  await expect(page.getByRole('option', { name: /Issue 7/ })).toBeVisible()

  await drop(page, { files: [{ name: 'again.eml', content }] })
  await expect(page.getByText('all of them are here already')).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByRole('treeitem', { name: /Harbour Weekly/ })).toBeHidden()

  await drop(page, { files: [{ name: 'note.txt', content: 'Dear Ann: the tide\nis high: come.\n' }] })
  await expect(page.getByRole('dialog')).toBeVisible()
})
