import { beforeEach, expect, test } from 'vitest'
import { digestParts } from '../../src-main/api/settings.ts'
import { composeDigest, type Digest } from '../../src-main/digest/compose.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { setRemoved } from '../../src-main/store/feeds/feeds.ts'
import { folderAt } from '../../src-main/store/feeds/folders.ts'
import { digestUrl } from '../../src-main/store/feeds/kinds.ts'
import { addFeed, makeArticle, makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { storeStory } from '../support/stories.ts'

const hour = 3_600_000
const day = 24 * hour
const since = someNoon - day

let store: TestStore
beforeEach(() => {
  store = makeStore()
  return () => store[Symbol.dispose]()
})

/** An article that came half an hour after it was published. */
function report(feedId: number, title: string, hoursAgo = 2, more: Parameters<typeof makeArticle>[0] = {}): number {
  const publishedAt = someNoon - hoursAgo * hour
  const article = makeArticle({ title, url: `https://site-${feedId}.example/${title}`, publishedAt, ...more })
  return storeArticles(store.db, feedId, [article], publishedAt + hour / 2).newIds[0]!
}

function feed(name: string, folder: string | null = null): number {
  const folderId = folder === null ? null : folderAt(store.db, [folder])
  return addFeed(store.db, `https://${name}.example/feed`, { title: name, folderId })
}

function digest({ most = 20, parts = digestParts as readonly (typeof digestParts)[number][], from = since } = {}) {
  return composeDigest(store.db, { since: from, until: someNoon, most, parts })
}

const titles = ({ parts }: Digest) =>
  Object.fromEntries(parts.map(({ name, items }) => [name, items.map(({ title }) => title)]))

/** A story of so many sources, each a feed of its own. */
function story(title: string, sources: number, hoursAgo = 3): number[] {
  const ids = Array.from({ length: sources }, (_, at) =>
    report(feed(`${title}-${at}`), `${title} ${at}`, hoursAgo + at / 10),
  )
  storeStory(store.db, ids)
  return ids
}

test('what most sources report comes first, each story once, with how many report it', () => {
  story('dam', 3, 1)
  story('comet', 5, 20)
  report(feed('alone'), 'Pears')

  const { parts } = digest()

  expect(titles({ parts } as Digest)).toEqual({
    stories: [expect.stringMatching(/^comet /), expect.stringMatching(/^dam /)],
  })
  expect(parts[0]?.items.map(({ sources }) => sources)).toEqual([5, 3])
})

test('without stories, folders take turns, and within a folder its feeds', () => {
  const [loud, calm] = [feed('loud', 'News'), feed('calm', 'News')]
  for (const at of [1, 2, 3]) report(loud, `loud ${at}`, at)
  report(calm, 'calm 1', 9)
  report(feed('moss', 'Garden'), 'moss 1', 20)

  expect(titles(digest({ most: 5 }))).toEqual({ newest: ['loud 1', 'moss 1', 'calm 1', 'loud 2', 'loud 3'] })
})

test('what was saved since the last digest and is unread is told, and nothing else that is saved', () => {
  const gazette = feed('gazette')
  const [fresh, old, read] = ['fresh', 'old', 'read'].map(title => report(gazette, title, 400)) as [
    number,
    number,
    number,
  ]
  setSaved(store.db, [fresh], true, someNoon - hour)
  setSaved(store.db, [old], true, someNoon - 3 * day)
  setSaved(store.db, [read], true, someNoon - hour)
  store.db.prepare('UPDATE articles SET is_read = 1 WHERE id = ?').run(read)

  expect(titles(digest())).toEqual({ saved: ['fresh'] })
})

test('a feed that says something after a month of silence is told of, and one that is as lively as ever is not', () => {
  const [quiet, lively, unknown] = [feed('quiet'), feed('lively'), feed('new')]
  report(quiet, 'before', 24 * 32)
  report(quiet, 'after long', 3)
  report(lively, 'last week', 24 * 8)
  report(lively, 'as ever', 3)
  report(unknown, 'the first', 3)

  expect(titles(digest({ parts: ['quiet'] }))).toEqual({ quiet: ['after long'] })
})

test('a newsletter has a part of its own, and is none of the newest', () => {
  const feedId = addFeed(store.db, 'https://letters.example/', { title: 'Letters' })
  store.db.prepare('UPDATE feeds SET url = ? WHERE id = ?').run('mail:list/letters.example', feedId)
  report(feedId, 'Issue 12')
  report(feed('gazette'), 'Harbour')

  expect(titles(digest())).toEqual({ newest: ['Harbour'], newsletters: ['Issue 12'] })
})

test('one that came after the last digest is told although it was published before it, and an old one of a new feed is not', () => {
  const gazette = feed('gazette')
  storeArticles(store.db, gazette, [makeArticle({ title: 'late', publishedAt: since - 2 * hour })], since + hour)
  storeArticles(store.db, gazette, [makeArticle({ title: 'ancient', publishedAt: since - 90 * day })], since + hour)
  report(gazette, 'told before', 26)

  expect(titles(digest())).toEqual({ newest: ['late'] })
})

test('of copies, and of a story that is saved and trending, one stands', () => {
  const [lead] = story('dam', 4)
  setSaved(store.db, [lead!], true, someNoon - hour)
  const copies = [report(feed('one'), 'twin'), report(feed('two'), 'twin again')]
  store.db.prepare('UPDATE articles SET copy_group = ? WHERE id IN (?, ?)').run(copies[0], ...copies)
  setSaved(store.db, copies, true, someNoon - hour)

  const { stories, saved } = titles(digest())

  expect(stories).toHaveLength(1)
  expect(saved).toHaveLength(1)
})

test('feeds that were unsubscribed say nothing, and a digest tells of no digest', () => {
  const gone = feed('gone')
  report(gone, 'unheard')
  setRemoved(store.db, [gone], someNoon)
  const own = addFeed(store.db, 'https://own.example/', { title: 'Digest' })
  store.db.prepare('UPDATE feeds SET url = ? WHERE id = ?').run(digestUrl, own)
  report(own, 'Digest, Sunday 1 November')

  expect(digest().parts).toEqual([])
})

test('there are as many as wanted at most, and a long part leaves room for the others', () => {
  const gazette = feed('gazette')
  for (let at = 0; at < 30; at++) report(feed(`feed-${at}`), `news ${at}`, 1 + at / 10)
  const saved = [1, 2, 3].map(at => report(gazette, `kept ${at}`, 400))
  setSaved(store.db, saved, true, someNoon - hour)

  const counted = Object.fromEntries(digest({ most: 8 }).parts.map(({ name, items }) => [name, items.length]))

  expect(counted).toEqual({ newest: 6, saved: 2 })
})

test('only the parts that are wanted are told', () => {
  story('dam', 3)
  setSaved(store.db, [report(feed('gazette'), 'kept')], true, someNoon - hour)

  expect(titles(digest({ parts: ['saved'] }))).toEqual({ saved: ['kept'] })
})

test('an article leads to its page, and one without an address to its site', () => {
  const gazette = feed('gazette')
  report(gazette, 'with', 2)
  report(gazette, 'without', 3, { url: null, guid: 'w' })

  const links = digest().parts[0]?.items.map(({ link }) => link)

  expect(links).toEqual([
    `https://site-${gazette}.example/with`,
    expect.stringMatching(/^https:\/\/gazette\.example\/#broadsheet-\d+-[0-9a-f]{8}$/),
  ])
})

test('making one marks nothing read', () => {
  story('dam', 3)
  digest()
  expect(store.db.prepare('SELECT COUNT(*) FROM articles WHERE is_read = 1').pluck().get()).toBe(0)
})
