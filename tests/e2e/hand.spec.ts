/** Reading on by key: every press counts from where the one before it lands, through all lists and round again. */
import { answerInstead } from '../support/answers.ts'
import { expect, test } from '../support/e2e.ts'
import type { Shelf } from '../support/library.ts'
import { numberedPath } from '../support/sample-feeds.ts'
import type { ReaderWindow } from '../support/window.ts'

const shelf: Shelf = {
  Morning: ['/rss.xml', '/atom.xml'],
  Noon: [numberedPath(1)],
  '': [numberedPath(2)],
}

test.use({ shelf })

test.beforeEach(async ({ reader }) => {
  await expect(reader.source('Morning')).toBeVisible()
})

const title = (reader: ReaderWindow) => reader.article.getByRole('heading', { level: 2 })

async function press(reader: ReaderWindow, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await reader.page.keyboard.press(key)
}

test('Space pressed twice while the next article is on its way passes no unread one unseen', async ({ reader }) => {
  const engine = await answerInstead(reader.page, {})
  await reader.page.reload()
  await reader.open('Harbour Gazette')
  const gate = Promise.withResolvers<void>()
  // One that was read ahead is drawn at once: the second press would rightly lead past it.
  engine.heldBack.article = gate.promise
  await reader.read('Harbour Gazette: why the ferry stopped')
  await expect(reader.text.locator('body')).toContainText('A bearing')
  await reader.expectCounts({ 'Harbour Gazette': 2 })

  let opened = 0
  Object.defineProperty(engine.heldBack, 'openArticle', {
    get() {
      opened++
      return gate.promise
    },
  })
  // Till the first one is drawn a press is for nothing.
  await expect(async () => {
    await press(reader, 'Space Space')
    expect(opened).toBeGreaterThan(0)
  }).toPass()
  expect(opened).toBe(1)
  gate.resolve()
  await expect(title(reader)).toHaveText('Harbour Gazette: an ordinary Tuesday & its weather')
  await reader.expectCounts({ 'Harbour Gazette': 1, 'Orchard Notes': 3 })
  // It is shorter than a page. Till it is drawn a press is for nothing.
  await expect(async () => {
    await press(reader, 'Space')
    await expect(title(reader)).toHaveText('Orchard Notes: the ferry runs again', { timeout: 500 })
  }).toPass()
  await reader.expectCounts({ 'Harbour Gazette': 1, 'Orchard Notes': 2 })
})

test('n pressed three times while the first is on its way goes three articles on', async ({ reader }) => {
  const engine = await answerInstead(reader.page, {})
  await reader.page.reload()
  await reader.open('Harbour Gazette')
  const gate = Promise.withResolvers<void>()
  engine.heldBack.article = gate.promise
  await press(reader, 'n n n')
  gate.resolve()
  await expect(title(reader)).toHaveText('Harbour Gazette: an ordinary Tuesday & its weather')
  await reader.expectCounts({ 'Harbour Gazette': 0 })
})

test('n goes through a folder, on to the next one and the feeds below, and from the top again', async ({ reader }) => {
  await reader.open('Noon')
  await reader.read('Paper 1, story 2')
  await press(reader, 'n')
  await expect(title(reader)).toHaveText('Paper 1, story 1')
  await press(reader, 'n')
  await expect(title(reader)).toHaveText('Paper 2, story 3')
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Numbered Paper 2')
  await press(reader, 'n n')
  await expect(title(reader)).toHaveText('Paper 2, story 1')
  await expect(reader.toast('From the top again.')).toBeHidden()

  await press(reader, 'n')
  await expect(reader.toast('From the top again.')).toBeVisible()
  await expect(reader.headlines.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette')
  await expect(title(reader)).toHaveText('Harbour Gazette: the ferry runs again')
  await press(reader, 'n n n n n n')
  // The first of Noon, which was passed by at the beginning, and the last one there is.
  await expect(title(reader)).toHaveText('Paper 1, story 3')
  await reader.expectCounts({ Unread: 0 })
  await press(reader, 'n')
  await expect(reader.toast('No more unread articles.')).toBeVisible()
  await expect(title(reader)).toHaveText('Paper 1, story 3')
})

test('p goes the other way, and from the end again', async ({ reader }) => {
  const list = reader.headlines.getByRole('heading', { level: 2 })
  await reader.open('Noon')
  await reader.read('Paper 1, story 3')
  await press(reader, 'p')
  await expect(list).toHaveText('Morning')
  await expect(title(reader)).toHaveText(/an ordinary Tuesday/)

  await reader.open('Harbour Gazette')
  await reader.read('Harbour Gazette: the ferry runs again')
  await press(reader, 'p')
  await expect(reader.toast('From the end again.')).toBeVisible()
  await expect(list).toHaveText('Numbered Paper 2')
  await expect(title(reader)).toHaveText('Paper 2, story 1')
  await press(reader, 'p p p')
  await expect(list).toHaveText('Numbered Paper 1')
  await expect(title(reader)).toHaveText('Paper 1, story 1')
})

test('n in the list of everything begins at its top again, and the word is said in one place', async ({ reader }) => {
  await reader.open('All')
  await press(reader, 'Shift+G')
  await expect(title(reader)).toHaveText('Paper 2, story 1')
  await press(reader, 'n')
  await expect(reader.toast('From the top again.')).toBeVisible()
  await expect(title(reader)).toHaveText(/the ferry runs again/)
  await press(reader, 'Shift+A')
  await expect(reader.toast('Marked 10 articles read.')).toBeVisible()
  await press(reader, 'n n n')
  await expect(reader.toast('No more unread articles.')).toBeVisible()
  await expect(reader.page.getByText('From the top again.')).toBeHidden()
  await expect(reader.page.getByText('No more unread articles.')).toHaveCount(1)
})

test('n stays within what was searched for', async ({ reader }) => {
  await press(reader, '/')
  await reader.page.getByRole('searchbox').fill('bearing')
  // The list of before has these two as well.
  await expect(reader.headlines.locator('mark').first()).toBeVisible()
  await expect(reader.headline(/why the ferry stopped/)).toHaveCount(2)
  await reader
    .headline(/why the ferry stopped/)
    .last()
    .click()
  await expect(title(reader)).toBeVisible()
  await reader.expectCounts({ Unread: 11 })
  await press(reader, 'n')
  await reader.expectCounts({ Unread: 10 })
  await expect(reader.toast('From the top again.')).toBeVisible()
  await press(reader, 'n')
  await expect(reader.toast('Nothing else here is unread.')).toBeVisible()
  await expect(reader.headline(/why the ferry stopped/)).toHaveCount(2)
})
