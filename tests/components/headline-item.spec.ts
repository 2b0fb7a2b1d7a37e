/** One row of the headlines, as it is seen and heard. */
import { expect, test } from '../support/stage.ts'

const noon = Date.UTC(2026, 2, 20, 12)
const row = {
  id: 5,
  feedId: 1,
  feedTitle: 'The Gazette',
  feedIconUrl: null,
  title: 'Rain at last',
  summary: 'After a dry month',
  author: 'A. Reporter',
  url: 'https://gazette.example/rain',
  imageUrl: null,
  isPicture: false,
  publishedAt: noon - 3 * 3_600_000,
  isRead: false,
  isSaved: true,
}
const item = {
  row,
  feedTitle: 'The Gazette',
  isOwnFeed: false,
  iconUrl: null,
  selected: false,
  active: false,
  now: noon,
  density: 'normal',
  top: 0,
  height: 106,
  position: 3,
  total: 40,
  onopen: 'call:open',
  onsave: 'call:save',
  onmenu: 'call:menu',
}

test('is named by what one reads of it: its marks, its headline, its feed and its age', async ({ stage }) => {
  await stage.show('headlines/HeadlineItem', item)
  const option = stage.page.getByRole('option')
  await expect(option).toHaveAccessibleName(/^Unread, Rain at last, The Gazette, 3.*, Saved$/)
  await expect(option).toHaveAttribute('aria-posinset', '3')
  await expect(option).toHaveAttribute('aria-setsize', '40')
})

test('names its author in the list of its own feed, and nobody where that is the feed itself', async ({ stage }) => {
  await stage.show('headlines/HeadlineItem', { ...item, isOwnFeed: true })
  await expect(stage.page.getByText('A. Reporter')).toBeVisible()
  await expect(stage.page.getByText('The Gazette')).toHaveCount(0)
  await stage.set({ row: { ...row, author: 'The Gazette' } })
  await expect(stage.page.getByText('The Gazette')).toHaveCount(0)
})

test('opens by a click, but not by one on its bookmark', async ({ stage }) => {
  await stage.show('headlines/HeadlineItem', item)
  await stage.page.getByTitle('Remove from saved').click()
  await stage.page.getByText('Rain at last').click()
  expect(await stage.calls()).toEqual([['save'], ['open', 'click']])
})

test('one without a title is called by its day', async ({ stage }) => {
  await stage.show('headlines/HeadlineItem', { ...item, row: { ...row, title: '', summary: '' } })
  await expect(stage.page.getByRole('option')).toHaveAccessibleName(/Untitled, 20 March 2026/)
})

test('shows no more than its headline where rows are compact', async ({ stage }) => {
  await stage.show('headlines/HeadlineItem', { ...item, density: 'compact', height: 36 })
  await expect(stage.page.getByText('Rain at last')).toBeVisible()
  await expect(stage.page.getByText('After a dry month')).toHaveCount(0)
})

test('in Trending says that its story is rising, and why it is there; the name gives way before the time does', async ({
  stage,
}) => {
  const name = 'The Gazette of all of the Northern Islands and their Harbours'
  const parts = { covered: '5 sources in 9 hours, first:', name, moment: 'at 08:12' }
  const trend = { isRising: true, why: Object.values(parts).join(' '), parts }
  const story = { id: 2, sources: 5 }
  await stage.show('headlines/HeadlineItem', { ...item, row: { ...row, story }, trend })
  const option = stage.page.getByRole('option')
  await expect(option).toHaveAccessibleName(new RegExp(`, rising, ${trend.why}$`))
  await expect(option.getByText('rising', { exact: true })).toBeVisible()
  const whole = await option.boundingBox()
  const time = await option.getByText('at 08:12', { exact: true }).boundingBox()
  expect(time!.x + time!.width).toBeLessThanOrEqual(whole!.x + whole!.width)
  expect(time!.y + time!.height).toBeLessThanOrEqual(whole!.y + whole!.height)
})
