import { describe, expect, test } from 'vitest'
import { hour, minute, second } from '../../src-main/lib/time.ts'
import { emptyMemory, readMemory } from '../../src-main/polling/poll-memory.ts'
import { changeFeedUrl, feedById } from '../../src-main/store/feeds/feeds.ts'
import { follow, followMany, isChecked, makePoller, noneHeld, outcome, pass, settled, world } from './poller-world.ts'

describe('a refresh the user asks for', () => {
  test('is counted, finished and summed up', async () => {
    const ids = followMany(5, index => `https://host${index}.test/feed`, { dueIn: hour })
    world.answer = feed => (feed.id === ids[2] ? { reason: 'http', status: 500 } : 'later')
    expect(world.poller.refresh({ feedIds: ids, isForced: false })).toEqual({ total: 5, ...noneHeld })
    expect(world.progress.at(-1)).toEqual({ isRunning: true, done: 0, total: 5, failed: 0, newArticles: 0 })
    await settled()
    const [first, ...others] = [...world.open]
    first?.finish({ newIds: [1, 2], isParsed: true })
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
    await pass(second)
    const askedAt = feedById(world.store.db, id)?.lastCheckedAt
    await pass(4 * minute)
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({
      ...{ total: 0, ...noneHeld },
      recent: { feedIds: [id], lastAskedAt: askedAt },
    })
    expect(world.poller.refresh({ feedIds: [id], isForced: true })).toEqual({ total: 1, ...noneHeld })
    await pass(5 * minute)
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, ...noneHeld })
  })

  test('asks again what was asked minutes ago where the user insists, and only that', async () => {
    const [old, ...recent] = followMany(3, index => `https://host${index}.test/feed`, { dueIn: hour }) as [
      number,
      number,
      number,
    ]
    world.poller.refresh({ feedIds: recent, isForced: false })
    await pass(2 * minute)
    const first = world.poller.refresh({ feedIds: [old, ...recent], isForced: false })
    expect(first).toMatchObject({ total: 1, recent: { feedIds: recent } })
    await pass(second)
    world.starts.length = 0
    // The one that the first press asked is not asked twice.
    const again = world.poller.refresh({ feedIds: [old, ...recent], isForced: false, insistOn: first.recent!.feedIds })
    expect(again).toMatchObject({ total: 2, recent: { feedIds: [old] } })
    await pass(second)
    expect(world.starts.map(start => start.feed.id).sort()).toEqual(recent)
  })

  test('never asks within the time that a server has named, whoever insists', async () => {
    const [one, other, free] = followMany(3, index => `https://host${index}.test/feed`, { dueIn: hour }) as [
      number,
      number,
      number,
    ]
    const now = world.time.clock.now()
    const until = { [one]: now + hour, [other]: now + 2 * hour }
    world.answer = feed => {
      const time = until[feed.id]
      return time === undefined
        ? 'fine'
        : { reason: 'retry-later', status: 429, until: time, host: new URL(feed.url).host }
    }
    world.poller.refresh({ feedIds: [one, other], isForced: false })
    await pass(10 * minute)
    world.starts.length = 0
    const feedIds = [one, other, free]
    const waiting = { feeds: 2, from: now + hour, until: now + 2 * hour }
    expect(world.poller.refresh({ feedIds, isForced: false })).toEqual({ total: 1, ...noneHeld, waiting })
    await pass(second)
    for (const insisting of [{ isForced: false, insistOn: feedIds }, { isForced: true }]) {
      expect(world.poller.refresh({ feedIds: [one, other], ...insisting })).toEqual({ total: 0, ...noneHeld, waiting })
    }
    await pass(second)
    expect(world.starts.map(start => start.feed.id)).toEqual([free])
    await pass(hour)
    expect(world.poller.refresh({ feedIds: [one, other], isForced: false })).toMatchObject({
      total: 1,
      waiting: { feeds: 1, from: now + 2 * hour, until: now + 2 * hour },
    })
  })

  test('says what is being refreshed already, and what no server was bothered for need not wait', async () => {
    const [busy, dead] = followMany(2, index => `https://host${index}.test/feed`, { dueIn: hour }) as [number, number]
    world.answer = feed => (feed.id === busy ? 'later' : { reason: 'dns', host: 'host1.test' })
    world.poller.refresh({ feedIds: [busy, dead], isForced: false })
    await settled()
    for (const start of [...world.open]) start.finish()
    await pass(second)
    world.answer = () => 'later'
    expect(world.poller.refresh({ feedIds: [dead], isForced: false })).toEqual({ total: 1, ...noneHeld })
    expect(world.poller.refresh({ feedIds: [dead], isForced: true })).toEqual({ total: 0, ...noneHeld, underWay: 1 })
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

  test('goes on without a feed that is unsubscribed meanwhile, and asks one that has moved at its new address', async () => {
    const [first, removed, moved] = followMany(3, index => `https://a.test/${index}`, { dueIn: hour }) as [
      number,
      number,
      number,
    ]
    world.poller.refresh({ feedIds: [first, removed, moved], isForced: false })
    const elsewhere = { feedId: moved, url: 'https://a.test/new', privateHost: null }
    changeFeedUrl(world.store.db, elsewhere, world.time.clock.now() + hour)
    world.store.db.prepare('UPDATE feeds SET removed_at = 1 WHERE id = ?').run(removed)
    world.poller.scheduleChanged()
    await pass(5 * second)
    expect(world.starts.map(start => start.feed.url)).toEqual(['https://a.test/0', 'https://a.test/new'])
    expect(isChecked(moved)).toBe(true)
    expect(world.summaries).toEqual([expect.objectContaining({ feeds: 2, unchanged: 2, failed: [] })])
  })

  test('joins a poll that is under way', async () => {
    const id = follow('https://a.test/feed')
    world.answer = () => 'later'
    world.poller.start()
    await settled()
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, ...noneHeld })
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
  const counting = makePoller({ db: counted, refresh: async feed => outcome(feed, null) })
  counting.refresh({ feedIds: ids, isForced: false })
  await expect.poll(() => world.summaries.length, { timeout: 20_000 }).toBe(1)
  expect(world.summaries[0]).toMatchObject({ feeds: 1_000, unchanged: 1_000 })
  expect(transactions).toBeLessThanOrEqual(10)
  expect(readMemory(emptyMemoryOf(ids[0]!))).toMatchObject({ ...emptyMemory, validators: { etag: '"a"' } })
  counting.close()
})

function emptyMemoryOf(feedId: number): string {
  return (
    world.store.db.prepare<[number], string>('SELECT poll_memory FROM feeds WHERE id = ?').pluck().get(feedId) ?? ''
  )
}
