import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { EventName } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { ReadDb, WriteDb } from '../../src-main/store/db/open.ts'
import { fromRanges, toRanges } from '../../src-main/store/id-ranges.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { undoIdOf } from '../support/undos.ts'

/** Some ten transactions. */
const many = 20_000

describe('while many articles are marked', () => {
  test('another window is answered, and all is told once it is done', async () => {
    await using engine = makeEngine()
    addArticles(engine.db, 100_000)
    const client = engine.connect()
    const otherWindow = engine.connect()
    const told = record(otherWindow, ['articles-changed', 'all-changed', 'counts-changed'])
    const order: string[] = []

    const mark = client.markViewRead({ view: { kind: 'all' }, newestId: 100_000 }).then(answer => {
      order.push('mark')
      return answer
    })
    const page = await otherWindow.headlines({ view: { kind: 'all' }, limit: 10 })
    order.push('page')
    const { changed } = await mark

    expect(order).toEqual(['page', 'mark'])
    expect(page.rows).toHaveLength(10)
    expect(changed).toBe(unreadOf(100_000))
    expect(told).toEqual(['all-changed', 'counts-changed'])
    expect((await client.counts({})).unread).toBe(0)
  })

  test.each([
    {
      name: 'a view',
      ask: (client: EngineClient) => client.markViewRead({ view: { kind: 'unread' }, newestId: many }),
    },
    {
      name: 'a folder',
      ask: (client: EngineClient) => client.markViewRead({ view: { kind: 'folder', folderId: 1 }, newestId: many }),
    },
    {
      name: 'articles by their ids',
      ask: (client: EngineClient) => client.markRead({ articleIds: everyId, isRead: true }),
    },
    {
      name: 'articles that are saved',
      ask: (client: EngineClient) => client.setSaved({ articleIds: everyId, isSaved: true }),
    },
  ])('and taken back, all is as it was: $name', async ({ ask }) => {
    await using engine = makeEngine()
    addArticles(engine.db, many)
    const client = engine.connect()
    const before = stateOf(engine.db)

    const { undoId, changed } = await ask(client)
    expect(changed).toBeGreaterThan(many / 2)
    expect(stateOf(engine.db)).not.toEqual(before)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })

    expect(stateOf(engine.db)).toEqual(before)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: false })
    expect(leftParts(engine.db)).toBe(0)
  })

  test('and the engine dies, what was marked by then can be taken back', async () => {
    const store = makeStore()
    const engine = makeEngine({ store })
    addArticles(engine.db, many)
    const before = stateOf(engine.db)
    const client = engine.connect()

    const mark = client.markViewRead({ view: { kind: 'all' }, newestId: many })
    mark.catch(() => {})
    // Each is answered between two chunks.
    for (let chunks = 0; chunks < 5; chunks++) await client.counts({})
    engine.db.close()
    await expect(mark).rejects.toMatchObject({ code: 'internal' })

    await using again = makeEngine({ store: makeStore(store.dir) })
    const after = again.connect()
    const { unread } = await after.counts({})
    expect(unread).toBeGreaterThan(0)
    expect(unread).toBeLessThan(unreadOf(many))
    expect(await after.undo({ undoId: undoIdOf(again.db, 1) })).toEqual({ isUndone: true })
    expect(stateOf(again.db)).toEqual(before)
  })

  test('and the engine is closed, the marking is finished first', async () => {
    const store = makeStore()
    const engine = makeEngine({ store })
    addArticles(engine.db, many)
    const client = engine.connect()
    client.markViewRead({ view: { kind: 'all' }, newestId: many }).catch(() => {})
    await client.counts({})

    await engine.close()

    expect(engine.db.prepare('SELECT COUNT(*) FROM articles WHERE is_read = 0').pluck().get()).toBe(0)
    store[Symbol.dispose]()
  })
})

test('marking a view leaves what came after it was shown, also where that is most of it', async () => {
  await using engine = makeEngine()
  addArticles(engine.db, 10_000)
  const client = engine.connect()

  const { changed } = await client.markViewRead({ view: { kind: 'all' }, newestId: 1_000 })

  expect(changed).toBe(unreadOf(1_000))
})

