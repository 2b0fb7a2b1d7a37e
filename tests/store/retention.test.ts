import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SafeHtml } from '../../src-main/api/model.ts'
import type { FeedRetention, Retention } from '../../src-main/api/storage-model.ts'
import { confirmClock } from '../../src-main/polling/clock-trust.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import { setFeedRetention } from '../../src-main/store/articles/retention.ts'
import { changeLastPlace } from '../../src-main/store/last-place.ts'
import { compactStep } from '../../src-main/store/search/index.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { randomFrom } from '../bench/lib-store-words.ts'
import { addFeed, makeArticle, revisionsOf } from '../support/articles.ts'
import { type CleanedStore, day, hour, makeCleanedStore, minute, noLimits } from '../support/retention.ts'

/** Numbered articles of a feed, dated when they come. */
function articles(store: CleanedStore, prefix: string, count: number, length = 30) {
  return Array.from({ length: count }, (_, n) =>
    makeArticle({
      title: `${prefix} ${n}`,
      text: `${prefix} ${n} ${Array.from({ length }, (_, word) => `w${(word * 7919 + n * 31) % 5_003}`).join(' ')}`,
      publishedAt: store.now() - n,
    }),
  )
}

const unreadIds = (store: CleanedStore) => store.db.prepare('SELECT id FROM articles WHERE is_read = 0').pluck().all()
const question = (store: CleanedStore, retention: Retention, more = {}) => ({
  retention,
  feed: null,
  openArticleId: null,
  now: store.now(),
  isClockTrusted: true,
  ...more,
})

test('what is old and read goes; what is new, unread or saved stays', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const old = store.poll(feed, articles(store, 'old', 4))
  setRead(store.db, [old[0]!, old[1]!, old[2]!], true)
  setSaved(store.db, [old[0]!], true, store.now())
  await store.passDays(31)
  const fresh = store.poll(feed, articles(store, 'new', 2))
  setRead(store.db, fresh, true)
  store.setRules({ days: 30 })
  await store.pass(hour)
  // Ids go up from the oldest of the document: 'old 3' came first.
  expect(store.titles()).toEqual(['new 0', 'new 1', 'old 0', 'old 3'])
  expect(store.runs).toEqual([2])
  expect(store.db.pragma('foreign_key_check')).toEqual([])
  expect(store.db.prepare('SELECT COUNT(*) FROM contents').pluck().get()).toBe(4)
})

test('nothing goes without a rule, and unread articles only where the rule says so', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  store.poll(feed, articles(store, 'old', 3))
  await store.passDays(40)
  expect(store.titles().length).toBe(3)
  store.setRules({ days: 30 })
  await store.pass(hour)
  expect(store.titles().length).toBe(3)
  store.setRules({ days: 30, includesUnread: true })
  await store.pass(hour)
  expect(store.titles()).toEqual([])
})

test('the rule of a feed stands before the settings', async () => {
  using store = makeCleanedStore()
  const [keepsAll, keepsTwo, asSettings] = ['all', 'two', 'set'].map(name =>
    addFeed(store.db, `https://${name}.example/`),
  )
  for (const [name, feed] of [
    ['all', keepsAll],
    ['two', keepsTwo],
    ['set', asSettings],
  ] as const) {
    setRead(store.db, store.poll(feed!, articles(store, name, 5)), true)
  }
  setFeedRetention(store.db, keepsAll!, { days: null, perFeed: null, includesUnread: false })
  setFeedRetention(store.db, keepsTwo!, { days: null, perFeed: 2, includesUnread: false })
  store.setRules({ perFeed: 4 })
  await store.pass(hour)
  expect(store.titles()).toEqual([
    'all 0',
    'all 1',
    'all 2',
    'all 3',
    'all 4',
    'set 0',
    'set 1',
    'set 2',
    'set 3',
    'two 0',
    'two 1',
  ])
})

test('what was deleted does not come back with the next polls, edited or not, for as long as the feed tells it', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const document = articles(store, 'item', 5, 60)
  setRead(store.db, store.poll(feed, document), true)
  store.setRules({ perFeed: 1 })
  await store.pass(hour)
  expect(store.titles()).toEqual(['item 0'])
  for (let month = 0; month < 14; month++) {
    await store.passDays(30)
    const edited = document.map(article => ({
      ...article,
      text: `${article.text} edited ${month}`,
      fingerprint: `${month}`,
    }))
    // Something new each month proves that the document was read.
    const told = [...articles(store, `month ${month}`, 1), ...(month % 2 ? document : edited)]
    const came = store.poll(feed, told)
    expect(came.length).toBe(1)
    setRead(store.db, came, true)
    await store.pass(2 * hour)
  }
  expect(store.titles()).toEqual(['month 13 0'])
  expect(searchArticles(store.db, 'item')).toEqual([])
})

