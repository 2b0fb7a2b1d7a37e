import { expect, test } from 'vitest'
import { IdleWork } from '../../../src-main/engine/idle/idle-work.ts'
import { addIndexMerge } from '../../../src-main/engine/idle/merge-index.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import type { ReadDb } from '../../../src-main/store/db/open.ts'
import { listShards } from '../../../src-main/store/search/index.ts'
import { createTestTime } from '../../polling/poller-time.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'

/** In how many parts the text index is: a search looks into each of them. */
function parts(db: ReadDb): number {
  const counts = listShards(db).map(({ table }) =>
    db.prepare<[], number>(`SELECT COUNT(DISTINCT segid) FROM ${table}_idx`).pluck().get(),
  )
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

test('the index is merged once nothing has come in for some seconds, and not before', async () => {
  using store = makeStore()
  const time = createTestTime(someNoon)
  const pass = (ms: number) => time.pass(ms, () => new Promise(resolve => setImmediate(resolve)))
  const work = new IdleWork(time.clock, line => expect.fail(line))
  const indexMerge = addIndexMerge(work, store.db)
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  for (let poll = 0; poll < 20; poll++) {
    storeArticles(store.db, feedId, [makeArticle({ title: `Story ${poll} ferry` })], someNoon + poll)
    work.disturbed()
    indexMerge.runIn(0)
    await pass(4_000)
  }
  const before = parts(store.db)
  expect(before).toBeGreaterThanOrEqual(20)

  await pass(60_000)

  expect(parts(store.db)).toBeLessThan(before / 4)
  expect(time.timers()).toBe(0)
})
