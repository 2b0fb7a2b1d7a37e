/** What a notice says, and when none is shown: text that is safe for any system, and quiet hours by the clock on the wall. */
import { expect, test } from 'vitest'
import { noticeText } from '../../src-main/api/notices.ts'
import { ShownNotices } from '../../src-main/api/shown-notices.ts'
import { actionsOf } from '../../src-main/electron/notices/notice-actions.ts'
import { isSmallPng } from '../../src-main/electron/notices/small-png.ts'
import { systemText } from '../../src-main/electron/notices/system-text.ts'
import { composeNotices, plainText, type ToldArticle } from '../../src-main/notices/compose.ts'
import { isQuietAt } from '../../src-main/notices/quiet-hours.ts'
import { plainPng } from '../support/pictures.ts'

const at = (hour: number, minute = 0) => new Date(2026, 10, 2, hour, minute).getTime()
const compose = (articles: ToldArticle[]) => composeNotices(articles, 1_000)
const one = (id: number, feedId = 1) => ({
  id,
  feedId,
  title: `Title ${id}`,
  source: 'Gazette',
  summary: 'S',
  icon: null,
})

test.each([
  { from: '22:00', to: '07:00', quiet: [22, 23, 0, 6], loud: [7, 12, 21] },
  { from: '12:00', to: '14:00', quiet: [12, 13], loud: [11, 14, 0] },
  { from: '08:00', to: '08:00', quiet: [], loud: [7, 8, 9] },
])('quiet from $from to $to', ({ from, to, quiet, loud }) => {
  expect(quiet.map(hour => isQuietAt(at(hour), { from, to }))).toEqual(quiet.map(() => true))
  expect(loud.map(hour => isQuietAt(at(hour), { from, to }))).toEqual(loud.map(() => false))
  expect(isQuietAt(at(23), null)).toBe(false)
})

test('three are shown each, four as one', () => {
  expect(compose([one(1), one(2), one(3)]).map(({ kind }) => kind)).toEqual(['article', 'article', 'article'])
  const [summary, ...others] = compose([one(1), one(2, 2), one(3), one(4)])
  expect(summary).toEqual({ kind: 'summary', articles: 4, feeds: 2, articleIds: [1, 2, 3, 4] })
  expect(others).toEqual([])
  expect(noticeText(summary!)).toEqual({ title: 'Broadsheet', body: '4 new articles in 2 feeds' })
})

test('no control characters, no turned text, no address that a system would link, and an end', () => {
  expect(plainText('a\u0000\u001b[1m\n b\u202egnp.exe', 100)).toBe('a [1m bgnp.exe')
  expect(plainText('see https://evil.example/x or www.evil.example and JavaScript://y', 100)).toBe('see … or … and …')
  expect(plainText('word '.repeat(100), 20)).toBe('word word word word…')
})

test('what is text is no markup where the body is read as such, and as it is elsewhere', () => {
  const notice = { ...compose([{ ...one(1), title: '<b>T</b>', source: 'A & B', summary: '<i>x</i>' }])[0]! }
  expect(systemText(notice, true)).toEqual({ title: '<b>T</b>', body: 'A &amp; B\n&lt;i&gt;x&lt;/i&gt;' })
  expect(systemText(notice, false)).toEqual({ title: '<b>T</b>', body: 'A & B\n<i>x</i>' })
})

test('buttons where a press arrives, and for one article alone', () => {
  const [single] = compose([one(1)])
  const [summary] = compose([one(1), one(2), one(3), one(4)])
  expect(actionsOf(single!, 'linux')).toEqual(['save', 'mark-read'])
  expect(actionsOf(single!, 'darwin')).toEqual(['save', 'mark-read'])
  expect(actionsOf(single!, 'win32')).toEqual([])
  expect(actionsOf(summary!, 'linux')).toEqual([])
})

test('an icon is drawn if it is a PNG of a size that icons have', () => {
  const png = (width: number, height: number) => new Uint8Array(plainPng(width, height, [1, 2, 3]))
  expect([png(16, 16), png(512, 512)].map(isSmallPng)).toEqual([true, true])
  expect([png(513, 16), png(16, 4_000), new Uint8Array(40), png(16, 16).subarray(0, 20)].map(isSmallPng)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('a notice of many is closed once all of them are read, and one that came after it stays', () => {
  const closed: string[] = []
  const shown = new ShownNotices<{ close(): void }>()
  const show = (name: string, ids: number[]) => {
    const [notice] = compose(ids.map(id => one(id)))
    shown.place(notice!).fill({ close: () => closed.push(name) })
  }
  show('of four', [1, 2, 3, 4])
  show('of one', [5])
  shown.withdraw([1, 2, 3, 99])
  expect(closed).toEqual([])
  shown.withdraw([4])
  expect(closed).toEqual(['of four'])
  show('of more', [6, 7, 8, 9])
  show('of still more', [10, 11, 12, 13])
  shown.withdraw([6, 7, 8, 9])
  expect(closed).toEqual(['of four', 'of more'])
})

test('what is read before it could be shown is not shown', () => {
  const shown = new ShownNotices<{ close(): void }>()
  const [first] = compose([one(1)])
  const place = shown.place(first!)
  expect(place.isWanted()).toBe(true)
  shown.withdraw([1])
  expect(place.isWanted()).toBe(false)
})

test('of too many none is followed: their notice stays', () => {
  const many = compose(Array.from({ length: 1_001 }, (_, id) => one(id)))
  expect(many).toEqual([{ kind: 'summary', articles: 1_001, feeds: 1, articleIds: [] }])
})