test('a click is one transaction: its undo is one record', async () => {
  await using engine = makeEngine()
  addArticles(engine.db, 100)
  await engine.connect().markViewRead({ view: { kind: 'all' }, newestId: 100 })

  expect(engine.db.prepare('SELECT kind FROM undos').pluck().all()).toEqual(['read'])
  expect(leftParts(engine.db)).toBe(0)
})

test('what an earlier version wrote down can be taken back', async () => {
  await using engine = makeEngine()
  addArticles(engine.db, 10)
  engine.db
    .prepare('INSERT INTO undos (id, at, kind, payload) VALUES (1, ?, ?, ?)')
    .run(someNoon, 'read', JSON.stringify({ kind: 'read', articleIds: [3, 6], isRead: false }))

  await engine.connect().undo({ undoId: undoIdOf(engine.db, 1) })

  expect((await engine.connect().counts({})).unread).toBe(unreadOf(10) + 2)
})

describe('a subscription list of 3,000 feeds', () => {
  test('lets other windows be answered while it comes in, and is taken back as one', async () => {
    await using engine = makeEngine()
    const client = engine.connect()
    const otherWindow = engine.connect()
    const order: string[] = []

    const importing = client.importOpml({ text: subscriptionList(3_000), fetchNow: false }).then(answer => {
      order.push('import')
      return answer
    })
    // The list is read in a worker first, whose answer needs a turn of the event loop.
    while ((await otherWindow.sources({})).feeds.length === 0) await setImmediate()
    order.push('sources')
    const answer = await importing

    expect(order).toEqual(['sources', 'import'])
    const { feeds, folders } = await client.sources({})
    expect([feeds.length, folders.length]).toEqual([3_000, 30])
    if (answer.kind === 'imported') await client.undo({ undoId: answer.undoId! })
    expect(await client.sources({})).toMatchObject({ feeds: [], folders: [] })
  })
})

test.each([
  { ids: [], ranges: [] },
  { ids: [5], ranges: [5, 5] },
  { ids: [7, 3, 4, 5], ranges: [3, 5, 7, 7] },
  { ids: [10, 9, 2, 1], ranges: [1, 2, 9, 10] },
])('ids $ids are kept as $ranges', ({ ids, ranges }) => {
  expect(toRanges(ids)).toEqual(ranges)
  expect(fromRanges(ranges)).toEqual(ids.toSorted((a, b) => a - b))
})

const everyId = Array.from({ length: many }, (_, index) => index + 1)

/** Narrow rows are enough to be marked. Every third is read already; feeds 1 to 50, the last 45 in a folder. */
function addArticles(db: WriteDb, count: number): void {
  db.prepare("INSERT INTO folders (id, title) VALUES (1, 'World')").run()
  for (let feed = 1; feed <= 50; feed++) {
    addFeed(db, `https://source${feed}.example/feed`, { folderId: feed > 5 ? 1 : null })
  }
  db.prepare(
    `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @count)
     INSERT INTO articles (id, feed_id, title, author, summary, published_at, first_seen_at, is_read)
     SELECT n, 1 + n % MIN(50, @count / 1000 + 1), 'Article ' || n, '', '', @noon - (n * 7919) % 100000, @noon, n % 3 = 0
     FROM number`,
  ).run({ count, noon: someNoon })
  // What has one time only is still walked over once.
  db.prepare('UPDATE articles SET published_at = ? WHERE id % 10 = 1').run(someNoon - 50_000)
}

function unreadOf(count: number): number {
  return count - Math.floor(count / 3)
}

function stateOf(db: ReadDb): unknown {
  return db
    .prepare("SELECT group_concat(id || ' ' || is_read || is_saved, ',') FROM (SELECT * FROM articles ORDER BY id)")
    .pluck()
    .get()
}

function leftParts(db: ReadDb): unknown {
  return db.prepare('SELECT COUNT(*) FROM undo_parts').pluck().get()
}

function record(client: EngineClient, events: EventName[]): string[] {
  const told: string[] = []
  for (const event of events) client.on(event, () => told.push(event))
  return told
}

function subscriptionList(count: number): string {
  const feed = (number: number) => `<outline text="F" xmlUrl="https://source${number}.example/feed"/>`
  const folders = Array.from(
    { length: count / 100 },
    (_, folder) =>
      `<outline text="Folder ${folder}">${Array.from({ length: 100 }, (_, index) => feed(folder * 100 + index)).join('')}</outline>`,
  )
  return `<opml version="2.0"><body>${folders.join('')}</body></opml>`
}
