/** A day of news in Trending, as a reader sees it: the list of it. As a front page: front-page.spec.ts. */
import type { Page } from 'playwright/test'
import { answerInstead } from '../support/answers.ts'
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { stock } from '../support/library.ts'
import { feedOf, papers } from '../support/news-day.ts'

const dam = 'Dam at Orrin Valley bursts after week of rain'
const strike = 'Lokführer streiken: Nordmark steht still'
const comet = 'Comet Halloran visible to the naked eye tonight'
const pathOf = (paper: string) => feedOf(paper, 0)[0]

/** A third paper of the strike, which makes it three stories. */
const tagblatt = '/tagblatt.xml'
const inNordmark = 'Streik der Lokführer: in Nordmark fahren keine Züge'

function tagblattOf(titles: string[]): ReturnType<typeof feedOf> {
  const now = Date.now()
  const items = titles.map(title => ({
    id: title,
    title,
    url: 'https://www.tagblatt.example/streik',
    html: '<p>Die Lokführer streiken in Nordmark, kein Zug fährt seit dem Morgen.</p>',
    publishedAt: now - 3_600_000,
  }))
  const [, own] = feedOf('Morgenpost', now)
  return [tagblatt, { ...own, title: 'Tagblatt', siteUrl: 'https://www.tagblatt.example/', items }]
}

function publishDay(feeds: FeedServer): void {
  for (const paper of papers) feeds.publish(...feedOf(paper, Date.now()))
  feeds.publish(...tagblattOf([inNordmark]))
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

test('Trending is reached by keyboard, as a list by choice; hours and look are remembered; marked read it is undone', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  publishDay(feeds)
  await stock(app, feeds.url, { '': [...papers.map(pathOf), tagblatt] })
  await page.goto(app.url())
  await reader.expectCounts({ Trending: 3 })
  await press(page, 'g', 't')
  await page.getByRole('button', { name: 'Show as a list' }).click()
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Trending' })).toBeVisible()
  await expect(reader.headlines).toContainText('3 unread of 3 stories')
  const listed = await reader.titles()
  expect(new Set(listed)).toEqual(new Set([comet, strike, dam]))
  // All three papers of the dam are older than the last ones of the others.
  expect(listed.at(-1)).toBe(dam)
  await expect(reader.headline(dam)).toHaveAccessibleName(/3 sources in 2 hours, first: Courier (on \w+ )?at \d/)
  await expect(reader.headline(dam).getByText('3 sources in 2 hours, first:', { exact: true })).toBeVisible()
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await checkPage(page, `trending, ${theme}`)
  }

  // By keyboard alone: the rows do what rows do. The first one was chosen on the front page.
  await press(page, 'j')
  await expect(reader.article.getByRole('heading', { level: 2, name: listed[1]! })).toBeVisible()
  await press(page, 's', 'k')
  await expect(reader.article.getByRole('heading', { level: 2, name: listed[0]! })).toBeVisible()
  await reader.expectCounts({ Saved: 1, Trending: 3, Unread: 11 })
  await press(page, 'x')
  await expect(page.getByRole('region', { name: 'Story' }).getByRole('listitem')).toHaveCount(3)
  await press(page, 'Escape')

  await press(page, 'Shift+A')
  await reader.expectCounts({ Trending: 0, Unread: 4 })
  await expect(reader.headlines).toContainText('3 stories, all read')
  await press(page, 'z')
  await reader.expectCounts({ Trending: 3, Unread: 11 })

  // A shorter time has fewer: of the comet, two papers wrote in it, of the dam, none.
  const hours = reader.headlines.getByRole('group', { name: 'How far back' })
  await hours.getByText('6 hours').click()
  await expect(reader.headlines).toContainText('Nothing is being covered by three or more of your sources just now')
  await reader.expectCounts({ Trending: 0 })
  await checkPage(page, 'nothing is trending')
  await page.getByRole('button', { name: 'Look at the last 24 hours' }).click()
  await expect(reader.headline(dam)).toBeVisible()
  await hours.getByText('7 days').click()
  // The choice has the focus, and leaves the keys of the list to it.
  await press(page, 'm')
  await expect(reader.headline(listed[0]!)).toHaveAccessibleName(/^Unread/)

  await reopen(reader, app)
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Trending' })).toBeVisible()
  await expect(hours.getByRole('radio', { name: '7 days' })).toBeChecked()
  await expect(reader.headline(dam)).toBeVisible()
})

test('what is shown stays in its order; another one is offered, and shown when it is asked for', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  publishDay(feeds)
  feeds.publish(...tagblattOf([]))
  await stock(app, feeds.url, { '': [...papers.map(pathOf), tagblatt] })
  await page.goto(app.url())
  await reader.expectCounts({ Trending: 2 })
  await press(page, 'g', 't')
  await page.getByRole('button', { name: 'Show as a list' }).click()
  await expect.poll(() => reader.titles()).toEqual([comet, dam])

  feeds.publish(...tagblattOf([inNordmark]))
  // All feeds were fetched a moment ago: the second press insists.
  await press(page, 'Shift+R')
  await expect(reader.toast(/press again to ask anyway/)).toBeVisible()
  await press(page, 'Shift+R')
  const fresh = reader.headlines.getByRole('button', { name: 'New order' })
  await expect(fresh).toBeVisible()
  await reader.expectCounts({ Trending: 3 })
  expect(await reader.titles()).toEqual([comet, dam])
  await fresh.click()
  await expect.poll(() => reader.titles()).toContain(strike)
  await expect(fresh).toHaveCount(0)
})

test('where it could not be read, that is said, and tried again', async ({ app, feeds, reader, page }) => {
  publishDay(feeds)
  await stock(app, feeds.url, { '': papers.map(pathOf) })
  const engine = await answerInstead(page, { trending: () => ({ error: 'internal' }) })
  await page.goto(app.url())
  await reader.open('All')
  await press(page, 'g', 't')
  await expect(page.getByText('could not be read')).toBeVisible()
  delete engine.answers.trending
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('heading', { name: dam })).toBeVisible()
})
