import { describe, expect, test } from 'vitest'
import type { PageKey } from '../../src-main/api/model.ts'
import { countArticles } from '../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved, walkUnread } from '../../src-main/store/articles/read-state.ts'
import type { ReadDb, WriteDb } from '../../src-main/store/db/open.ts'
import { moveFeeds, setRemoved } from '../../src-main/store/feeds/feeds.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { countListed, countNewer } from '../../src-main/store/lists/counts.ts'
import { listHeadlines } from '../../src-main/store/lists/page.ts'
import type { ListedView } from '../../src-main/store/lists/scope.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

const hour = 60 * 60 * 1_000
const todayStart = someNoon - 12 * hour

/** Two feeds, the second in a folder inside a folder; the higher the number the newer, four of them of today. */
function makeLibrary() {
  const store = makeStore()
  const { db } = store
  const outer = createFolder(db, 'World', null)
  const inner = createFolder(db, 'Europe', outer)
  const first = addFeed(db, 'https://gazette.example/feed', { title: 'The Gazette' })
  const second = addFeed(db, 'https://herald.example/feed', { title: 'The Herald' })
  moveFeeds(db, [second], inner, undefined)
  const articles = (feed: string, numbers: number[]) =>
    numbers.map(number =>
      makeArticle({ title: `${feed} ${number}`, publishedAt: someNoon - 24 * hour + number * 4 * hour }),
    )
  storeArticles(db, first, articles('Gazette', [5, 3, 1]), someNoon)
  storeArticles(db, second, articles('Herald', [6, 4, 2]), someNoon)
  return { store, db, first, second, outer, inner }
}

const everything = ['Herald 6', 'Gazette 5', 'Herald 4', 'Gazette 3', 'Herald 2', 'Gazette 1']

test('a view lists its own articles, newest first', () => {
  const { store, db, first, second, outer } = makeLibrary()
  using _ = store
  markRead(db, 'Gazette 5')
  setSaved(db, [idOf(db, 'Herald 2')], true, someNoon)

  expect(titles(db, { kind: 'all' })).toEqual(everything)
  expect(titles(db, { kind: 'today' })).toEqual(['Herald 6', 'Gazette 5', 'Herald 4', 'Gazette 3'])
  expect(titles(db, { kind: 'unread' })).toEqual(everything.filter(title => title !== 'Gazette 5'))
  expect(titles(db, { kind: 'saved' })).toEqual(['Herald 2'])
  expect(titles(db, { kind: 'feed', feedId: first })).toEqual(['Gazette 5', 'Gazette 3', 'Gazette 1'])
  expect(titles(db, { kind: 'feed', feedId: second })).toEqual(['Herald 6', 'Herald 4', 'Herald 2'])
  expect(titles(db, { kind: 'folder', folderId: outer })).toEqual(['Herald 6', 'Herald 4', 'Herald 2'])
})

describe.each(['all', 'unread', 'folder', 'feed'] as const)('pages of %s', kind => {
  test.each([false, true])('follow each other without gap or repetition (oldest first: %s)', oldestFirst => {
    const { store, db, outer, second } = makeLibrary()
    using _ = store
    const view: ListedView = {
      all: { kind },
      unread: { kind },
      folder: { kind, folderId: outer },
      feed: { kind, feedId: second },
    }[kind] as ListedView
    const whole = titles(db, view, { oldestFirst })

    const paged: string[] = []
    for (let after: PageKey | null = null, page = list(db, view, { oldestFirst, limit: 2 }); page.length > 0; ) {
      paged.push(...page.map(row => row.title))
      const last = page.at(-1)!
      after = { publishedAt: last.publishedAt, id: last.id }
      page = list(db, view, { oldestFirst, limit: 2, after })
    }

    expect(paged).toEqual(whole)
    expect(whole).toEqual(oldestFirst ? whole.toSorted(byNumber) : whole.toSorted(byNumber).reverse())
  })
})

test('what was read in the unread view stays in its place until the view is left', () => {
  const { store, db } = makeLibrary()
  using _ = store
  const readId = markRead(db, 'Herald 4')

  expect(titles(db, { kind: 'unread' })).not.toContain('Herald 4')
  expect(titles(db, { kind: 'unread' }, { keepIds: [readId] })).toEqual(everything)
  expect(titles(db, { kind: 'unread' }, { keepIds: [readId], limit: 2 })).toEqual(['Herald 6', 'Gazette 5'])
})

