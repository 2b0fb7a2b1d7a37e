import { setImmediate as aMoment } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { View } from '../../src-main/api/model.ts'
import type { ReadDb, WriteDb } from '../../src-main/store/db/open.ts'
import { feedsInTransition } from '../../src-main/store/feeds/visibility.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

/** Some ten transactions. */
const large = 5_000
const small = 30
const savedOfLarge = 10

const views: View[] = [
  { kind: 'all' },
  { kind: 'unread' },
  { kind: 'today' },
  { kind: 'saved' },
  { kind: 'feed', feedId: 1 },
  { kind: 'folder', folderId: 1 },
  { kind: 'search', query: 'has:image' },
  { kind: 'search', query: 'is:unread' },
]

describe('unsubscribing from a feed with many articles', () => {
  test('is answered with the first chunk, and from then on no list shows any', async () => {
    await using engine = makeEngine({ store: library() })
    const client = engine.connect()

    const { undoId } = await client.unsubscribe({ feedIds: [1] })

    expect(hidden(engine.db)).toBeGreaterThan(0)
    expect(hidden(engine.db)).toBeLessThan(large)
    expect(await shown(client)).toEqual(await shownWhenDone(engine.db, client))
    expect(hidden(engine.db)).toBe(large)
    expect(undoId).not.toBeNull()
  })

  test('and from others in the same folder, another window sees all of each or nothing', async () => {
    await using engine = makeEngine({ store: library() })
    const client = engine.connect()
    const { undoId } = await client.unsubscribe({ feedIds: [1, 2] })

    const undoing = client.undo({ undoId: undoId! }).then(() => 'undone')
    const seen = new Set<number>()
    let isDone = false
    void undoing.then(() => {
      isDone = true
    })
    while (!isDone) {
      seen.add((await client.counts({})).all)
      await aMoment()
    }

    expect(await undoing).toBe('undone')
    seen.add((await client.counts({})).all)
    const whole = [small, small * 2, small + large, small * 2 + large]
    expect([...seen].filter(all => !whole.includes(all))).toEqual([])
    expect(seen.has(small * 2 + large)).toBe(true)
  })

  test('marking all as read meanwhile does not touch what is going', async () => {
    await using engine = makeEngine({ store: library() })
    const client = engine.connect()

    const { undoId } = await client.unsubscribe({ feedIds: [1] })
    const { changed } = await client.markViewRead({ view: { kind: 'all' }, newestId: large * 2 })
    await client.undo({ undoId: undoId! })

    expect(changed).toBe(small * 2)
    expect((await client.counts({})).unread).toBe(large)
  })

  test.each([
    { name: 'and the engine dies in the middle, the feed is gone, and the next start does the rest', isUndone: false },
    { name: 'and the engine dies while it is taken back, the feed is there, and so are its articles', isUndone: true },
  ])('$name', async ({ isUndone }) => {
    const store = library()
    const engine = makeEngine({ store })
    const client = engine.connect()
    const { undoId } = await client.unsubscribe({ feedIds: [1] })
    if (isUndone) {
      await finished(engine.db)
      client.undo({ undoId: undoId! }).catch(() => {})
      while (hidden(engine.db) === large) await aMoment()
    }
    expect(feedsInTransition(engine.db)).toEqual([1])
    engine.db.close()

    await using again = makeEngine({ store: makeStore(store.dir) })
    const after = again.connect()
    const { feeds } = await after.sources({})
    const first = await shown(after)
    await finished(again.db)

    expect(feeds.some(feed => feed.id === 1)).toBe(isUndone)
    expect(hidden(again.db)).toBe(isUndone ? 0 : large)
    // Till the last chunk nothing of it is listed; then all.
    if (!isUndone) expect(await shown(after)).toEqual(first)
    expect((await after.counts({})).all).toBe(isUndone ? large + small * 2 : small * 2)
  })

  test('what is taken back while it is still being hidden is all there', async () => {
    await using engine = makeEngine({ store: library() })
    const client = engine.connect()
    const before = await shown(client)

    const { undoId } = await client.unsubscribe({ feedIds: [1] })
    await client.undo({ undoId: undoId! })

    expect(await shown(client)).toEqual(before)
    expect(feedsInTransition(engine.db)).toEqual([])
  })
})

test('feeds that come back with a list bring no more articles at once than one chunk may', async () => {
  const store = makeStore()
  const feeds = Array.from({ length: 30 }, (_, number) => addFeed(store.db, `https://site-${number}.example/feed`))
  for (const feedId of feeds) addArticles(store.db, feedId, 200)
  await using engine = makeEngine({ store })
  const client = engine.connect()
  const { text } = await client.exportOpml({})
  await client.unsubscribe({ feedIds: feeds })
  await finished(engine.db)
  expect(hidden(engine.db)).toBe(6_000)

  const changes: number[] = []
  let before = hidden(engine.db)
  let isDone = false
  const importing = client.importOpml({ text, fetchNow: false }).finally(() => {
    isDone = true
  })
  while (!isDone || feedsInTransition(engine.db).length > 0) {
    await aMoment()
    changes.push(before - hidden(engine.db))
    before = hidden(engine.db)
  }
  expect(await importing).toMatchObject({ kind: 'imported' })
  expect(before).toBe(0)
  expect(Math.max(...changes)).toBeLessThan(1_000)
})

type Shown = { counts: unknown; rows: number[] }

/** What a window shows: the counts, and how many rows each view lists. */
async function shown(client: EngineClient): Promise<Shown> {
  const counts = await client.counts({})
  const rows: number[] = []
  for (const view of views) rows.push((await client.headlines({ view, limit: 200 })).rows.length)
  return { counts, rows }
}

async function shownWhenDone(db: ReadDb, client: EngineClient): Promise<Shown> {
  await finished(db)
  return shown(client)
}

async function finished(db: ReadDb): Promise<void> {
  while (feedsInTransition(db).length > 0) await aMoment()
}

function hidden(db: ReadDb): number {
  return db.prepare<[], number>('SELECT COUNT(*) FROM articles WHERE is_hidden = 1').pluck().get() ?? 0
}

/** Feed 1 has many articles, the first of them saved; 2 and 3 have few. 1 and 2 are in a folder. */
function library() {
  const store = makeStore()
  store.db.prepare("INSERT INTO folders (id, title) VALUES (1, 'World')").run()
  for (const name of ['gazette', 'herald', 'courier']) {
    addFeed(store.db, `https://${name}.example/feed`, { folderId: name === 'courier' ? null : 1 })
  }
  addArticles(store.db, 1, large)
  addArticles(store.db, 2, small)
  addArticles(store.db, 3, small)
  store.db.prepare('UPDATE articles SET is_saved = 1, saved_at = 1 WHERE id <= ?').run(savedOfLarge)
  return store
}

function addArticles(db: WriteDb, feedId: number, count: number): void {
  db.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @count)
     INSERT INTO articles (feed_id, title, author, summary, image, published_at, first_seen_at)
     SELECT @feedId, 'Article ' || n, '', '', 'https://x.example/i.png', @noon - n * 100, @noon FROM number`,
  ).run({ feedId, count, noon: someNoon })
}
