/** Refreshing by hand: progress, what is new behind a pill, and politeness. */
import { letTimePass } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

const breaking = {
  id: 'breaking',
  title: 'Breaking: the ferry has a name',
  url: '/articles/breaking',
  html: '<p>It is called <b>Patience</b>.</p>',
  publishedAt: Date.now() - 1_000,
}

test('new articles wait behind a pill, and what is being read stays', async ({ reader, feeds, app }) => {
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
  await reader.read('Harbour Gazette: why the ferry stopped')
  feeds.addArticle('/rss.xml', breaking)
  const said = await everythingSaid(reader)

  await reader.page.keyboard.press('r')
  await expect(reader.headlines.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await reader.titles()).not.toContain(breaking.title)
  await expect(reader.article.getByRole('heading', { level: 2 })).toHaveText('Harbour Gazette: why the ferry stopped')
  await reader.expectCounts({ 'Harbour Gazette': 3, All: 3 })
  await expect(reader.headlines.getByText('3 unread of 4 articles')).toBeVisible()

  await reader.headlines.getByRole('button', { name: '1 new' }).click()
  await expect.poll(() => reader.titles()).toContain(breaking.title)
  await reader.read(breaking.title)
  await expect(reader.text.locator('b')).toHaveText('Patience')

  // The refresh is long over by the next word. That there is something new only the pill has said.
  await reader.page.keyboard.press('r')
  await expect.poll(said).toContainEqual(expect.stringContaining('press again to ask anyway'))
  expect((await said()).filter(text => text.includes('new article'))).toEqual([])
})

/** From now on, every message that stood at the foot of the window, however shortly. */
async function everythingSaid({ page }: ReaderWindow): Promise<() => Promise<string[]>> {
  await page.evaluate(`{
    window.everythingSaid = []
    const look = () => document.querySelectorAll('[role=status] p').forEach(({ textContent }) => everythingSaid.push(textContent))
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
  }`)
  return async () => (await page.evaluate('everythingSaid')) as string[]
}

test('refreshing all shows how far it is, and can be stopped', async ({ reader, feeds, app }) => {
  await reader.follow(`${feeds.url}/atom.xml`, 'Orchard Notes')
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
  // Answers only after the test has looked.
  const waiting: (() => void)[] = []
  feeds.answer('/atom.xml', (_, response) => waiting.push(() => response.writeHead(304).end()))

  await reader.page.keyboard.press('Shift+R')
  const progress = reader.sources.getByRole('progressbar', { name: 'Refreshing' })
  await expect(progress).toHaveAttribute('aria-valuetext', /^[01] of 2$/)
  await reader.sources.getByRole('button', { name: 'Stop refreshing' }).click()
  await expect(progress).toBeHidden()
  for (const answer of waiting) answer()
})

test('a refresh asks with what the server gave, and a 304 changes nothing', async ({ reader, feeds, app }) => {
  await app.restart(dataDir => letTimePass(dataDir, 3_600_000))
  await reopen(reader, app)
  await reader.open('Harbour Gazette')
  await reader.page.keyboard.press('r')
  await expect(reader.toast('Nothing new in 1 feed.')).toBeVisible()
  const last = feeds.requests.findLast(({ path }) => path === '/rss.xml')
  expect(last?.headers['if-none-match']).toMatch(/^"[0-9a-f]{16}"$/)
  await reader.expectCounts({ 'Harbour Gazette': 3, All: 3 })
})
