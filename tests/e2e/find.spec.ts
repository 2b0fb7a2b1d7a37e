/** Finding words in the open article, the words of the search that led to it, and quoting it. */
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import type { ReaderWindow } from '../support/window.ts'

const filler = Array.from({ length: 60 }, (_, index) => `<p>Paragraph ${index} of nothing in particular.</p>`).join('')
const story = `<p>The keeper of the Straße lit the <b>light</b>house at dusk.</p>${filler}<p>Nobody saw the lighthouse after that.</p>
  <details><summary>Sources</summary><p>A letter about a Lighthouse.</p></details>`

async function follow(reader: ReaderWindow, feeds: FeedServer): Promise<void> {
  const item = (title: string, text: string, hour: number) =>
    `<item><title>${title}</title><guid isPermaLink="false">${title}</guid><link>${feeds.url}/${hour}</link><author>ada@quill.example (Ada Quill)</author>
     <pubDate>${new Date(Date.UTC(2026, 2, 12, hour)).toUTCString()}</pubDate><description><![CDATA[${text}]]></description></item>`
  const body = `<rss version="2.0"><channel><title>Coast</title>${item('The light', story, 12)}${item('The boat', '<p>A boat, a light.</p>', 11)}</channel></rss>`
  feeds.answer('/coast.xml', (_, response) =>
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body),
  )
  await reader.follow(`${feeds.url}/coast.xml`, 'Coast')
}

/** The texts that are marked in the article's frame. */
function marked(page: Page, name: 'searched' | 'found' | 'current'): Promise<string[]> {
  return page.evaluate(
    `[...(document.querySelector('iframe[title="Article text"]').contentWindow.CSS.highlights.get('find-${name}') ?? [])].map(String)`,
  )
}

const scrollTop = (reader: ReaderWindow) => reader.article.evaluate((pane: { scrollTop: number }) => pane.scrollTop)

test('what is typed while finding is still loading is typed into its field, and does nothing to the article', async ({
  reader,
  feeds,
  page,
}) => {
  const isWanted = Promise.withResolvers<void>()
  await page.route('**/assets/find*.js', async route => {
    await isWanted.promise
    await route.continue()
  })
  await page.reload()
  await follow(reader, feeds)
  await reader.read('The light')
  await expect(reader.headline('The light')).not.toHaveAccessibleName(/unread/i)
  // Before its text is there the key finds among the headlines.
  await expect(reader.text.locator('p').first()).toBeVisible()
  await page.keyboard.press('Control+f')
  // Each of these does something to the article: marked unread, saved.
  await page.keyboard.type('ms')
  isWanted.resolve()
  await expect(page.getByRole('textbox', { name: 'Find in article' })).toHaveValue('ms')
  await expect(reader.headline('The light')).not.toHaveAccessibleName(/unread|saved/i)
})

test('what is typed is marked and counted wherever it stands; Enter goes on, Escape leads back to where one was', async ({
  reader,
  feeds,
  page,
}) => {
  await follow(reader, feeds)
  await reader.read('The light')
  await expect(reader.text.getByText('Paragraph 59')).toBeAttached()
  const scrolled = async () => {
    await reader.article.evaluate((pane: { scrollTop: number }) => {
      pane.scrollTop = 600
    })
    return scrollTop(reader)
  }
  // The frame has its height a moment after its text.
  await expect.poll(scrolled).toBe(600)
  await page.keyboard.press('Control+f')
  const field = reader.article.getByRole('textbox', { name: 'Find in article' })
  await expect(field).toBeFocused()
  await page.keyboard.type('LIGHTHOUSE')
  const bar = reader.article.getByRole('search', { name: 'Find in article' })
  // The first has been scrolled past.
  await expect(bar.getByRole('status')).toHaveText('2 of 3')
  await expect.poll(() => marked(page, 'found')).toEqual(['lighthouse', 'lighthouse', 'Lighthouse'])

  await page.keyboard.press('Enter')
  await expect(bar.getByRole('status')).toHaveText('3 of 3')
  await expect.poll(() => marked(page, 'current')).toEqual(['Lighthouse'])
  await page.keyboard.press('Enter')
  await expect(bar.getByRole('status')).toHaveText('1 of 3')
  await page.keyboard.press('Shift+Enter')
  await expect(bar.getByRole('status')).toHaveText('3 of 3')
  await expect.poll(() => marked(page, 'current')).toHaveLength(1)
  await checkPage(page, 'finding in an article')

  await field.fill('strasse')
  await expect.poll(() => marked(page, 'found')).toEqual(['Straße'])
  await expect(bar.getByRole('status')).toHaveText('1 of 1')
  await field.fill('no such word')
  await expect(bar.getByRole('status')).toHaveText('Not found')

  await page.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
  await expect(reader.article).toBeFocused()
  await expect.poll(() => scrollTop(reader)).toBe(600)
  expect(await marked(page, 'found')).toEqual([])
})

