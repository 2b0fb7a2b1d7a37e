import { expect, test } from 'vitest'
import type { SourceRow } from '../../src-renderer/library/tree.ts'
import { drawnRows, rowsInSight } from '../../src-renderer/sources/tree-window.ts'

const views = ['today', 'all', 'unread', 'saved'].map(key => ({ kind: 'smart', key }) as SourceRow)
const feeds = Array.from({ length: 2_000 }, (_, index) => ({ kind: 'feed', key: `feed:${index}` }) as SourceRow)
const rows = [...views, ...feeds]
/** Of the whole tree, in rem: 2,004 rows of 1.875 and the rule above the library. */
const height = 2_004 * 1.875 + 1.5625

const keysOf = (drawn: { row: SourceRow }[]) => drawn.map(({ row }) => row.key)

test('of two thousand feeds only those in sight are drawn, and a little more', () => {
  const { from, to } = rowsInSight(1_000, 50)
  const { drawn } = drawnRows(rows, { from, to, always: new Set() })
  expect(drawn.length).toBeLessThan(75)
  expect(keysOf(drawn)).toContain('feed:535')
})

test('the row with the focus is drawn wherever it is, in its place', () => {
  const { drawn } = drawnRows(rows, { ...rowsInSight(0, 50), always: new Set(['feed:1999', null]) })
  expect(drawn.at(-1)?.row.key).toBe('feed:1999')
  expect(keysOf(drawn)).not.toContain('feed:1000')
})

test.each([0, 10, 500, 3_000, 3_700])('scrolled to %i, the tree is as high as with all of its rows', top => {
  const { drawn, below } = drawnRows(rows, { ...rowsInSight(top, 50), always: new Set(['today', 'feed:700']) })
  const hasRule = keysOf(drawn).includes('feed:0')
  const gaps = drawn.reduce((sum, { gap }) => sum + gap, 0)
  expect(drawn.length * 1.875 + gaps + below + (hasRule ? 1.5625 : 0)).toBeCloseTo(height)
})

test('a tree without feeds is its views', () => {
  expect(drawnRows(views, { ...rowsInSight(0, 50), always: new Set() })).toEqual({
    drawn: views.map(row => ({ row, gap: 0 })),
    below: 0,
  })
})