test('a deleted article that its feed has not told for half a year is forgotten, with its marks', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const quiet = addFeed(store.db, 'https://quiet.example/feed')
  setRead(
    store.db,
    [...store.poll(feed, articles(store, 'item', 5)), ...store.poll(quiet, articles(store, 'q', 3))],
    true,
  )
  store.setRules({ perFeed: 1 })
  await store.pass(hour)
  const known = () => store.db.prepare('SELECT COUNT(*) FROM tombstones').pluck().get()
  const marks = () =>
    store.db.prepare('SELECT COUNT(DISTINCT article_id) FROM identities WHERE article_id > 0').pluck().get()
  expect([known(), marks()]).toEqual([6, 8])
  for (let days = 0; days < 200; days += 10) {
    store.poll(feed, articles(store, `later ${days}`, 1))
    await store.passDays(10)
  }
  // The quiet feed's document has not changed: what was deleted may still be in it.
  expect(known()).toBe(2)
  expect(store.db.prepare('SELECT DISTINCT feed_id FROM tombstones').pluck().all()).toEqual([quiet])
})

test('by size the oldest go, as many as are too many, and the file grows smaller', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const used = () => Number(store.db.pragma('page_count', { simple: true })) * 8_192
  const ids: number[] = []
  for (let poll = 0; poll < 12; poll++) {
    ids.push(...store.poll(feed, articles(store, `poll ${poll}`, 50, 900)))
    await store.pass(minute)
  }
  setRead(store.db, ids, true)
  setSaved(store.db, [ids[0]!, ids[7]!], true, store.now())
  // What came in is merged first, as it is while idle.
  while (compactStep(store.db));
  const before = used()
  const limit = Math.round(((before * 0.6) / 1e6) * 100) / 100
  changeSettings(store.db, { retention: { ...noLimits, megabytes: limit } })
  store.job.changed()
  for (let hours = 0; hours < 6; hours++) await store.pass(hour)
  const left = store.db.prepare('SELECT id FROM articles ORDER BY id').pluck().all() as number[]
  expect(left.slice(0, 2)).toEqual([ids[0], ids[7]])
  expect(left.length).toBeGreaterThan(250)
  expect(used()).toBeLessThan(limit * 1.05e6)
  // The others are the newest, without a gap.
  expect(left.slice(2)).toEqual(ids.slice(-(left.length - 2)))
})

test('a clock that jumps ten years ahead deletes nothing for its age, until a server agrees with it', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  setRead(store.db, store.poll(feed, articles(store, 'item', 3)), true)
  store.setRules({ days: 30 })
  await store.pass(2 * hour)
  store.jump(3_650 * day)
  for (let hours = 0; hours < 50; hours++) await store.pass(hour)
  expect(store.titles().length).toBe(3)
  confirmClock(store.db, store.now())
  await store.pass(2 * hour)
  expect(store.titles()).toEqual([])
})

test('what came while the clock stood in 1970, or in years to come, is not old', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const ids = store.poll(feed, articles(store, 'before', 2))
  await store.pass(2 * hour)
  store.jump(-store.now() + day)
  ids.push(...store.poll(feed, articles(store, 'in 1970', 2)))
  store.jump(56 * 365 * day + 400 * day)
  ids.push(...store.poll(feed, articles(store, 'in years', 2)))
  setRead(store.db, ids, true)
  store.setRules({ days: 30 })
  // The rule of another feed makes the look go on past what is young enough for this one.
  setFeedRetention(store.db, addFeed(store.db, 'https://b.example/'), { days: 2, perFeed: null, includesUnread: false })
  store.jump(-350 * day)
  store.db.prepare('UPDATE articles SET first_seen_at = ? WHERE title LIKE ?').run(store.now() - 5 * day, 'before%')
  confirmClock(store.db, store.now())
  await store.pass(2 * hour)
  expect(store.titles().length).toBe(6)
})

test('a run waits while something comes in, and starts anew when the rules change', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  setRead(store.db, store.poll(feed, articles(store, 'item', 40)), true)
  await store.pass(2 * minute)
  store.setRules({ perFeed: 10 })
  await store.pass(30_000)
  for (let seconds = 0; seconds < 60; seconds += 3) {
    store.job.disturbed()
    await store.pass(3_000)
  }
  expect(store.titles().length).toBe(40)
  store.setRules({ perFeed: 30 })
  await store.pass(minute)
  expect(store.titles().length).toBe(30)
  expect(store.lines).toEqual([])
})

test('an article that was saved, or marked unread, after the plan was made stays', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const ids = store.poll(feed, articles(store, 'item', 4))
  setRead(store.db, ids, true)
  store.setRules({ perFeed: 1 })
  // The plan is made; its first chunk waits for a breath.
  await store.pass(30_010)
  setSaved(store.db, [ids[0]!], true, store.now())
  setRead(store.db, [ids[1]!], false)
  await store.pass(hour)
  expect(store.titles()).toEqual(['item 0', 'item 2', 'item 3'])
})

