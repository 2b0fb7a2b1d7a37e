/** A day of news in Trending, as a reader sees it. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import { stock } from '../support/library.ts'
import { feedOf, papers } from '../support/news-day.ts'

const dam = 'Dam at Orrin Valley bursts after week of rain'
const comet = 'Comet Halloran visible to the naked eye tonight'

test('Trending is reached by keyboard', async ({ app, feeds, reader, page }) => {
  for (const paper of papers) feeds.publish(...feedOf(paper, Date.now()))
  await stock(app, feeds.url, { '': papers.map(paper => feedOf(paper, 0)[0]) })
  await page.goto(app.url())
  await reader.open('All')
  await expect(page.getByRole('option', { name: dam })).toHaveAccessibleName(/covered by 3 of your sources/)
  await page.keyboard.press('g')
  await page.keyboard.press('t')
  await page.getByRole('button', { name: 'Show as a list' }).click()
  await expect(reader.headlines.getByRole('heading', { level: 2, name: 'Trending' })).toBeVisible()
  await reader.expectRows()
  expect(await reader.titles()).toEqual([comet, dam])
  await checkPage(page, 'trending')
})