test('a match in what is folded away is unfolded, and the next article is searched for the same', async ({
  reader,
  feeds,
  page,
}) => {
  await follow(reader, feeds)
  await reader.read('The light')
  // Before its text is there the key finds among the headlines.
  await expect(reader.text.locator('p').first()).toBeVisible()
  await page.keyboard.press('Control+f')
  await reader.article.getByRole('textbox', { name: 'Find in article' }).fill('letter about')
  await expect(reader.text.getByText('A letter about')).toBeVisible()
  await expect(reader.text.getByText('A letter about')).toBeInViewport()

  await reader.article.getByRole('textbox', { name: 'Find in article' }).fill('light')
  await reader.article.getByRole('button', { name: 'Next article' }).click()
  await expect(reader.article.getByRole('search').getByRole('status')).toHaveText('1 found')
})

test('the words of a search that led to an article are marked in it, and can be stepped through', async ({
  reader,
  feeds,
  page,
}) => {
  await follow(reader, feeds)
  await page.keyboard.press('/')
  await page.keyboard.type('nobody lighthouse')
  await expect(reader.headlines.locator('mark').first()).toBeVisible()
  await reader.read('The light')
  await expect.poll(() => marked(page, 'searched')).toEqual(['lighthouse', 'Nobody', 'lighthouse', 'Lighthouse'])
  expect(await marked(page, 'found')).toEqual([])

  await reader.article.getByRole('button', { name: '4 matches of your search' }).click()
  await expect(reader.article.getByRole('search').getByRole('status')).toHaveText('1 of 4')
  await page.keyboard.press('Enter')
  await expect(reader.article.getByRole('search').getByRole('status')).toHaveText('2 of 4')
  await expect.poll(() => marked(page, 'current')).toEqual(['Nobody'])

  await page.keyboard.press('Escape')
  await reader.open('Coast')
  await reader.read('The light')
  await expect.poll(() => marked(page, 'searched')).toEqual([])
})

test('q copies the selection, or else the first paragraph, as a quotation with its source', async ({
  reader,
  feeds,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await follow(reader, feeds)
  await reader.read('The boat')
  await expect(reader.text.getByText('A boat, a light.')).toBeVisible()
  await page.keyboard.press('q')
  await expect(reader.toast('Quotation copied')).toBeVisible()
  // Chromium numbers a change of the clipboard some time after it was written, and then reading it is refused once.
  const copied = (type: string) =>
    page
      .evaluate(`navigator.clipboard.read().then(([item]) => item.getType('${type}')).then(blob => blob.text())`)
      .catch(error => String(error))
  await expect
    .poll(() => copied('text/plain'))
    .toBe(`“A boat, a light.”\n— The boat, Ada Quill, Coast\n${feeds.url}/11`)
  await expect
    .poll(() => copied('text/html'))
    .toContain(`<blockquote cite="${feeds.url}/11"><p>A boat, a light.</p></blockquote>`)

  await reader.text.getByText('A boat, a light.').evaluate(element => {
    const { ownerDocument } = element as unknown as {
      ownerDocument: { getSelection(): { setBaseAndExtent(...at: unknown[]): void }; body: unknown }
    }
    const node = (element as unknown as { firstChild: unknown }).firstChild
    ownerDocument.getSelection().setBaseAndExtent(node, 2, node, 6)
  })
  await page.keyboard.press('q')
  await expect.poll(() => copied('text/plain')).toContain('“boat”')
})
