/** A day of news from five papers, as a reader sees it: the number in rows, the story, what they know better, and the way back. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import { stock } from '../support/library.ts'
import { feedOf, papers } from '../support/news-day.ts'

const dam = 'Dam at Orrin Valley bursts after week of rain'
const flee = 'Thousands flee as Orrin Valley dam bursts'
const known = 'Orrin Valley dam burst: what is known so far'

test('rows say how many sources have a story, which opens as a page, is corrected, undone, followed and marked read', async ({
  app,
  feeds,
  reader,
  page,
}) => {
  for (const paper of papers) feeds.publish(...feedOf(paper, Date.now()))
  await stock(app, feeds.url, { '': papers.map(paper => feedOf(paper, 0)[0]) })
  await page.goto(app.url())
  await reader.open('All')
  const row = page.getByRole('option', { name: flee })
  await expect(row).toHaveAccessibleName(/covered by 3 of your sources/)
  await expect(row.getByText('3 sources')).toBeVisible()
  await expect(page.getByRole('option', { name: 'How to prune an old pear tree' })).not.toHaveAccessibleName(/covered/)

  await reader.read(flee)
  const story = page.getByRole('region', { name: 'Story' })
  await page.keyboard.press('x')
  await expect(story.getByRole('heading', { level: 2 })).toHaveText(dam)
  await expect(story).toContainText('Covered by 3 of your sources')
  await expect(story.getByRole('listitem').getByRole('heading')).toHaveText([
    new RegExp(dam),
    new RegExp(flee),
    new RegExp(known),
  ])
  await expect(story).toBeFocused()
  await checkPage(page, 'a story')

  // Correcting, by keyboard alone, and taking it back.
  const apart = story.getByRole('button', { name: `Not the same story: ${known}` })
  await apart.focus()
  await page.keyboard.press('Enter')
  await expect(story.getByRole('listitem')).toHaveCount(2)
  await expect(story).toContainText('Covered by 2 of your sources')
  await expect(row).toHaveAccessibleName(/covered by 2 of your sources/)
  await expect(page.getByRole('option', { name: known })).not.toHaveAccessibleName(/covered/)
  await expect(story).toBeFocused()
  await page.keyboard.press('z')
  await expect(story.getByRole('listitem')).toHaveCount(3)
  await expect(row).toHaveAccessibleName(/covered by 3 of your sources/)

  const follow = story.getByRole('button', { name: 'Follow this story' })
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  await story.getByRole('button', { name: 'Mark all of it read' }).click()
  await expect(page.getByRole('option', { name: known })).not.toHaveAccessibleName(/^Unread/)

  // One of its articles, and the line in its head that leads back; Escape leads to the article.
  await story.getByRole('button', { name: dam, exact: true }).click()
  const head = page.getByRole('button', { name: 'Covered by 3 of your sources' })
  await head.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('Escape')
  await expect(story).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 2, name: dam })).toBeVisible()
  await row.getByText('3 sources').click()
  await expect(story.getByRole('listitem')).toHaveCount(3)
})
