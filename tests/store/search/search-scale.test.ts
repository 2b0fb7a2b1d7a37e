import { describe, expect, test } from 'vitest'
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { HeadlineRow } from '../../../src-main/api/model.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../../src-main/store/articles/read-state.ts'
import { writeMeta } from '../../../src-main/store/db/meta.ts'
import type { WriteDb } from '../../../src-main/store/db/open.ts'
import { setRemoved } from '../../../src-main/store/feeds/feeds.ts'
import { createFolder } from '../../../src-main/store/feeds/folders.ts'
import { listShards, shardSize } from '../../../src-main/store/search/index.ts'
import { searchArticles, searchedAtMost } from '../../../src-main/store/search/search.ts'
import { upgradeStore } from '../../../src-main/store/upgrade/upgrade.ts'
import { randomFrom } from '../../bench/lib-store-words.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'
import { makeEngine } from '../../support/engine.ts'

const day = 24 * 60 * 60 * 1_000

/** What is stored of an article, as this test knows it. */
type Known = {
  title: string
  feed: string
  folder: string | null
  tags: string[]
  medium: string | null
  at: number
  saved: boolean
  read: boolean
  hidden: boolean
}

/** 360 articles over four shards of the index and three years; some came late: old dates, new ids. */
function makeLibrary(db: WriteDb): Known[] {
  const random = randomFrom(3)
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const folder = createFolder(db, 'World', null)
  const feeds = [
    { name: 'Gazette', folder: null },
    { name: 'Herald', folder: 'World' },
    { name: 'Courier', folder: 'World' },
  ].map(feed => ({
    ...feed,
    id: addFeed(db, `https://${feed.name}.example/feed`, {
      title: `The ${feed.name}`,
      folderId: feed.folder === null ? null : folder,
    }),
  }))
  const known: Known[] = []
  for (let batch = 0; batch < 36; batch++) {
    // Nine batches to a shard: the next begins where ids go on.
    if (batch % 9 === 0) db.prepare('UPDATE sqlite_sequence SET seq = ?').run((batch / 9) * shardSize + 100)
    const now = someNoon - (36 - batch) * 30 * day
    const feed = one(feeds)
    const fresh = Array.from({ length: 10 }, (_, index): Known => {
      const words = ['storm', 'ferry', 'harbour', 'moon'].filter(() => random() < 0.4)
      return {
        title: `Article ${batch * 10 + index} ${words.join(' ')}`,
        feed: feed.name,
        folder: feed.folder,
        tags: ['Food', 'Öl & Gas', 'Sea'].filter(() => random() < 0.3),
        medium: one(['audio/mpeg', 'video/mp4', null]),
        at: random() < 0.2 ? now - Math.floor(random() * 700) * day : now - index * 60_000,
        saved: random() < 0.15,
        read: random() < 0.5,
        hidden: false,
      }
    })
    const { newIds } = storeArticles(
      db,
      feed.id,
      fresh.map(({ title, tags, medium, at }) =>
        makeArticle({
          title,
          text: title,
          publishedAt: at,
          categories: tags,
          enclosures: medium ? [{ url: 'https://media.example/a', type: medium, length: null }] : [],
        }),
      ),
      now,
    )
    // The store takes them in from the last on.
    const inOrder = fresh.toReversed()
    setSaved(
      db,
      newIds.filter((_, index) => inOrder[index]!.saved),
      true,
      now,
    )
    setRead(
      db,
      newIds.filter((_, index) => inOrder[index]!.read),
      true,
    )
    known.push(...fresh)
  }
  return known
}

const wanted: { query: string; is: (article: Known) => boolean }[] = [
  { query: 'storm', is: ({ title }) => title.includes('storm') },
  { query: 'sto', is: ({ title }) => title.includes('storm') },
  { query: 'storm ferry', is: ({ title }) => title.includes('storm') && title.includes('ferry') },
  { query: '"ferry harbour"', is: ({ title }) => title.includes('ferry harbour') },
  { query: 'storm -ferry', is: ({ title }) => title.includes('storm') && !title.includes('ferry') },
  { query: 'nothing', is: () => false },
  { query: 'feed:gazette storm', is: ({ title, feed }) => feed === 'Gazette' && title.includes('storm') },
  { query: 'feed:gazette', is: ({ feed }) => feed === 'Gazette' },
  { query: 'feed:nosuch', is: () => false },
  { query: '-feed:gazette storm', is: ({ title, feed }) => feed !== 'Gazette' && title.includes('storm') },
  { query: 'folder:world moon', is: ({ title, folder }) => folder === 'World' && title.includes('moon') },
  { query: 'tag:"öl & gas"', is: ({ tags }) => tags.includes('Öl & Gas') },
  { query: 'tag:food -tag:sea', is: ({ tags }) => tags.includes('Food') && !tags.includes('Sea') },
  { query: 'storm -tag:food', is: ({ title, tags }) => title.includes('storm') && !tags.includes('Food') },
  { query: '-tag:food is:unread', is: ({ tags, read }) => !tags.includes('Food') && !read },
  { query: '-storm is:unread', is: ({ title, read }) => !title.includes('storm') && !read },
  { query: '-feed:gazette is:saved', is: ({ feed, saved }) => feed !== 'Gazette' && saved },
  { query: 'has:audio', is: ({ medium }) => medium === 'audio/mpeg' },
  { query: 'has:video ferry', is: ({ medium, title }) => medium === 'video/mp4' && title.includes('ferry') },
  { query: '-has:audio moon', is: ({ medium, title }) => medium !== 'audio/mpeg' && title.includes('moon') },
  { query: 'is:saved', is: ({ saved }) => saved },
  { query: 'is:saved storm', is: ({ saved, title }) => saved && title.includes('storm') },
  { query: 'is:unread storm', is: ({ read, title }) => !read && title.includes('storm') },
  { query: 'is:read -is:saved storm', is: ({ read, saved, title }) => read && !saved && title.includes('storm') },
  { query: 'is:unread', is: ({ read }) => !read },
  { query: 'before:2025-06', is: ({ at }) => at < localTime(2025, 6) },
  { query: 'before:2025-06-15 storm', is: ({ at, title }) => at < localTime(2025, 6, 15) && title.includes('storm') },
  {
    query: 'after:2025-06-10 before:2025-09-02 moon',
    is: ({ at, title }) => at >= localTime(2025, 6, 10) && at < localTime(2025, 9, 2) && title.includes('moon'),
  },
  { query: 'before:1991 storm', is: () => false },
  { query: 'after:2025-09 before:2025-02 moon', is: () => false },
  { query: 'after:2026-03 storm', is: ({ at, title }) => at >= localTime(2026, 3) && title.includes('storm') },
  {
    query: 'after:2025 before:2026 is:unread',
    is: ({ at, read }) => at >= localTime(2025) && at < localTime(2026) && !read,
  },
  { query: '-before:2026 moon', is: ({ at, title }) => at >= localTime(2026) && title.includes('moon') },
]

