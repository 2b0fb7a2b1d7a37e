/** Where stories stand on the front page, and which one a key leads to. */
import { expect, test } from 'vitest'
import type { TrendingStory } from '../../src-main/api/stories/model.ts'
import { columnsFor, pagePlan } from '../../src-renderer/front-page/page-plan.ts'
import { nearestBeside } from '../../src-renderer/front-page/story-steps.ts'

function story(id: number): TrendingStory {
  const lead = {
    id,
    feedId: 1,
    feedTitle: 'The Gazette',
    feedIconUrl: null,
    title: `Headline ${id} of a usual length, as papers have them`,
    summary: 'What happened, and to whom, in a sentence or two that say a little more than the headline did.',
    author: '',
    url: null,
    publishedAt: 0,
    isRead: false,
    isSaved: false,
    imageUrl: id % 3 === 0 ? null : '/media',
  }
  const first = { feedTitle: 'The Gazette', publishedAt: 0 }
  return { id, sources: 3, isFollowed: false, isRising: false, first, latestAt: 0, unreadIds: [], lead, others: [] }
}

const stories = (count: number) => Array.from({ length: count }, (_, index) => story(index + 1))

test('as many columns as are wide enough to read', () => {
  expect([24, 38, 60, 84].map(columnsFor)).toEqual([1, 2, 3, 4])
})

test('every story stands on the page once, and no column is empty', () => {
  for (const fitting of [1, 2, 3, 4]) {
    for (let count = 1; count <= 30; count++) {
      const { lead, beside, below, briefs } = pagePlan(stories(count), fitting)
      const placed = [lead, ...[...beside, ...below].flat().map(({ story }) => story), ...briefs]
      expect(placed.map(one => one?.id).sort((a, b) => a! - b!)).toEqual(stories(count).map(({ id }) => id))
      expect([...beside, ...below].every(({ length }) => length > 0)).toBe(true)
    }
  }
})

test('the second story stands beside the lead where there is a column, else below it', () => {
  expect(pagePlan(stories(8), 3).beside[0]?.[0]?.story.id).toBe(2)
  expect(pagePlan(stories(8), 2).below[0]?.[0]?.story.id).toBe(2)
})

test('briefs fill a row, or there are none', () => {
  for (let count = 1; count <= 30; count++) {
    const { briefs } = pagePlan(stories(count), 3)
    expect(briefs.length === 0 || briefs.length >= 3).toBe(true)
  }
})

test('two stories take no more columns than they fill', () => {
  expect(pagePlan(stories(2), 4).columns).toBe(3)
  expect(pagePlan([], 4).lead).toBeUndefined()
})

// A tall lead, two stories beside it, two below it.
const boxes = [
  { left: 0, right: 200, top: 0, bottom: 400 },
  { left: 220, right: 320, top: 0, bottom: 190 },
  { left: 220, right: 320, top: 210, bottom: 500 },
  { left: 0, right: 90, top: 420, bottom: 600 },
  { left: 110, right: 200, top: 420, bottom: 600 },
]

test.each([
  { from: 0, arrow: 'ArrowRight', to: 1 },
  { from: 1, arrow: 'ArrowDown', to: 2 },
  { from: 2, arrow: 'ArrowLeft', to: 0 },
  { from: 0, arrow: 'ArrowDown', to: 3 },
  { from: 3, arrow: 'ArrowRight', to: 4 },
  { from: 4, arrow: 'ArrowUp', to: 0 },
  { from: 0, arrow: 'ArrowUp', to: -1 },
  { from: 3, arrow: 'ArrowLeft', to: -1 },
] as const)('from story $from $arrow leads to story $to', ({ from, arrow, to }) => {
  expect(nearestBeside(boxes, boxes[from]!, arrow)).toBe(to)
})
