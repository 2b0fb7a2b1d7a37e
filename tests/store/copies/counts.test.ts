import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countArticles } from '../../../src-main/store/articles/counts.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead, setReadWithCopies, setSaved } from '../../../src-main/store/articles/read-state.ts'
import { deleteArticles } from '../../../src-main/store/articles/tombstones.ts'
import { withCopies, withoutSavedCopies } from '../../../src-main/store/copies/members.ts'
import type { ReadDb, WriteDb } from '../../../src-main/store/db/open.ts'
import { setRemoved } from '../../../src-main/store/feeds/feeds.ts'
import { createFolder } from '../../../src-main/store/feeds/folders.ts'
import { visibilityStep } from '../../../src-main/store/feeds/visibility.ts'
import { countListed } from '../../../src-main/store/lists/counts.ts'
import { listHeadlines } from '../../../src-main/store/lists/page.ts'
import type { ListedView } from '../../../src-main/store/lists/scope.ts'
import { changeSettings } from '../../../src-main/store/settings.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'

const hour = 60 * 60 * 1_000
const todayStart = someNoon - 12 * hour

type Row = { id: number; feedId: number; folderId: number | null; group: number | null } & Record<
  'publishedAt' | 'isRead' | 'isSaved' | 'isHidden',
  number
>

const feedIndex = fc.nat(4)
const pages = fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 6 })
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('arrive' as const), feed: feedIndex, pages }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('mark' as const), which: fc.nat(20), isRead: fc.boolean() }) },
  fc.record({ do: fc.constant('mark-alone' as const), which: fc.nat(20), isRead: fc.boolean() }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('save' as const), which: fc.nat(20), isSaved: fc.boolean() }) },
  fc.record({ do: fc.constant('save-alone' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('expire' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('follow' as const), feed: feedIndex, isFollowed: fc.boolean() }),
  fc.record({ do: fc.constant('move' as const), feed: feedIndex, folder: fc.nat(3) }),
  fc.record({ do: fc.constant('fold' as const), isOn: fc.boolean() }),
)

test('whatever happens to articles and their copies, lists have each once, and counts are those of the lists', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), steps => {
      using store = makeStore()
      const { db } = store
      const library = makeLibrary(db)
      for (const one of steps) {
        act(db, library, one)
        check(db, library.folders)
      }
    }),
    { numRuns: 14 },
  )
})

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Library = { feeds: number[]; folders: number[] }

/** Five feeds; a folder, one in it, and one beside it. */
function makeLibrary(db: WriteDb): Library {
  const outer = createFolder(db, 'News', null)
  const folders = [outer, createFolder(db, 'Local', outer), createFolder(db, 'Science', null)]
  const places = [outer, outer, folders[1]!, folders[2]!, null]
  const feeds = places.map((folderId, index) => addFeed(db, `https://paper${index}.example/feed`, { folderId }))
  return { feeds, folders }
}

function act(db: WriteDb, { feeds, folders }: Library, one: Step): void {
  const ids = db.prepare<[], number>('SELECT id FROM articles ORDER BY id').pluck().all()
  const some = 'which' in one && ids.length > 0 ? [ids[one.which % ids.length]!] : []
  switch (one.do) {
    case 'arrive': {
      const articles = one.pages.map(page =>
        makeArticle({ title: `What page ${page} has`, publishedAt: someNoon - page * 2 * hour }),
      )
      storeArticles(db, feeds[one.feed]!, articles, someNoon)
      return
    }
    case 'mark':
      setReadWithCopies(db, some, one.isRead)
      return
    case 'mark-alone':
      setRead(db, some, one.isRead)
      return
    case 'save':
      setSaved(db, one.isSaved ? withoutSavedCopies(db, some) : withCopies(db, some), one.isSaved, someNoon)
      return
    case 'save-alone':
      setSaved(db, some, true, someNoon)
      return
    case 'expire':
      deleteArticles(db, some, true, someNoon)
      return
    case 'follow':
      setRemoved(db, [feeds[one.feed]!], one.isFollowed ? null : someNoon)
      while (visibilityStep(db));
      return
    case 'move':
      db.prepare('UPDATE feeds SET folder_id = ? WHERE id = ?').run(folders[one.folder] ?? null, feeds[one.feed])
      return
    case 'fold':
      changeSettings(db, { foldsCopies: one.isOn })
  }
}

