/** Reports that several papers print under addresses of their own are found, and folded, whoever comes first. */
import { expect, test } from 'vitest'
import { createCopyFinder } from '../../src-main/grouping/copies.ts'
import { countArticles } from '../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

const report = Array.from(
  { length: 30 },
  (_, n) => `On the ${n + 1}th pier of the harbour, crew ${n} said that it waits.`,
)

/** Stores an article of a paper and answers its id. */
function print(db: WriteDb, paper: string, text: string, title = `${paper} reports`): number {
  const site = `https://www.${paper}.example`
  const known = db.prepare<[string], number>('SELECT id FROM feeds WHERE url = ?').pluck().get(`${site}/feed`)
  const feedId = known ?? addFeed(db, `${site}/feed`, { title: paper })
  const article = makeArticle({ title, text, url: `${site}/${encodeURIComponent(title)}` })
  return storeArticles(db, feedId, [article], someNoon).newIds[0]!
}

function find(finder: ReturnType<typeof createCopyFinder>): boolean {
  let isAnyFound = false
  for (let isMore = true; isMore; ) {
    const step = finder.step()
    isMore = step.isMore
    isAnyFound ||= step.isAnyFound
  }
  return isAnyFound
}

const groups = (db: WriteDb) =>
  db.prepare<[], number | null>('SELECT copy_group FROM articles ORDER BY id').pluck().all()
const unread = (db: WriteDb) => countArticles(db, 0).unread

test('a report that three papers print is one, also where it was cut, and after a restart', () => {
  using store = makeStore()
  const { db } = store
  const finder = createCopyFinder(db, () => someNoon)
  const first = print(db, 'gazette', report.join(' '))
  print(db, 'herald', `Here is what we were sent. ${report.slice(1).join(' ')}`)
  print(db, 'orchard', 'A poem about pears. '.repeat(40))
  expect(find(finder)).toBe(true)
  expect(groups(db)).toEqual([first, first, null])
  expect(unread(db)).toBe(2)

  print(db, 'courier', report.slice(0, 20).join(' '))
  expect(find(createCopyFinder(db, () => someNoon))).toBe(true)
  expect(groups(db)).toEqual([first, first, null, first])
  expect(unread(db)).toBe(2)
})

test('where it was read in one paper, it is read in the next one', () => {
  using store = makeStore()
  const { db } = store
  const finder = createCopyFinder(db, () => someNoon)
  setRead(db, [print(db, 'gazette', report.join(' '))], true)
  find(finder)
  print(db, 'herald', report.join(' '))
  find(finder)
  expect(unread(db)).toBe(0)
})

test('a paper never has two articles in one row', () => {
  using store = makeStore()
  const { db } = store
  const finder = createCopyFinder(db, () => someNoon)
  const first = print(db, 'gazette', report.join(' '))
  print(db, 'herald', report.join(' '))
  print(db, 'herald', report.join(' '), 'The same again')
  find(finder)
  expect(groups(db)).toEqual([first, first, null])
})

test('one that is gone is compared with none, and what came while nobody looked is looked at later', () => {
  using store = makeStore()
  const { db } = store
  const finder = createCopyFinder(db, () => someNoon)
  const first = print(db, 'gazette', report.join(' '))
  expect(find(finder)).toBe(false)
  db.prepare('DELETE FROM articles WHERE id = ?').run(first)
  const second = print(db, 'herald', report.join(' '))
  expect(find(finder)).toBe(false)
  print(db, 'courier', report.join(' '))
  expect(find(finder)).toBe(true)
  expect(groups(db)).toEqual([second, second])
})
