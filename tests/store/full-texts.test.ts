import { expect, test } from 'vitest'
import { returningFrom } from '../../src-main/safety/journal/replay.ts'
import { storeFullText } from '../../src-main/store/articles/full-text.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { portableArticle } from '../../src-main/store/articles/portable.ts'
import { restoreSaved } from '../../src-main/store/articles/restore-saved.ts'
import { deleteArticles } from '../../src-main/store/articles/tombstones.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { databaseUsage } from '../../src-main/store/disk-usage.ts'
import { chooseText, fullTextOf, writeFullTextFailure } from '../../src-main/store/full-texts/full-texts.ts'
import { salvage } from '../../src-main/store/rescue/salvage.ts'
import { listShards } from '../../src-main/store/search/index.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { upgradeStore } from '../../src-main/store/upgrade/upgrade.ts'
import { addFeed, makeArticle, makeStore, someNoon, somePageText } from '../support/articles.ts'

const day = 86_400_000

function library() {
  const store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const article = makeArticle({ title: 'Ferry', text: 'The ferry crossed.' })
  const [id = 0] = storeArticles(store.db, feedId, [article], someNoon).newIds
  return Object.assign(store, { feedId, article, id })
}

const found = (db: WriteDb, words: string) => searchArticles(db, words).map(hit => hit.id)

test('the search finds words of the feed’s text and of the page’s', () => {
  using store = library()
  const { db, id } = store
  expect(found(db, 'lighthouse')).toEqual([])
  storeFullText(db, id, somePageText(), null)
  expect([found(db, 'crossed'), found(db, 'lighthouse'), found(db, 'crossed lighthouse')]).toEqual([[id], [id], [id]])
})

test('a page that is fetched again is found by what it says now', () => {
  using store = library()
  const { db, id } = store
  storeFullText(db, id, somePageText(), null)
  storeFullText(db, id, somePageText({ html: '<p>A windmill.</p>' }), null)
  expect([found(db, 'lighthouse'), found(db, 'windmill')]).toEqual([[], [id]])
})

test('an edit of the feed’s text leaves the page’s to be found', () => {
  using store = library()
  const { db, id, feedId, article } = store
  storeFullText(db, id, somePageText(), null)
  const edited = makeArticle({ title: 'Ferry', text: 'The ferry sank.', guid: article.guid })
  expect(storeArticles(db, feedId, [edited], someNoon + 1).editedIds).toEqual([id])
  expect([found(db, 'crossed'), found(db, 'sank'), found(db, 'lighthouse')]).toEqual([[], [id], [id]])
})

test('an index that is built anew from the store has both texts', () => {
  using store = library()
  const { db, id } = store
  storeFullText(db, id, somePageText(), null)
  for (const { table } of listShards(db)) db.exec(`DROP TABLE ${table}`)
  writeMeta(db, 'upgradedTo', 0)
  upgradeStore(db)
  expect([found(db, 'crossed'), found(db, 'lighthouse')]).toEqual([[id], [id]])
})

test('what the reader chose stays when the page is fetched again in the background', () => {
  using store = library()
  const { db, id } = store
  storeFullText(db, id, somePageText(), true)
  expect(fullTextOf(db, id)?.isShown).toBe(true)
  expect(chooseText(db, id, false)).toBe(true)
  expect(chooseText(db, id, false)).toBe(false)
  storeFullText(db, id, somePageText({ fetchedAt: someNoon + day }), null)
  expect(fullTextOf(db, id)).toMatchObject({ kind: 'text', isShown: false, fetchedAt: someNoon + day })
})

test('a failure is kept until the page is there, and takes no text away', () => {
  using store = library()
  const { db, id } = store
  const failure = { reason: 'http', status: 404 } as const
  const failed = { url: 'https://gazette.example/page', failure, fetchedAt: someNoon }
  writeFullTextFailure(db, id, failed)
  expect(fullTextOf(db, id)).toEqual({ kind: 'failed', isShown: null, ...failed })
  storeFullText(db, id, somePageText(), true)
  writeFullTextFailure(db, id, failed)
  expect(fullTextOf(db, id)).toMatchObject({ kind: 'text', html: somePageText().html })
})

test('it goes with its article, and nothing is stored for one that is gone', () => {
  using store = library()
  const { db, id } = store
  storeFullText(db, id, somePageText(), true)
  expect(deleteArticles(db, [id], false, someNoon)).toBe(1)
  expect(fullTextOf(db, id)).toBeNull()
  expect(storeFullText(db, id, somePageText(), true)).toBe(false)
  writeFullTextFailure(db, id, { url: 'https://gazette.example/', failure: { reason: 'gone' }, fetchedAt: someNoon })
  expect(fullTextOf(db, id)).toBeNull()
  expect(found(db, 'lighthouse')).toEqual([])
})

test('a saved article comes back with it, and the one that is there takes it', () => {
  using from = library()
  storeFullText(from.db, from.id, somePageText(), true)
  const returning = returningFrom(portableArticle(from.db, from.id)!)
  const expected = { ...somePageText(), kind: 'text', isShown: true }

  using empty = makeStore()
  const { savedIds } = restoreSaved(empty.db, [returning], someNoon)
  expect(fullTextOf(empty.db, savedIds[0]!)).toEqual(expected)
  expect(found(empty.db, 'lighthouse')).toEqual(savedIds)

  using known = library()
  restoreSaved(known.db, [returning], someNoon)
  expect(fullTextOf(known.db, known.id)).toEqual(expected)
  expect(found(known.db, 'lighthouse')).toEqual([known.id])
})

test('it is saved from a damaged database, and found there', () => {
  using damaged = library()
  storeFullText(damaged.db, damaged.id, somePageText(), true)
  using rescued = makeStore()
  const rows = salvage(rescued.db, damaged.db as never)
  upgradeStore(rescued.db)
  expect(rows.full_texts).toBe(1)
  expect(fullTextOf(rescued.db, damaged.id)).toMatchObject({ html: somePageText().html, isShown: true })
  expect(found(rescued.db, 'lighthouse')).toEqual([damaged.id])
})

test('a backup without it gets it from the damaged database, in the index too', () => {
  using damaged = library()
  using backup = library()
  storeFullText(damaged.db, damaged.id, somePageText(), true)
  salvage(backup.db, damaged.db as never)
  upgradeStore(backup.db)
  expect(found(backup.db, 'lighthouse')).toEqual([backup.id])
})

test('it is compressed, and has a line of its own in what fills the disk', () => {
  using store = library()
  const { db, id, file } = store
  const html = `<p>${'All that the page says of the lighthouse. '.repeat(5_000)}</p>`
  storeFullText(db, id, somePageText({ html }), null)
  const bytes = db.prepare<[], number>('SELECT length(html) FROM full_texts').pluck().get() ?? 0
  expect(bytes).toBeLessThan(html.length / 20)
  const reader = openDatabase(file)
  expect(databaseUsage(reader).parts.map(part => part.kind)).toContain('full-texts')
  reader.close()
})
