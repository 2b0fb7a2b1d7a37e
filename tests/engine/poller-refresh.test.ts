import { describe, expect, test } from 'vitest'
import { emptyMemory, readMemory } from '../../src-main/engine/feeds/poll-memory.ts'
import { createPoller } from '../../src-main/engine/feeds/poller.ts'
import { follow, followMany, hour, isChecked, minute, outcome, pass, second, settled, world } from './poller-world.ts'

describe('a refresh the user asks for', () => {
  test('is counted, finished and summed up', async () => {
    const ids = followMany(5, index => `https://host${index}.test/feed`, { dueIn: hour })
    world.answer = feed => (feed.id === ids[2] ? { reason: 'http', status: 500 } : 'later')
    expect(world.poller.refresh({ feedIds: ids, isForced: false })).toEqual({ total: 5, heldBack: 0 })
    expect(world.progress.at(-1)).toEqual({ isRunning: true, done: 0, total: 5, failed: 0, newArticles: 0 })
    await settled()
    const [first, ...others] = [...world.open]
    first?.finish({ newIds: [1, 2], isRead: true })
    for (const other of others) other.finish()
    await pass(second)
    expect(world.progress.at(-1)).toEqual({ isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 })
    expect(world.summaries).toEqual([
      {
        feeds: 5,
        updated: 1,
        unchanged: 3,
        failed: [{ feedId: ids[2], title: 'https://host2.test/feed', failure: { reason: 'http', status: 500 } }],
        newArticles: 2,
        wasCancelled: false,
      },
    ])
    expect(ids.every(isChecked)).toBe(true)
  })

  test('comes no closer than five minutes to the last poll, unless forced or never checked', async () => {
    const id = follow('https://a.test/feed')
    world.poller.start()
    await pass(4 * minute)
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 0, heldBack: 1 })
    expect(world.poller.refresh({ feedIds: [id], isForced: true })).toEqual({ total: 1, heldBack: 0 })
    await pass(5 * minute)
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, heldBack: 0 })
  })

  test('can be cancelled: what is under way ends, what waits stays due, nothing is recorded', async () => {
    const ids = followMany(30, index => `https://host${index}.test/feed`, { dueIn: hour })
    world.answer = () => 'later'
    world.poller.refresh({ feedIds: ids, isForced: false })
    await settled()
    const [done] = [...world.open]
    done?.finish()
    await settled()
    world.poller.cancel()
    await pass(second)
    expect(world.open.size).toBe(0)
    expect(world.summaries).toEqual([expect.objectContaining({ feeds: 1, wasCancelled: true, failed: [] })])
    expect(ids.filter(isChecked)).toEqual([done?.feed.id])
    expect(world.poller.isIdle()).toBe(true)
  })

  test('joins a poll that is under way', async () => {
    const id = follow('https://a.test/feed')
    world.answer = () => 'later'
    world.poller.start()
    await settled()
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, heldBack: 0 })
    for (const start of [...world.open]) start.finish()
    await pass(second)
    expect(world.starts.length).toBe(1)
    expect(world.summaries.length).toBe(1)
  })
})

test('a thousand feeds that have nothing new are recorded in few transactions', { timeout: 30_000 }, async () => {
  const ids = world.store.db.transaction(() =>
    followMany(1_000, index => `http://127.0.0.1:1/${index}`, { privateHost: '127.0.0.1:1', dueIn: hour }),
  )()
  let transactions = 0
  const { db } = world.store
  const counted = new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') transactions++
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const counting = createPoller({
    db: counted,
    clock: world.time.clock,
    random: () => 0,
    refresh: async feed => outcome(feed, null),
    onRefreshed: () => {},
    onFeedChanged: () => {},
    onProgress: () => {},
    onFinished: summary => world.summaries.push(summary),
    log: () => {},
  })
  counting.refresh({ feedIds: ids, isForced: false })
  await expect.poll(() => world.summaries.length, { timeout: 20_000 }).toBe(1)
  expect(world.summaries[0]).toMatchObject({ feeds: 1_000, unchanged: 1_000 })
  expect(transactions).toBeLessThanOrEqual(10)
  expect(readMemory(emptyMemoryOf(ids[0]!))).toMatchObject({ ...emptyMemory, validators: { etag: '"a"' } })
  await counting.close()
})

function emptyMemoryOf(feedId: number): string {
  return (
    world.store.db.prepare<[number], string>('SELECT poll_memory FROM feeds WHERE id = ?').pluck().get(feedId) ?? ''
  )
}
