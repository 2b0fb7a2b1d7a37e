import { expect, test } from 'vitest'
import { type ArticleCounts, countArticles } from '../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import type { ReadDb } from '../../src-main/store/db/open.ts'
import { setRemoved } from '../../src-main/store/feeds/feeds.ts'
import { randomFrom } from '../bench/lib-store-words.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

const hour = 60 * 60 * 1_000

test('whatever happens to articles, the counts are those of the rows', () => {
  using store = makeStore()
  const { db } = store
  const random = randomFrom(1)
  const below = (count: number) => Math.floor(random() * count)
  const feeds = ['gazette', 'herald', 'courier'].map(name => addFeed(db, `https://${name}.example/feed`))
  const someIds = () => {
    const ids = db.prepare<[], number>('SELECT id FROM articles').pluck().all()
    return ids.filter(() => random() < 0.2)
  }
  let stored = 0
  const steps = [
    () => {
      const articles = Array.from({ length: below(5) }, () =>
        makeArticle({ title: `Article ${stored++}`, publishedAt: someNoon - below(48) * hour }),
      )
      storeArticles(db, feeds[below(3)]!, articles, someNoon)
    },
    () => setRead(db, someIds(), random() < 0.6),
    () => setSaved(db, someIds(), random() < 0.5, someNoon),
    () => setRemoved(db, [feeds[below(3)]!], random() < 0.4 ? someNoon : null),
    () => db.prepare('DELETE FROM articles WHERE id = ?').run(someIds()[0] ?? 0),
    () => db.prepare('UPDATE articles SET feed_id = ? WHERE id = ?').run(feeds[below(3)]!, someIds()[0] ?? 0),
  ]

  for (let step = 0; step < 300; step++) {
    steps[below(steps.length)]!()
    expect(countArticles(db, someNoon - 12 * hour), `after step ${step}`).toEqual(countOneByOne(db))
  }
  expect(countArticles(db, 0).saved).toBeGreaterThan(0)
})

test('what was counted in a transaction that failed is not counted', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  storeArticles(store.db, feedId, [makeArticle()], someNoon)
  const before = countArticles(store.db, 0)
  const failing = store.db.transaction(() => {
    setRead(store.db, [1], true)
    throw new Error('no space left')
  })
  expect(failing).toThrow('no space left')
  expect(countArticles(store.db, 0)).toEqual(before)
})

function countOneByOne(db: ReadDb): ArticleCounts {
  const rows = db
    .prepare<[], { feedId: number; publishedAt: number; isRead: number; isSaved: number; isHidden: number }>(
      `SELECT feed_id AS feedId, published_at AS publishedAt, is_read AS isRead, is_saved AS isSaved, is_hidden AS isHidden
       FROM articles NOT INDEXED`,
    )
    .all()
  const listed = rows.filter(row => row.isHidden === 0)
  const unread = listed.filter(row => row.isRead === 0)
  const perFeed = (some: typeof rows) =>
    Object.fromEntries([...Map.groupBy(some, row => row.feedId)].map(([feedId, of]) => [feedId, of.length]))
  const today = listed.filter(row => row.publishedAt >= someNoon - 12 * hour)
  return {
    all: listed.length,
    today: today.length,
    todayUnread: today.filter(row => row.isRead === 0).length,
    saved: rows.filter(row => row.isSaved === 1).length,
    pages: 0,
    unread: unread.length,
    unreadByFeed: perFeed(unread),
    listedByFeed: perFeed(listed),
    copiesByFolder: {},
  }
}
