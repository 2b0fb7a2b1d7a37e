import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { deleteArticles } from '../../src-main/store/articles/tombstones.ts'
import { moveArticle, setDomain, sourcesOfStory } from '../../src-main/store/stories/stories.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'
import { storeStory } from '../support/stories.ts'

test('how many sources a story has is true whatever becomes of its articles', () => {
  using store = makeStore()
  const { db } = store
  const feedId = addFeed(db, 'https://gazette.example/feed')
  const articles = ['a', 'b', 'c', 'd', 'e'].map(title => makeArticle({ title }))
  const [a, b, c, d, e] = storeArticles(db, feedId, articles, someNoon).newIds as [
    number,
    number,
    number,
    number,
    number,
  ]
  const [story, other] = [storeStory(db, [a, b, c]), storeStory(db, [d, e])]
  const sources = () => [sourcesOfStory(db, story), sourcesOfStory(db, other)]
  expect(sources()).toEqual([3, 2])
  moveArticle(db, { articleId: c, to: other, domain: null }, someNoon)
  expect(sources()).toEqual([2, 3])
  setDomain(db, c, `site-${d}.example`)
  expect(sources()).toEqual([2, 2])
  deleteArticles(db, [e], false, someNoon)
  expect(sources()).toEqual([2, 1])
  moveArticle(db, { articleId: a, to: null, domain: null }, someNoon)
  expect(sources()).toEqual([1, 1])
  moveArticle(db, { articleId: b, to: other, domain: null }, someNoon)
  expect(sources()).toEqual([null, 2])
  deleteArticles(db, [b, c, d], false, someNoon)
  expect(sources()).toEqual([null, null])
})
