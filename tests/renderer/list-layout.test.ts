import { expect, test } from 'vitest'
import type { HeadlineRow } from '../../src-main/api/model.ts'
import { dayStarts, ListLayout } from '../../src-renderer/headlines/list-layout.ts'
import { agoText, byteSize, dayTitle, rowTime } from '../../src-renderer/messages/format.ts'

const hour = 3_600_000
const noon = new Date(2026, 10, 22, 12).getTime()
const rowsAt = (...times: number[]) => times.map(publishedAt => ({ publishedAt }) as HeadlineRow)

test('a day begins where the local calendar says', () => {
  const rows = rowsAt(noon, noon - hour, noon - 13 * hour, noon - 14 * hour, noon - 60 * hour)
  expect(dayStarts(rows).map(day => day.index)).toEqual([0, 2, 4])
})

test('days are found in a list with the oldest first, too', () => {
  expect(dayStarts(rowsAt(noon - 60 * hour, noon - 13 * hour, noon)).map(day => day.index)).toEqual([0, 1, 2])
})

test('every row is where the rows and headings above it leave it', () => {
  const layout = new ListLayout(
    5,
    dayStarts(rowsAt(noon, noon, noon - 24 * hour, noon - 24 * hour, noon)),
    'compact',
    1,
  )
  expect([0, 1, 2, 3, 4].map(index => layout.topOf(index))).toEqual([34, 70, 140, 176, 246])
  expect(layout.height).toBe(282)
})

test('the row at a height is the one that lies there, or the next below a heading', () => {
  const layout = new ListLayout(
    5,
    dayStarts(rowsAt(noon, noon, noon - 24 * hour, noon - 24 * hour, noon)),
    'compact',
    1,
  )
  expect([0, 34, 69, 70, 110, 141, 10_000].map(y => layout.indexAt(y))).toEqual([0, 0, 0, 1, 2, 2, 4])
})

test('of a hundred thousand rows only those in sight are drawn', () => {
  const layout = new ListLayout(100_000, [], 'normal', 1)
  const { from, to } = layout.range(5_000_000, 800, 600)
  expect(to - from).toBeLessThan(22)
  expect(layout.topOf(from)).toBeLessThanOrEqual(5_000_000 - 600)
  expect(layout.topOf(to)).toBeGreaterThanOrEqual(5_000_000 + 1_400)
})

test('an empty list draws nothing', () => {
  expect(new ListLayout(0, [], 'normal', 1).range(0, 800, 600)).toEqual({ from: 0, to: 0 })
})

const words = { today: 'Today', yesterday: 'Yesterday' }
test.each([
  [noon, 'Today'],
  [noon - 11 * hour, 'Today'],
  [noon - 13 * hour, 'Yesterday'],
  [noon + 48 * hour, 'Today'],
])('the heading of %i is %s', (at, title) => {
  expect(dayTitle(at, noon, words)).toBe(title)
})

test('times near are relative, far ones are dates, and none is in the future', () => {
  expect(rowTime(noon - 3 * hour, noon)).toBe(rowTime(noon - 3 * hour - 60_000, noon))
  expect(rowTime(noon + hour, noon)).toBe(rowTime(noon, noon))
  expect(rowTime(new Date(2020, 1, 3).getTime(), noon)).toContain('2020')
  expect(agoText(new Date(2020, 1, 3).getTime(), noon)).toMatch(/\d/)
})

test('sizes are said in the unit a person would use', () => {
  expect([0, 900, 28_400_000].map(byteSize)).toEqual(['0 bytes', '900 bytes', '28.4 MB'])
})