test('the article that is open stays; earlier versions go with theirs', async () => {
  using store = makeCleanedStore()
  const feed = addFeed(store.db, 'https://a.example/feed')
  const document = articles(store, 'item', 3)
  const ids = store.poll(feed, document)
  store.poll(
    feed,
    document.map(article => ({
      ...article,
      text: `${article.text} more`,
      html: `${article.html}<p>more</p>` as SafeHtml,
    })),
  )
  setRead(store.db, ids, true)
  changeLastPlace(store.db, { articleId: ids[0]! })
  store.setRules({ perFeed: 1 })
  await store.pass(hour)
  expect(store.titles()).toEqual(['item 0', 'item 2'])
  expect(ids.map(id => revisionsOf(store.db, id).length)).toEqual([1, 0, 1])
})

test('fifty feeds that bring all new at each of twenty polls: nothing kept is lost, and the rest stays bounded', async () => {
  using store = makeCleanedStore()
  const random = randomFrom(13)
  const feeds = Array.from({ length: 50 }, (_, n) => addFeed(store.db, `https://f${n}.example/feed`))
  store.setRules({ perFeed: 12, days: 60 })
  const saved = new Set<number>()
  for (let poll = 0; poll < 20; poll++) {
    for (const feed of feeds) {
      const ids = store.poll(feed, articles(store, `feed ${feed} poll ${poll}`, 8, 12))
      setRead(
        store.db,
        ids.filter(() => random() < 0.85),
        true,
      )
      const kept = ids.filter(() => random() < 0.04)
      setSaved(store.db, kept, true, store.now())
      for (const id of kept) saved.add(id)
    }
    await store.pass(day / 2)
  }
  const rows = store.db
    .prepare('SELECT id, feed_id AS feedId, is_read AS isRead, is_saved AS isSaved FROM articles')
    .all() as {
    id: number
    feedId: number
    isRead: number
    isSaved: number
  }[]
  expect(
    rows
      .filter(row => row.isSaved === 1)
      .map(row => row.id)
      .toSorted((a, b) => a - b),
  ).toEqual([...saved].toSorted((a, b) => a - b))
  expect(unreadIds(store).length).toBeGreaterThan(800)
  for (const feed of feeds) {
    expect(rows.filter(row => row.feedId === feed && row.isRead === 1 && row.isSaved === 0).length).toBeLessThanOrEqual(
      12,
    )
  }
  expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
}, 120_000)

const rule = fc.record({
  days: fc.option(fc.integer({ min: 1, max: 60 })),
  perFeed: fc.option(fc.integer({ min: 1, max: 12 })),
  includesUnread: fc.boolean(),
})

test('whatever the rules are, what is saved stays, and exactly what was foretold goes', async () => {
  await fc.assert(
    fc.asyncProperty(
      rule,
      fc.option(rule),
      fc.option(fc.constantFrom(0.1, 0.3, 100)),
      fc.array(fc.record({ ageDays: fc.integer({ min: 0, max: 90 }), read: fc.boolean(), saved: fc.boolean() }), {
        minLength: 1,
        maxLength: 40,
      }),
      async (general: FeedRetention, own: FeedRetention | null, megabytes, states) => {
        using store = makeCleanedStore()
        const feeds = [1, 2].map(n => addFeed(store.db, `https://f${n}.example/feed`))
        const ids = feeds.flatMap(feed => store.poll(feed, articles(store, `feed ${feed}`, states.length)))
        for (const [index, id] of ids.entries()) {
          const { ageDays, read, saved } = states[index % states.length]!
          store.db
            .prepare('UPDATE articles SET first_seen_at = ?, is_read = ?, is_saved = ? WHERE id = ?')
            .run(store.now() - ageDays * day, Number(read), Number(saved), id)
        }
        const retention = { ...general, megabytes }
        setFeedRetention(store.db, feeds[0]!, own)
        const savedBefore = store.db.prepare('SELECT id FROM articles WHERE is_saved = 1').pluck().all()
        const unreadBefore = unreadIds(store)
        changeSettings(store.db, { retention })
        store.job.changed()
        await store.pass(30_000)
        const foretold = await store.maintenance.countExpired(question(store, retention))
        await store.pass(10 * minute)
        const left = new Set(store.db.prepare('SELECT id FROM articles').pluck().all())
        expect(ids.length - left.size).toBe(foretold)
        expect(savedBefore.filter(id => !left.has(id))).toEqual([])
        if (!general.includesUnread && !own?.includesUnread)
          expect(unreadBefore.filter(id => !left.has(id))).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
}, 120_000)
