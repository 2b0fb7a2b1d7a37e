import { describe, expect, test } from 'vitest'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../../src-main/store/articles/read-state.ts'
import type { WriteDb } from '../../../src-main/store/db/open.ts'
import { addFeed, makeArticle, makeStore, revisionsOf, someNoon } from '../../support/articles.ts'

const hour = 60 * 60 * 1_000
const feedUrl = 'https://gazette.example/feed'

describe('an article is recognised when', () => {
  const first = makeArticle({
    guid: 'tag:gazette.example,2026:1',
    text: 'The ferry crossed the harbour at dawn. '.repeat(8),
  })
  test.each([
    { name: 'nothing changed', again: first },
    { name: 'its title was edited', again: { ...first, title: 'Ferry runs again after storm', fingerprint: 'other' } },
    { name: 'its guid changed', again: { ...first, guid: 'urn:uuid:5a1b' } },
    {
      name: 'its guid changed and its title was edited',
      again: { ...first, guid: 'new', title: 'Other', fingerprint: 'x' },
    },
    { name: 'its guid was dropped', again: { ...first, guid: null } },
    {
      name: 'its guid and its link changed',
      again: { ...first, guid: 'b', url: 'https://new.example/1', canonicalUrl: 'new.example/1' },
    },
    { name: 'it was dated anew', again: { ...first, publishedAt: someNoon + 5 * hour } },
  ])('$name', ({ again }) => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    const { newIds } = storeArticles(store.db, feedId, [first], someNoon)
    setRead(store.db, newIds, true)
    setSaved(store.db, newIds, true, someNoon)

    storeArticles(store.db, feedId, [again], someNoon + hour)

    expect(stateOf(store.db)).toEqual([{ id: newIds[0], isRead: 1, isSaved: 1, publishedAt: first.publishedAt }])
  })
})

describe('articles stay apart when', () => {
  test.each([
    {
      name: 'a feed gives all of them the same guid',
      articles: ['One', 'Two', 'Three'].map(title => makeArticle({ title, guid: 'always-the-same' })),
    },
    {
      name: 'a feed links all of them to its front page',
      articles: ['One', 'Two'].map(title => makeArticle({ title, guid: title, url: 'https://gazette.example/' })),
    },
    {
      name: 'a feed links all of them to one page',
      articles: ['One', 'Two'].map(title => makeArticle({ title, guid: title, url: 'https://gazette.example/live' })),
    },
    {
      name: 'two feeds use the same guid',
      articles: [makeArticle({ title: 'One', guid: '1' }), makeArticle({ title: 'Two', guid: '2' })],
    },
  ])('$name', ({ articles }) => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    const otherId = addFeed(store.db, 'https://herald.example/feed')

    for (const poll of [0, 1, 2]) {
      for (const id of [feedId, otherId]) storeArticles(store.db, id, articles, someNoon + poll * hour)
    }

    expect(stateOf(store.db)).toHaveLength(articles.length * 2)
  })

  test('a short post of the same words comes on another day', () => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    const thread = (day: number) =>
      makeArticle({
        title: 'Open thread',
        text: 'Talk here.',
        guid: `thread-${day}`,
        url: `https://gazette.example/thread/${day}`,
        publishedAt: someNoon + day * 24 * hour,
      })

    for (const day of [0, 1, 2]) storeArticles(store.db, feedId, [thread(day)], someNoon + day * 24 * hour)

    expect(stateOf(store.db)).toHaveLength(3)
  })

  test('a page that was shared by several articles is seen alone later', () => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    const onLivePage = (title: string) => makeArticle({ title, guid: title, url: 'https://gazette.example/live' })

    storeArticles(store.db, feedId, [onLivePage('One')], someNoon)
    storeArticles(store.db, feedId, [onLivePage('One'), onLivePage('Two')], someNoon + hour)
    storeArticles(store.db, feedId, [onLivePage('Three')], someNoon + 2 * hour)

    expect(stateOf(store.db)).toHaveLength(3)
  })
})

test('an edit keeps what the article said before, and leaves it read', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = storeArticles(store.db, feedId, [makeArticle({ guid: '1', text: 'First words.' })], someNoon)
  setRead(store.db, newIds, true)

  const stored = storeArticles(store.db, feedId, [makeArticle({ guid: '1', text: 'Second words.' })], someNoon + hour)

  expect(stored).toEqual({ newIds: [], editedIds: newIds })
  expect(revisionsOf(store.db, newIds[0]!)).toEqual([
    { title: 'Harbour ferry runs again', html: '<p>First words.</p>', replacedAt: someNoon + hour },
  ])
  expect(stateOf(store.db)).toMatchObject([{ isRead: 1 }])
})

test('an article that was deleted does not come back', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = storeArticles(store.db, feedId, [makeArticle()], someNoon)
  store.db.prepare('DELETE FROM articles WHERE id = ?').run(newIds[0])

  const stored = storeArticles(store.db, feedId, [makeArticle()], someNoon + hour)

  expect(stored).toEqual({ newIds: [], editedIds: [] })
  expect(stateOf(store.db)).toEqual([])
})

test.each([
  { name: 'in the far future', stated: Date.UTC(9999, 0), listed: someNoon },
  { name: 'in a few minutes', stated: someNoon + 300_000, listed: someNoon },
  { name: 'before there were feeds', stated: 0, listed: someNoon },
  { name: 'missing', stated: null, listed: someNoon },
  { name: 'yesterday', stated: someNoon - 24 * hour, listed: someNoon - 24 * hour },
])('a date $name is listed where a reader looks for it', ({ stated, listed }) => {
  using store = makeStore()
  storeArticles(store.db, addFeed(store.db, feedUrl), [makeArticle({ publishedAt: stated })], someNoon)
  expect(stateOf(store.db)).toMatchObject([{ publishedAt: listed }])
})

function stateOf(db: WriteDb) {
  return db
    .prepare<[], { id: number; isRead: number; isSaved: number; publishedAt: number }>(
      'SELECT id, is_read AS isRead, is_saved AS isSaved, published_at AS publishedAt FROM articles ORDER BY id',
    )
    .all()
}