function check(db: ReadDb, folders: number[]): void {
  const rows = allRows(db)
  const isFolding =
    db.prepare<[], string>("SELECT value FROM settings WHERE name = 'foldsCopies'").pluck().get() !== 'false'
  /** Of each group the first, which has the lowest id. */
  const once = (some: Row[]): number[] => {
    const keyOf = ({ id, group }: Row) => (isFolding && group !== null ? group : -id)
    return [...Map.groupBy(some, keyOf).values()].map(([first]) => first!.id).toSorted((a, b) => a - b)
  }
  const listed = rows.filter(({ isHidden }) => isHidden === 0)
  const unread = listed.filter(({ isRead }) => isRead === 0)
  const today = listed.filter(({ publishedAt }) => publishedAt >= todayStart)
  const saved = rows.filter(({ isSaved }) => isSaved === 1)
  const within = (folderId: number) => (folderId === folders[0] ? [folders[0], folders[1]!] : [folderId])

  const views: [ListedView, boolean, Row[]][] = [
    [{ kind: 'all' }, false, listed],
    [{ kind: 'unread' }, false, unread],
    [{ kind: 'today' }, false, today],
    [{ kind: 'today' }, true, today.filter(({ isRead }) => isRead === 0)],
    [{ kind: 'saved' }, false, saved],
    [{ kind: 'saved' }, true, saved.filter(({ isRead }) => isRead === 0)],
    ...folders.flatMap(folderId => {
      const inside = listed.filter(row => row.folderId !== null && within(folderId).includes(row.folderId))
      const view: ListedView = { kind: 'folder', folderId }
      return [
        [view, false, inside],
        [view, true, inside.filter(({ isRead }) => isRead === 0)],
      ] as [ListedView, boolean, Row[]][]
    }),
  ]
  for (const [view, unreadOnly, has] of views) {
    const expected = once(has)
    expect(
      listedIds(db, view, unreadOnly).toSorted((a, b) => a - b),
      `${JSON.stringify(view)} ${unreadOnly}`,
    ).toEqual(expected)
    expect(total(db, view, unreadOnly), `total of ${JSON.stringify(view)} ${unreadOnly}`).toBe(expected.length)
  }

  // Kept although read: of each group one, the unread one where there is one.
  const kept = { ...request({ kind: 'unread' }, true, null), keepIds: rows.map(({ id }) => id), limit: 1_000 }
  const readOnly = listed.filter(
    ({ isRead, group }) => isRead === 1 && !unread.some(other => isFolding && group !== null && other.group === group),
  )
  const expectedKept = [...once(unread), ...once(readOnly)].toSorted((a, b) => a - b)
  expect(
    listHeadlines(db, kept)
      .map(({ id }) => id)
      .toSorted((a, b) => a - b),
  ).toEqual(expectedKept)
  expect(countListed(db, kept, Number.MAX_SAFE_INTEGER)).toBe(expectedKept.length)

  const counts = countArticles(db, todayStart)
  expect(counts).toMatchObject({
    all: once(listed).length,
    unread: once(unread).length,
    today: once(today).length,
    todayUnread: once(today.filter(({ isRead }) => isRead === 0)).length,
    saved: once(saved).length,
  })
  for (const folderId of folders) {
    const inside = listed.filter(row => row.folderId !== null && within(folderId).includes(row.folderId))
    const twice = (some: Row[]) => some.length - once(some).length
    expect(counts.copiesByFolder[folderId] ?? { listed: 0, unread: 0 }).toEqual({
      listed: twice(inside),
      unread: twice(inside.filter(({ isRead }) => isRead === 0)),
    })
  }
  // A feed's own list and count have all that is its own.
  for (const [feedId, own] of Map.groupBy(listed, row => row.feedId)) {
    expect(counts.listedByFeed[feedId]).toBe(own.length)
    expect(listedIds(db, { kind: 'feed', feedId }, false)).toHaveLength(own.length)
  }
}

function allRows(db: ReadDb): Row[] {
  return db
    .prepare<[], Row>(
      `SELECT articles.id, feed_id AS feedId, folder_id AS folderId, copy_group AS "group", published_at AS publishedAt,
         is_read AS isRead, is_saved AS isSaved, is_hidden AS isHidden
       FROM articles NOT INDEXED JOIN feeds ON feeds.id = feed_id ORDER BY articles.id`,
    )
    .all()
}

/** In pages of three. */
function listedIds(db: ReadDb, view: ListedView, unreadOnly: boolean): number[] {
  const ids: number[] = []
  for (let after: Parameters<typeof listHeadlines>[1]['after'] = null; ; ) {
    const rows = listHeadlines(db, request(view, unreadOnly, after))
    ids.push(...rows.map(({ id }) => id))
    if (rows.length < 3) return ids
    after = { publishedAt: rows[2]!.publishedAt, id: rows[2]!.id }
  }
}

function total(db: ReadDb, view: ListedView, unreadOnly: boolean): number {
  return countListed(db, request(view, unreadOnly, null), Number.MAX_SAFE_INTEGER)
}

function request(view: ListedView, unreadOnly: boolean, after: Parameters<typeof listHeadlines>[1]['after']) {
  return { view, limit: 3, after, unreadOnly, oldestFirst: false, keepIds: [], todayStart }
}
