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

function deed(undoId: number) {
  return { undoIds: [undoId], done: '', undone: '' }
}