describe.each(['made today', 'made without facets, and rewritten'])('over shards %s', kind => {
  test('every search finds what it asks for, newest first', () => {
    using store = makeStore()
    const known = makeLibrary(store.db)
    if (kind.endsWith('rewritten')) rewriteWithoutFacets(store.db)
    setRemoved(store.db, [1], someNoon)
    for (const article of known) article.hidden = article.feed === 'Gazette'

    for (const { query, is } of wanted) {
      const found = searchArticles(store.db, query)
      const expected = known.filter(article => is(article) && (!article.hidden || article.saved))
      expect(
        titlesOf(
          store.db,
          found.map(hit => hit.id),
        ).toSorted(),
        query,
      ).toEqual(expected.map(article => article.title).toSorted())
      expect(found, query).toEqual(found.toSorted((a, b) => b.publishedAt - a.publishedAt || b.id - a.id))
    }
  })
})

test('pages of a search follow each other without gap or repetition, in one window or in several', async () => {
  await using engine = makeEngine()
  const known = makeLibrary(engine.db)
  const client = engine.connect()
  const others = [engine.connect(), engine.connect()]

  const whole = searchArticles(engine.db, 'storm').map(hit => hit.id)
  const paged = await allPages(() => client)
  const elsewhere = await allPages(page => others[page % 2]!)

  expect(whole).toHaveLength(known.filter(article => article.title.includes('storm')).length)
  expect(paged.map(row => row.id)).toEqual(whole)
  expect(elsewhere.map(row => row.id)).toEqual(whole)
  expect(paged[0]?.match?.title).toContainEqual({ text: 'storm', isMatch: true })
})

test('the next search of a window ends the one before; those of other windows go on', async () => {
  await using engine = makeEngine()
  makeLibrary(engine.db)
  const client = engine.connect()
  const other = engine.connect()
  const search = (from: EngineClient, query: string) => from.headlines({ view: { kind: 'search', query }, limit: 200 })

  const first = search(client, 'sto')
  const elsewhere = search(other, 'moon')
  const second = search(client, 'storm')

  await expect(first).rejects.toMatchObject({ code: 'superseded' })
  expect((await second).rows.length).toBeGreaterThan(100)
  expect((await elsewhere).rows.length).toBeGreaterThan(100)
})

test('a search lists the newest and ends', async () => {
  await using engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const articles = Array.from({ length: searchedAtMost + 10 }, (_, index) =>
    makeArticle({ title: `Storm ${index}`, text: '', publishedAt: someNoon - index * 1_000 }),
  )
  storeArticles(engine.db, feedId, articles, someNoon)
  const rows = await allPages(() => engine.connect(), 1_000)
  expect(rows.map(row => row.title)).toEqual(Array.from({ length: searchedAtMost }, (_, index) => `Storm ${index}`))
})

async function allPages(clientFor: (page: number) => EngineClient, limit = 7): Promise<HeadlineRow[]> {
  const client = clientFor(0)
  const rows: HeadlineRow[] = []
  let after = null
  for (let page = 0; page === 0 || after; page++) {
    const asked = limit === 7 ? clientFor(page) : client
    const answer = await asked.headlines({ view: { kind: 'search', query: 'storm' }, limit, after })
    rows.push(...answer.rows)
    after = answer.next
  }
  return rows
}

function titlesOf(db: WriteDb, ids: number[]): string[] {
  return ids.map(id => db.prepare<[number], string>('SELECT title FROM articles WHERE id = ?').pluck().get(id) ?? '')
}

/** Through the form that the first programs kept the index in. */
function rewriteWithoutFacets(db: WriteDb): void {
  for (const { table } of listShards(db)) {
    db.exec(`
      DROP TABLE ${table};
      CREATE VIRTUAL TABLE ${table} USING fts5(
        title, text, author, feed, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2")`)
  }
  writeMeta(db, 'upgradedTo', 0)
  upgradeStore(db)
}

function localTime(year: number, month = 1, dayOfMonth = 1): number {
  return new Date(year, month - 1, dayOfMonth).getTime()
}
