/** What keeps articles from being taken for copies, and what keeps the counts of copies true. */
import { expect, test } from 'vitest'
import { day } from '../../../src-main/lib/time.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead } from '../../../src-main/store/articles/read-state.ts'
import { deleteArticles } from '../../../src-main/store/articles/tombstones.ts'
import { forgetLinksStep, joinCopy } from '../../../src-main/store/copies/find-copies.ts'
import type { WriteDb } from '../../../src-main/store/db/open.ts'
import { changeSettings } from '../../../src-main/store/settings.ts'
import { addFeed, makeArticle, makeStore, someNoon, type TestStore } from '../../support/articles.ts'
import { miscountsIn } from '../../torture/recount.ts'

function makeLibrary(): { store: TestStore; feeds: number[]; bring(feed: number, title: string, at?: number): number } {
  const store = makeStore()
  const feeds = ['gazette', 'herald', 'courier', 'ledger'].map(name =>
    addFeed(store.db, `https://${name}.example/feed`),
  )
  const bring = (feed: number, title: string, publishedAt = someNoon) =>
    storeArticles(store.db, feeds[feed]!, [makeArticle({ title, publishedAt })], someNoon).newIds[0]!
  return { store, feeds, bring }
}

const groups = (db: WriteDb) =>
  db.prepare<[], number | null>('SELECT copy_group FROM articles ORDER BY id').pluck().all()

test('what is published under one link a week later is another article', () => {
  const { store, bring } = makeLibrary()
  using _ = store
  const first = bring(0, 'Ferry', someNoon - 8 * day)
  bring(1, 'Ferry')
  expect(groups(store.db)).toEqual([null, null])
  bring(2, 'Ferry', someNoon - 6 * day)
  expect(groups(store.db)).toEqual([first, null, first])
})

test('two groups of copies are never made one', () => {
  const { store, bring } = makeLibrary()
  using _ = store
  const ids = [bring(0, 'Ferry'), bring(1, 'Ferry'), bring(2, 'Boat'), bring(3, 'Boat')]
  const before = groups(store.db)
  expect(before).toEqual([ids[0], ids[0], ids[2], ids[2]])
  expect(joinCopy(store.db, ids[2]!, ids[0]!)).toBe(false)
  expect(groups(store.db)).toEqual(before)
})

test('where copies are not folded, a near copy of what was read stays unread', () => {
  const { store, bring } = makeLibrary()
  using _ = store
  const [ferry, boat] = [bring(0, 'Ferry'), bring(1, 'Boat')]
  setRead(store.db, [ferry], true)
  changeSettings(store.db, { foldsCopies: false })
  expect(joinCopy(store.db, boat, ferry)).toBe(true)
  const isRead = store.db.prepare<[number], number>('SELECT is_read FROM articles WHERE id = ?').pluck()
  expect([isRead.get(ferry), isRead.get(boat)]).toEqual([1, 0])
})

test('links are kept for thirty days, and of articles that are gone no longer', () => {
  const { store, bring } = makeLibrary()
  using _ = store
  const links = () =>
    store.db.prepare<[], number>('SELECT article_id FROM copy_links ORDER BY article_id').pluck().all()
  const [ferry, boat] = [bring(0, 'Ferry'), bring(0, 'Boat')]
  expect(forgetLinksStep(store.db, 0, someNoon + 29 * day)).toBeNull()
  expect(links()).toEqual([ferry, boat])
  deleteArticles(store.db, [boat], false, someNoon)
  forgetLinksStep(store.db, 0, someNoon + 29 * day)
  expect(links()).toEqual([ferry])
  forgetLinksStep(store.db, 0, someNoon + 31 * day)
  expect(links()).toEqual([])
})

test('copies that are deleted one after the other are counted true each time', () => {
  const { store, bring } = makeLibrary()
  using _ = store
  for (const id of [bring(0, 'Ferry'), bring(1, 'Ferry'), bring(2, 'Ferry'), bring(3, 'Ferry')]) {
    expect(miscountsIn(store.db)).toEqual([])
    deleteArticles(store.db, [id], false, someNoon)
  }
  expect(miscountsIn(store.db)).toEqual([])
})
