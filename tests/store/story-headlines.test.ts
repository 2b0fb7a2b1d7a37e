import { expect, test } from 'vitest'
import { hour } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRemoved } from '../../src-main/store/feeds/feeds.ts'
import { visibilityStep } from '../../src-main/store/feeds/visibility.ts'
import { headlinesOf, ungroupedAfter } from '../../src-main/store/stories/headlines.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('no headline is grouped of a feed that was left, without a title, or that was old when it came', () => {
  using store = makeStore()
  const { db } = store
  const [gazette, herald] = ['gazette', 'herald'].map(name => addFeed(db, `https://${name}.example/feed`)) as [
    number,
    number,
  ]
  storeArticles(db, herald, [makeArticle({ title: 'Of a feed that was left' })], someNoon)
  const articles = [
    makeArticle({ title: 'News' }),
    makeArticle({ title: '', url: 'https://gazette.example/untitled' }),
    makeArticle({ title: 'Old', publishedAt: someNoon - 121 * hour }),
  ]
  storeArticles(db, gazette, articles, someNoon)
  setRemoved(db, [herald], someNoon)
  while (visibilityStep(db));
  const { ids, upTo } = ungroupedAfter(db, { after: 0, until: 99, most: 99 })
  expect(headlinesOf(db, ids).map(({ title }) => title)).toEqual(['News'])
  expect(upTo).toBe(4)
})
