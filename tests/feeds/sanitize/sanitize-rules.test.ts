/** When the rules of sanitising change, what is stored follows, and no reader hears of an edit that no publisher made. */
import { expect, test } from 'vitest'
import { articleById } from '../../../src-main/store/articles/article.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, makeStore, revisionsOf, someNoon } from '../../support/articles.ts'

const ferry = makeArticle({ title: 'Ferry', html: '<p>Sails at nine. Hidden.</p>', text: 'Sails at nine. Hidden.' })
const ferryNow = { ...ferry, html: '<p>Sails at nine.</p>', text: 'Sails at nine.' } as typeof ferry

/** A store whose one article was sanitised by rules that wrote no number into the hash. */
function oldStore() {
  const store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const [id = 0] = storeArticles(store.db, feedId, [ferry], someNoon).newIds
  store.db.prepare("UPDATE contents SET hash = substr(hash, instr(hash, '.') + 1)").run()
  store.db.prepare('UPDATE articles SET is_read = 1').run()
  return { store, feedId, id }
}

test('an article that other rules make another one is brought up to date without a word', () => {
  const { store, feedId, id } = oldStore()
  using _ = store
  expect(storeArticles(store.db, feedId, [ferryNow], someNoon + 1)).toMatchObject({ newIds: [], editedIds: [] })
  expect(articleById(store.db, id)).toMatchObject({ html: ferryNow.html, isRead: true })
  expect(revisionsOf(store.db, id)).toEqual([])
})

test('what its publisher changes after that is an edit again', () => {
  const { store, feedId, id } = oldStore()
  using _ = store
  storeArticles(store.db, feedId, [ferry], someNoon + 1)
  expect(storeArticles(store.db, feedId, [ferryNow], someNoon + 2)).toMatchObject({ editedIds: [id] })
  expect(revisionsOf(store.db, id)).toHaveLength(1)
})
