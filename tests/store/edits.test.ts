import { expect, test } from 'vitest'
import { rowsByIds } from '../../src-main/store/articles/headlines.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import { addFeed, makeArticle, makeStore, revisionsOf, someNoon } from '../support/articles.ts'

type Part = { title?: string; html: string }

/** A store with one article, and what its feed says of it later. */
function makeEdited({ html, isRead }: { html: string; isRead: boolean }) {
  const store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const said = (part: Part) =>
    makeArticle({ guid: 'one', url: 'https://gazette.example/one', ...part, text: part.html.replace(/<[^>]*>/g, ' ') })
  const [id = 0] = storeArticles(store.db, feedId, [said({ html })], someNoon).newIds
  if (isRead) setRead(store.db, [id], true)
  return {
    edit: (part: Part, after = 1) => storeArticles(store.db, feedId, [said(part)], someNoon + after),
    editedAt: () => rowsByIds(store.db, [id])[0]?.editedAt,
    revisions: () => revisionsOf(store.db, id).length,
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}

test('an article that is changed after it was read is edited, and one that was not read yet is not', () => {
  using read = makeEdited({ html: '<p>Twelve boats came.</p>', isRead: true })
  using unread = makeEdited({ html: '<p>Twelve boats came.</p>', isRead: false })
  for (const article of [read, unread]) article.edit({ html: '<p>Fifteen boats came.</p>' })
  expect([read.editedAt(), unread.editedAt()]).toEqual([someNoon + 1, null])
  expect([read.revisions(), unread.revisions()]).toEqual([1, 1])
})

test.each([
  [
    'a time stamp',
    '<p>Updated: 12 March 2026, 10:15 GMT</p><p>Boats came.</p>',
    '<p>Updated: 13 March 2026, 11:20 GMT</p><p>Boats came.</p>',
  ],
  ['how long ago', '<p>3 hours ago</p><p>Boats came.</p>', '<p>5 hours ago</p><p>Boats came.</p>'],
  ['a count', '<p>Boats came.</p><p>12 comments</p>', '<p>Boats came.</p><p>15 comments</p>'],
  ['white space', '<p>Boats  came.</p>', '<p>Boats came. </p>'],
  ['tracking', '<p>Boats: https://a.example/?utm_source=x</p>', '<p>Boats: https://a.example/?utm_source=y</p>'],
])('%s is no edit', (_, before, after) => {
  using article = makeEdited({ html: before, isRead: true })
  article.edit({ html: after })
  expect([article.editedAt(), article.revisions()]).toEqual([null, 0])
})

test('of an article that is edited all day the last twenty versions are kept', () => {
  using article = makeEdited({ html: '<p>Ticker: nothing yet.</p>', isRead: true })
  for (let edit = 1; edit <= 30; edit++) article.edit({ html: `<p>Ticker: boat number ${edit} has come.</p>` }, edit)
  expect(article.revisions()).toBe(20)
})
