/** Trending as a front page: what stands on it, its keys, and the way to an article and back. */
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { demoPath, demoSources, startDemoServer } from '../support/demo.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { stock } from '../support/library.ts'
import { feedOf, papers } from '../support/news-day.ts'
import { plainPng } from '../support/pictures.ts'

const dam = 'Dam at Orrin Valley bursts after week of rain'
const flee = 'Thousands flee as Orrin Valley dam bursts'
const known = 'Orrin Valley dam burst: what is known so far'
const comet = 'Comet Halloran visible to the naked eye tonight'

const pageOf = (page: Page) => page.getByRole('region', { name: 'Front page' })
const storyOf = (page: Page, title: string) => pageOf(page).getByRole('article', { name: title })
const headline = (page: Page, title: string) => storyOf(page, title).getByRole('heading').getByRole('button')

/** `pictures`: addresses on the server, by the title of their article. */
type NewsDay = { app: Broadsheet; feeds: FeedServer; page: Page; pictures?: Record<string, string> }

/** The day's two stories that three papers have, on the front page. */
async function openNewsDay({ app, feeds, page, pictures = {} }: NewsDay): Promise<void> {
  for (const paper of papers) {
    const [path, feed] = feedOf(paper, Date.now())
    const items = feed.items.map(item => ({ ...item, ...(pictures[item.title] && { imageUrl: pictures[item.title] }) }))
    feeds.publish(path, { ...feed, items })
  }
  await stock(app, feeds.url, { '': papers.map(paper => feedOf(paper, 0)[0]) })
  await page.goto(app.url())
  await page.getByRole('navigation', { name: 'Sources' }).getByRole('treeitem', { name: 'Trending, 2' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  // Keys act on the story that has the focus.
  await expect(headline(page, comet)).toBeFocused()
}

test('Trending opens as a front page, which says why each story is there', async ({ app, feeds, reader: _, page }) => {
  await openNewsDay({ app, feeds, page })
  await expect(pageOf(page).getByRole('heading', { level: 2 })).toHaveText('Trending')
  await expect(pageOf(page).getByRole('heading', { level: 3 })).toHaveText([new RegExp(comet), new RegExp(dam)])
  await expect(headline(page, comet)).toBeFocused()
  const others = storyOf(page, dam).getByRole('list', { name: 'How others tell it' })
  await expect(others.getByRole('button')).toHaveText([known, flee])

  const why = storyOf(page, dam).getByRole('button', { name: `Why is this here? ${dam}` })
  await why.focus()
  await page.keyboard.press('Enter')
  await expect(why).toHaveAttribute('aria-expanded', 'true')
  const reasons = storyOf(page, dam).getByRole('note')
  await expect(reasons).toContainText(
    /^Why this is here 3 sources in 2 hours, first: Courier (on \w+ )?at \d\d?:\d\d\./,
  )
  await expect(reasons.getByRole('listitem')).toHaveText(['Courier', 'Ledger', 'Herald'])
  await checkPage(page, 'the front page')
  await page.keyboard.press('Escape')
  await expect(reasons).toHaveCount(0)
  await expect(why).toBeFocused()
  await expect(pageOf(page)).toBeVisible()
})

test('keys go from story to story, mark and save, open the article or the story, and lead back', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  await openNewsDay({ app, feeds, page })
  await expect(headline(page, comet)).toBeFocused()
  await page.keyboard.press('j')
  await expect(headline(page, dam)).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(headline(page, comet)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(headline(page, dam)).toBeFocused()

  await expect(storyOf(page, dam).getByRole('heading')).toHaveText(`${dam} Unread`)
  await page.keyboard.press('m')
  await expect(storyOf(page, dam).getByRole('heading')).toHaveText(dam)
  await page.keyboard.press('s')
  await reader.expectCounts({ Saved: 1 })
  // One read story is left out by n, which starts from the focus; p goes back.
  await page.keyboard.press('p')
  await expect(headline(page, comet)).toBeFocused()
  await page.keyboard.press('n')
  await expect(headline(page, comet)).toBeFocused()
  await page.keyboard.press('Shift+G')
  await expect(headline(page, dam)).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(reader.article.getByRole('heading', { level: 2, name: dam })).toBeVisible()
  await expect(pageOf(page)).toHaveCount(0)
  await expect(reader.headline(dam)).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Escape')
  await expect(headline(page, dam)).toBeFocused()
  await expect(reader.article).toBeHidden()

  await page.keyboard.press('x')
  const story = page.getByRole('region', { name: 'Story' })
  await expect(story.getByRole('heading', { level: 2 })).toHaveText(dam)
  await page.keyboard.press('Escape')
  await expect(headline(page, dam)).toBeFocused()

  // Another source's article, and the button above the list that leads back.
  await storyOf(page, dam).getByRole('button', { name: known }).click()
  await expect(reader.article.getByRole('heading', { level: 2, name: known })).toBeVisible()
  await reader.headlines.getByRole('button', { name: 'Front page' }).click()
  await expect(headline(page, dam)).toBeFocused()
  await expect(storyOf(page, dam).getByText('Unread')).toHaveCount(1)
})

test('a story that the reader takes apart leaves, one that is followed is marked, and six hours may have nothing', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  await openNewsDay({ app, feeds, page })
  await page.keyboard.press('x')
  const story = page.getByRole('region', { name: 'Story' })
  await story.getByRole('button', { name: 'Follow this story' }).click()
  await page.keyboard.press('Escape')
  await expect(storyOf(page, comet).getByText('Followed')).toBeVisible()

  await storyOf(page, dam).getByRole('button', { name: 'Covered by 3 of your sources' }).click()
  await story.getByRole('button', { name: `Not the same story: ${known}` }).click()
  await expect(story).toContainText('Covered by 2 of your sources')
  await page.keyboard.press('Escape')
  await pageOf(page).getByRole('button', { name: 'New order' }).click()
  await expect(storyOf(page, dam)).toHaveCount(0)
  await expect(storyOf(page, comet)).toBeVisible()

  await pageOf(page).getByRole('radio', { name: '6 hours' }).check({ force: true })
  const nothing = 'Nothing is being covered by three or more of your sources just now'
  await expect(pageOf(page).getByText(nothing).first()).toBeVisible()
  await checkPage(page, 'an empty front page')
  await pageOf(page).getByRole('button', { name: 'Look at the last 24 hours' }).click()
  await expect(storyOf(page, comet)).toBeVisible()

  await pageOf(page).getByRole('button', { name: 'Show as a list' }).click()
  await expect(reader.headline(comet)).toBeVisible()
  await expect(pageOf(page)).toHaveCount(0)
})

test('the place of a picture is kept until it comes, and one that cannot be had leaves its story without', async ({
  app,
  feeds,
  reader: _,
  page,
}) => {
  let send: () => void = () => undefined
  const sent = new Promise<void>(resolve => (send = resolve))
  feeds.answer('/late.png', (_, response) => {
    void sent.then(() =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(900, 600, [80, 90, 120])),
    )
  })
  feeds.answer('/broken.png', (_, response) => response.writeHead(404).end())
  await openNewsDay({ app, feeds, page, pictures: { [comet]: '/late.png', [dam]: '/broken.png' } })
  const picture = storyOf(page, comet).locator('img')
  await expect(picture).toHaveCount(1)
  await expect(storyOf(page, dam).locator('img')).toHaveCount(0)
  const wanted = () => feeds.requests.some(({ path }) => path === '/late.png')
  await expect.poll(wanted).toBe(true)
  const isThere = () => picture.evaluate(image => (image as unknown as { naturalWidth: number }).naturalWidth > 0)
  expect(await isThere()).toBe(false)
  const placeBefore = await picture.boundingBox()
  expect(placeBefore?.height).toBeGreaterThan(200)
  const belowBefore = await storyOf(page, comet).getByRole('list').boundingBox()
  send()
  await expect.poll(isThere).toBe(true)
  expect(await picture.boundingBox()).toEqual(placeBefore)
  expect(await storyOf(page, comet).getByRole('list').boundingBox()).toEqual(belowBefore)
})