test('counts are what the views list', () => {
  const { store, db, first, second } = makeLibrary()
  using _ = store
  markRead(db, 'Gazette 5')
  setSaved(db, [idOf(db, 'Herald 2')], true, someNoon)

  expect(countArticles(db, todayStart)).toEqual({
    all: 6,
    today: 4,
    todayUnread: 3,
    pages: 0,
    unread: 5,
    saved: 1,
    unreadByFeed: { [first]: 2, [second]: 3 },
    listedByFeed: { [first]: 3, [second]: 3 },
    copiesByFolder: {},
  })
})

test('unsubscribing takes a feed out of every view but Saved, and subscribing again brings all back', () => {
  const { store, db, first, second } = makeLibrary()
  using _ = store
  setSaved(db, [idOf(db, 'Herald 2')], true, someNoon)
  markRead(db, 'Herald 4')

  setRemoved(db, [second], someNoon)

  expect(titles(db, { kind: 'all' })).toEqual(['Gazette 5', 'Gazette 3', 'Gazette 1'])
  expect(list(db, { kind: 'saved' })).toMatchObject([{ title: 'Herald 2', feedId: null, feedTitle: 'The Herald' }])
  expect(countArticles(db, todayStart)).toEqual({
    all: 3,
    today: 2,
    todayUnread: 2,
    pages: 0,
    unread: 3,
    saved: 1,
    unreadByFeed: { [first]: 3 },
    listedByFeed: { [first]: 3 },
    copiesByFolder: {},
  })

  addFeed(db, 'https://herald.example/feed')
  expect(titles(db, { kind: 'all' })).toEqual(everything)
  expect(list(db, { kind: 'all' }).find(row => row.title === 'Herald 4')?.isRead).toBe(true)
})

test('marking a view read leaves what came after it was shown', () => {
  const { store, db, first } = makeLibrary()
  using _ = store
  const newestId = Math.max(...list(db, { kind: 'all' }).map(row => row.id))
  storeArticles(db, first, [makeArticle({ title: 'Gazette 7', publishedAt: someNoon })], someNoon)
  expect(countNewer(db, { kind: 'all' }, newestId, todayStart)).toBe(1)

  setRead(db, walkUnread(db, { kind: 'all' }, newestId, todayStart, 100)().articleIds, true)

  expect(titles(db, { kind: 'unread' })).toEqual(['Gazette 7'])
})

test('a list knows how many rows it has, whatever of it is looked at', () => {
  const { store, db, first, second, outer } = makeLibrary()
  using _ = store
  const read = ['Gazette 5', 'Herald 2'].map(title => markRead(db, title))
  setSaved(db, [idOf(db, 'Herald 2'), idOf(db, 'Gazette 1')], true, someNoon)
  const newestId = Math.max(...list(db, { kind: 'all' }).map(row => row.id))
  storeArticles(db, second, [makeArticle({ title: 'Herald 7', publishedAt: someNoon })], someNoon)

  const views: ListedView[] = [
    ...(['all', 'today', 'unread', 'saved'] as const).map(kind => ({ kind })),
    ...[first, second].map(feedId => ({ kind: 'feed' as const, feedId })),
    { kind: 'folder', folderId: outer },
  ]
  const known = [newestId, newestId + 1]
  for (const view of views)
    for (const unreadOnly of [false, true])
      for (const keepIds of [[], read, [newestId + 1]])
        for (const newest of known) {
          const rows = list(db, view, { unreadOnly, keepIds }).filter(row => row.id <= newest)
          const request = { view, limit: 2, after: null, unreadOnly, oldestFirst: false, keepIds, todayStart }
          expect(countListed(db, request, newest), JSON.stringify({ request, newest })).toBe(rows.length)
        }
})

function list(db: ReadDb, view: ListedView, options: Partial<Parameters<typeof listHeadlines>[1]> = {}) {
  return listHeadlines(db, {
    view,
    limit: 100,
    after: null,
    unreadOnly: false,
    oldestFirst: false,
    keepIds: [],
    todayStart,
    ...options,
  })
}

function titles(db: ReadDb, view: ListedView, options: Partial<Parameters<typeof listHeadlines>[1]> = {}) {
  return list(db, view, options).map(row => row.title)
}

function idOf(db: ReadDb, title: string): number {
  return db.prepare<[string], number>('SELECT id FROM articles WHERE title = ?').pluck().get(title) ?? 0
}

function markRead(db: WriteDb, title: string): number {
  const id = idOf(db, title)
  setRead(db, [id], true)
  return id
}

function byNumber(a: string, b: string): number {
  return Number(a.split(' ')[1]) - Number(b.split(' ')[1])
}
