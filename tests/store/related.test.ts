import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { latestBeside } from '../../src-main/store/related/latest.ts'
import { startRelated } from '../../src-main/store/related/related.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

const otherNews = [
  'Bakery wins prize for rye bread',
  'Library opens on Sundays',
  'Rain expected until Thursday',
  'Orchestra rehearses in the old mill',
  'School garden feeds forty pupils',
  'Bridge closed for repairs',
  'Chess club looks for new players',
  'Mayor answers questions about parking',
]

/** Two papers with the same small news, and what a test adds. */
function makePapers(db: WriteDb) {
  const feeds = {
    gazette: addFeed(db, 'https://gazette.example/feed'),
    ferry: addFeed(db, 'https://ferry.example/feed', { title: 'Ferry News' }),
  }
  for (const [index, title] of otherNews.entries()) add(db, feeds.gazette, { title, guid: `other-${index}` })
  return feeds
}

function add(db: WriteDb, feedId: number, part: Parameters<typeof makeArticle>[0]): number {
  const title = part?.title ?? ''
  const { newIds } = storeArticles(db, feedId, [makeArticle({ text: title, ...part })], someNoon)
  return newIds[0]!
}

function relatedTo(db: WriteDb, articleId: number): number[] {
  const search = startRelated(db, articleId, 4)
  while (search.step());
  return search.ids()
}

test('an article of another source on the same event is related, whichever of both is open', () => {
  using store = makeStore()
  const { gazette, ferry } = makePapers(store.db)
  const one = add(store.db, gazette, { title: 'Lighthouse of Skerry Point sold to a keeper’s grandson' })
  const other = add(store.db, ferry, { title: 'Grandson of last keeper buys Skerry Point lighthouse' })

  expect([relatedTo(store.db, one), relatedTo(store.db, other)]).toEqual([[other], [one]])
})

test('what shares only words of questions, lists and dates is not related', () => {
  using store = makeStore()
  const { gazette, ferry } = makePapers(store.db)
  const one = add(store.db, gazette, { title: 'Five things you need to know about the harbour this Monday' })
  add(store.db, ferry, { title: 'Seven things to know this Monday about your new telephone' })

  expect(relatedTo(store.db, one)).toEqual([])
})

test('an article of the same source is no relation: it is among the latest', () => {
  using store = makeStore()
  const { gazette } = makePapers(store.db)
  const one = add(store.db, gazette, { title: 'Lighthouse of Skerry Point sold' })
  const other = add(store.db, gazette, { title: 'Skerry Point lighthouse: who bought it' })

  expect([relatedTo(store.db, one), latestBeside(store.db, one, [], 1)]).toEqual([[], [other]])
})

test('accents and case make no difference, and Chinese headlines are compared by pairs of characters', () => {
  using store = makeStore()
  const { gazette, ferry } = makePapers(store.db)
  const one = add(store.db, gazette, { title: 'Événement à Zürich: le château brûle' })
  const other = add(store.db, ferry, { title: 'Chateau brule: evenement majeur a Zurich' })
  const chinese = add(store.db, gazette, { title: '灯塔管理员买下海角灯塔' })
  const alike = add(store.db, ferry, { title: '海角灯塔由管理员买下' })

  expect([relatedTo(store.db, one), relatedTo(store.db, chinese)]).toEqual([[other], [alike]])
})

test('a long text that mentions everything is related to nothing by that', () => {
  using store = makeStore()
  const { gazette, ferry } = makePapers(store.db)
  const one = add(store.db, gazette, {
    title: 'My next boat',
    text: 'A dinghy with a kevlar hull. The kevlar hull and the dinghy matter; the rudder and tiller less. Rudder, tiller.',
  })
  add(store.db, ferry, {
    title: 'A summer on the canal',
    text: `A summer. ${'Nothing happened. '.repeat(30)} We saw a dinghy, a kevlar hull, a rudder and a tiller.`,
  })

  expect(relatedTo(store.db, one)).toEqual([])
})

test('an article that is not there, or has no headline, has no relation', () => {
  using store = makeStore()
  const { gazette } = makePapers(store.db)
  const untitled = add(store.db, gazette, { title: '', guid: 'untitled', text: 'Words without a headline.' })

  expect([relatedTo(store.db, 4_711), relatedTo(store.db, untitled)]).toEqual([[], []])
})

test('the latest of a source come newest first, without the open article and those read just now', () => {
  using store = makeStore()
  const { ferry } = makePapers(store.db)
  const hour = 3_600_000
  const ids = [3, 1, 2, 4].map(age =>
    add(store.db, ferry, { title: `Sailing number ${age}`, publishedAt: someNoon - age * hour }),
  )
  const [threeOld, oneOld, twoOld, fourOld] = ids

  expect(latestBeside(store.db, twoOld!, [oneOld!], 4)).toEqual([threeOld, fourOld])
})