test('the page takes the columns that fit, and is where it was after an article', async ({ app, reader, page }) => {
  const demo = await startDemoServer()
  try {
    const paths = demoSources.filter(({ articles }) => articles.some(isOnOwnSite)).map(demoPath)
    await stock(app, demo.url, { '': paths })
    await page.setViewportSize({ width: 1600, height: 1000 })
    await page.goto(app.url())
    await reader.source('Trending').filter({ hasText: '10' }).click()
    const stories = pageOf(page).getByRole('article')
    await expect(stories).toHaveCount(10)
    for (const [width, columns] of [
      [900, 2],
      [1280, 3],
      [1600, 4],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await expect.poll(async () => new Set(await leftEdges(page)).size).toBe(columns)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
    await page.setViewportSize({ width: 1280, height: 700 })
    await expect(pageOf(page).getByRole('img')).toHaveCount(0)
    await checkPage(page, 'a front page of ten stories')

    const last = stories.last().getByRole('heading').getByRole('button')
    await last.scrollIntoViewIfNeeded()
    const top = () => pageOf(page).evaluate(element => element.scrollTop)
    const before = await top()
    expect(before).toBeGreaterThan(300)
    await last.click()
    await expect(pageOf(page)).toHaveCount(0)
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await expect(last).toBeFocused()
    expect(await top()).toBe(before)

    // One pane: the article lies over the page.
    await page.setViewportSize({ width: 500, height: 800 })
    await last.press('Enter')
    await expect(reader.article.getByRole('heading', { level: 2 })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(last).toBeFocused()
  } finally {
    await demo.close()
  }
})

const isOnOwnSite = (article: { isOnOwnSite?: boolean }) => article.isOnOwnSite === true

/** Of the stories, in whole pixels. */
function leftEdges(page: Page): Promise<number[]> {
  return pageOf(page)
    .getByRole('article')
    .evaluateAll(elements => elements.map(element => Math.round(element.getBoundingClientRect().left)))
}
