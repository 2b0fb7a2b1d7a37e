/** Saved articles that come back into a database, from the journal or an archive. */
import { expect, test } from 'vitest'
import { returningFrom } from '../../src-main/safety/journal/replay.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { portableArticle, savedArticles } from '../../src-main/store/articles/portable.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import { type ReturningArticle, restoreSaved } from '../../src-main/store/articles/restore-saved.ts'
import { deleteArticles } from '../../src-main/store/articles/tombstones.ts'
import { feedByUrl } from '../../src-main/store/feeds/feeds.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon } from '../support/articles.ts'

const feedUrl = 'https://gazette.example/feed'
const ferry = makeArticle({
  title: 'Ferry runs again',
  image: 'https://gazette.example/ferry.jpg',
  media: ['https://gazette.example/ferry.jpg'],
  categories: ['Sea'],
  enclosures: [{ url: 'https://gazette.example/1.mp3', type: 'audio/mpeg', length: 17 }],
  commentsUrl: 'https://gazette.example/1/comments',
  commentsCount: 4,
  updatedAt: someNoon - 30_000,
})
const hour = 3_600_000

/** As the journal has it: through JSON. */
function journaled(edit = ferry): ReturningArticle {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = storeArticles(store.db, feedId, [ferry], someNoon)
  storeArticles(store.db, feedId, [edit], someNoon + 1)
  setRead(store.db, newIds, true)
  setSaved(store.db, newIds, true, someNoon + 2)
  return returningFrom(JSON.parse(JSON.stringify(portableArticle(store.db, newIds[0]!))))
}

test('an article that comes back from the journal is as it was, in every field', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = storeArticles(store.db, feedId, [ferry], someNoon)
  setRead(store.db, newIds, true)
  setSaved(store.db, newIds, true, someNoon + 2)
  const before = [...savedArticles(store.db)]
  using other = makeStore()
  restoreSaved(other.db, before.map(returningFrom), someNoon + hour)
  expect([...savedArticles(other.db)]).toEqual(before)
  expect(searchArticles(other.db, 'ferry')).toHaveLength(1)
})

test('what came back is known by all it was ever known by: neither its feed nor the journal brings it twice', () => {
  using store = makeStore()
  const edit = { ...ferry, title: 'Ferry stops', text: 'Other words.', html: ferry.html, fingerprint: 'another' }
  const article = journaled(edit)
  restoreSaved(store.db, [article], someNoon + hour)
  expect([...savedArticles(store.db)].map(({ keys }) => keys)).toEqual([article.stored?.keys])
  const feedId = feedByUrl(store.db, feedUrl)!.id
  expect(storeArticles(store.db, feedId, [edit], someNoon + 2 * hour)).toEqual({ newIds: [], editedIds: [] })
  expect(restoreSaved(store.db, [article], someNoon + 2 * hour)).toMatchObject({
    savedIds: [],
    knownIds: [expect.any(Number)],
  })
  expect(savedIds(store.db)).toHaveLength(1)
})

test('an article that was deleted here comes back, since somebody saved it', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = storeArticles(store.db, feedId, [ferry], someNoon)
  deleteArticles(store.db, newIds, false, someNoon)
  expect(storeArticles(store.db, feedId, [ferry], someNoon).newIds).toEqual([])
  const restored = restoreSaved(store.db, [journaled()], someNoon + hour)
  expect(restored.savedIds).toHaveLength(1)
  expect(storeArticles(store.db, feedId, [ferry], someNoon + hour)).toEqual({ newIds: [], editedIds: [] })
  expect(store.db.prepare('SELECT COUNT(*) FROM tombstones').pluck().get()).toBe(0)
})
