/** What is said at the foot of the window, and what takes its place. */
import { expect, test } from 'vitest'
import { Toasts } from '../../src-renderer/state/toasts.svelte.ts'

const texts = (toasts: Toasts) => toasts.shown.map(({ text }) => text)

test('a later word about the same takes the place of the one before, and the others stay where they are', () => {
  const toasts = new Toasts()
  toasts.add({ topic: 'refresh', text: 'Nothing new in 3 feeds.' })
  toasts.add({ text: 'Moved 1 feed to News.', undo: deed(7) })
  toasts.add({ topic: 'refresh', text: '2 new articles in 3 feeds.' })
  expect(texts(toasts)).toEqual(['2 new articles in 3 feeds.', 'Moved 1 feed to News.'])
})

test('the same words are not shown twice, unless each takes back something else', () => {
  const toasts = new Toasts()
  toasts.add({ text: 'This article has no link.' })
  toasts.add({ text: 'This article has no link.' })
  expect(texts(toasts)).toEqual(['This article has no link.'])
  toasts.add({ text: 'Marked 3 articles read.', undo: deed(1) })
  toasts.add({ text: 'Marked 3 articles read.', undo: deed(2) })
  expect(toasts.shown.map(({ undo }) => undo?.undoIds[0])).toEqual([undefined, 1, 2])
})

test('a toast that moves into a dialog and out of it goes when it would have gone', () => {
  const toasts = new Toasts()
  const id = toasts.add({ text: 'Link copied.' })
  const whole = toasts.timeLeft(id, 0)
  expect([toasts.timeLeft(id, 1_000), toasts.timeLeft(id, 3_000)]).toEqual([whole - 1_000, whole - 3_000])
  toasts.beginAnew(id)
  expect(toasts.timeLeft(id, 5_000)).toBe(whole)
})

test('two are in sight, the last ones; the others come back as those go', () => {
  const toasts = new Toasts()
  const ids = [1, 2, 3, 4].map(id => toasts.add({ text: `Deed ${id}`, undo: deed(id) }))
  const inSight = () => toasts.inSight.map(({ text }) => text)
  expect(inSight()).toEqual(['Deed 3', 'Deed 4'])
  toasts.dismiss(ids[3]!)
  expect(inSight()).toEqual(['Deed 2', 'Deed 3'])
  toasts.isOpen = true
  expect(inSight()).toEqual(['Deed 1', 'Deed 2', 'Deed 3'])
  toasts.dismiss(ids[0]!)
  expect(toasts.isOpen).toBe(false)
})

test('a problem stays in sight beside what was said last', () => {
  const toasts = new Toasts()
  toasts.add({ text: 'Problem', kind: 'problem' })
  for (const id of [1, 2]) toasts.add({ text: `Deed ${id}`, undo: deed(id) })
  expect(toasts.inSight.map(({ text }) => text)).toEqual(['Problem', 'Deed 2'])
})

test('where there are too many, one that can not be taken back goes first', () => {
  const toasts = new Toasts()
  for (const id of [1, 2]) toasts.add({ text: `Deed ${id}`, undo: deed(id) })
  toasts.add({ text: 'Link copied.' })
  for (const id of [3, 4, 5]) toasts.add({ text: `Deed ${id}`, undo: deed(id) })
  expect(texts(toasts)).toEqual(['Deed 1', 'Deed 2', 'Deed 3', 'Deed 4', 'Deed 5'])
})

function deed(undoId: number) {
  return { undoIds: [undoId], done: '', undone: '' }
}
