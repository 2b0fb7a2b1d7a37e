import { expect, test } from 'vitest'
import { day } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addDecision, allDecisions, correctionsOf, forgetOldDecisions } from '../../src-main/store/stories/decisions.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('corrections are answered in the order in which they were made, so that the last one holds', () => {
  using store = makeStore()
  const { db } = store
  const feedId = addFeed(db, 'https://gazette.example/feed')
  const articleIds = storeArticles(
    db,
    feedId,
    [makeArticle({ title: 'a' }), makeArticle({ title: 'b' })],
    someNoon,
  ).newIds
  addDecision(db, { id: 'b', kind: 'same', decidedAt: someNoon, articleIds })
  addDecision(db, { id: 'a', kind: 'apart', decidedAt: someNoon + 1, articleIds })
  addDecision(db, { id: 'c', kind: 'same', decidedAt: someNoon - 1, articleIds })
  expect(correctionsOf(db).map(({ kind }) => kind)).toEqual(['same', 'same', 'apart'])
  expect(allDecisions(db).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
})

test('a decision is kept for ninety days', () => {
  using store = makeStore()
  const { db } = store
  addDecision(db, { id: 'a', kind: 'same', decidedAt: someNoon, articleIds: [] })
  forgetOldDecisions(db, someNoon + 89 * day)
  expect(allDecisions(db)).toHaveLength(1)
  forgetOldDecisions(db, someNoon + 91 * day)
  expect(allDecisions(db)).toEqual([])
})
