import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src-main/api/model.ts'
import { day, hour, minute, second } from '../../src-main/lib/time.ts'
import { feedById } from '../../src-main/store/feeds/feeds.ts'
import { pausePolling, resumePolling } from '../../src-main/store/polling-pause.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { someNoon } from '../support/articles.ts'
import { follow, followMany, isChecked, makePoller, noneHeld, pass, settled, world } from './poller-world.ts'

describe('who is asked when', () => {
  test('what is due is asked, and again an hour later, and nothing in between', async () => {
    const id = follow('https://a.test/feed')
    world.poller.start()
    await pass(3 * hour + minute)
    expect(world.starts.map(start => start.at - someNoon)).toEqual(
      [0, hour, 2 * hour, 3 * hour].map(at => expect.closeTo(at, -4)),
    )
    expect(feedById(world.store.db, id)?.nextCheckAt).toBeGreaterThan(world.time.clock.now())
  })

  test('nothing is polled before it is started, but what the user asks for is refreshed', async () => {
    const id = follow('https://a.test/feed')
    follow('https://b.test/feed')
    await pass(hour)
    expect(world.starts).toEqual([])
    expect(world.poller.refresh({ feedIds: [id], isForced: false })).toEqual({ total: 1, ...noneHeld })
    await pass(second)
    expect(world.starts.map(start => start.feed.id)).toEqual([id])
  })

  test('paused and unsubscribed feeds are left alone, also when that happens while they wait', async () => {
    const [paused, removed, waiting] = followMany(3, index => `https://a.test/${index}`)
    world.store.db.prepare("UPDATE feeds SET paused = 'by-user' WHERE id = ?").run(paused)
    world.store.db.prepare('UPDATE feeds SET removed_at = 1 WHERE id = ?').run(removed)
    world.chance = 0.9
    world.store.db.prepare('UPDATE feeds SET last_checked_at = 1').run()
    world.poller.start()
    world.store.db.prepare("UPDATE feeds SET paused = 'by-user' WHERE id = ?").run(waiting)
    world.poller.scheduleChanged()
    await pass(2 * hour)
    expect(world.starts).toEqual([])
  })

  test('one timer waits, a minute at most and a second at least', async () => {
    followMany(20, index => `https://a.test/${index}`, { dueIn: 10 * second })
    world.poller.start()
    expect(world.time.timers()).toBe(1)
    await pass(hour)
    expect(world.time.timers()).toBe(1)
    // Besides the one that gathers what is to be written.
    const waits = world.time.delays.filter(ms => ms !== 50)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(second)
    expect(Math.max(...waits)).toBeLessThanOrEqual(minute)
  })
})

describe('a pause of the user’s', () => {
  test('nothing that is due is asked, what the user refreshes is, and afterwards all of it, spread', async () => {
    const [first] = followMany(20, index => `https://host${index}.test/feed`)
    world.store.db.prepare('UPDATE feeds SET last_checked_at = 1').run()
    pausePolling(world.store.db, someNoon, someNoon + hour)
    world.poller.start()
    await pass(30 * minute)
    expect(world.starts).toEqual([])
    expect(world.poller.refresh({ feedIds: [first!], isForced: true }).total).toBe(1)
    await pass(minute)
    expect(world.starts.map(({ feed }) => feed.id)).toEqual([first])

    world.chance = 0.5
    await pass(28 * minute)
    expect(world.starts).toHaveLength(1)
    await pass(2 * minute)
    // Half of five minutes after the pause.
    expect(world.starts).toHaveLength(1)
    await pass(3 * minute)
    expect(new Set(world.starts.map(({ feed }) => feed.id)).size).toBe(20)
  })

  test('it takes what waits out of the queue, and Resume puts it back', async () => {
    followMany(3, index => `https://host${index}.test/feed`)
    world.store.db.prepare('UPDATE feeds SET last_checked_at = 1').run()
    world.chance = 0.5
    world.poller.start()
    pausePolling(world.store.db, world.time.clock.now(), world.time.clock.now() + hour)
    world.poller.scheduleChanged()
    await pass(10 * minute)
    expect(world.starts).toEqual([])
    resumePolling(world.store.db)
    world.poller.scheduleChanged()
    await pass(5 * minute)
    expect(world.starts).toHaveLength(3)
  })

  test('a clock that is set back to before it ends it', async () => {
    follow('https://a.test/feed')
    pausePolling(world.store.db, someNoon + day, someNoon + day + hour)
    world.poller.start()
    await pass(minute)
    expect(world.starts).toHaveLength(1)
  })
})

describe('on battery, and where each byte costs', () => {
  const askedAt = () => world.starts.map(({ at }) => Math.round((at - someNoon) / hour))

  test('a feed is asked half as often, a quarter as often, and as before when the computer is plugged in', async () => {
    follow('https://a.test/feed')
    world.poller.setPower({ isOnBattery: true, isMetered: false, isSuspended: false })
    world.poller.start()
    await pass(4 * hour + 10 * minute)
    expect(askedAt()).toEqual([0, 2, 4])
    world.poller.setPower({ isOnBattery: true, isMetered: true, isSuspended: false })
    await pass(7 * hour)
    expect(askedAt()).toEqual([0, 2, 4, 8])
    // What is due by then is asked now.
    world.poller.setPower({ isOnBattery: false, isMetered: false, isSuspended: false })
    await pass(hour)
    expect(askedAt()).toEqual([0, 2, 4, 8, 11, 12])
  })

  test('never less often than once a day', async () => {
    const id = follow('https://a.test/feed')
    const last = someNoon - 20 * hour
    const sql = 'UPDATE feeds SET last_checked_at = ?, next_check_at = ? WHERE id = ?'
    world.store.db.prepare(sql).run(last, last + 20 * hour, id)
    world.poller.setPower({ isOnBattery: false, isMetered: true, isSuspended: false })
    world.poller.start()
    await pass(4 * hour - minute)
    expect(world.starts).toEqual([])
    await pass(2 * minute)
    expect(world.starts).toHaveLength(1)
  })

  test('what was never asked is asked at once, and all of it where the user wants no power to be saved', async () => {
    changeSettings(world.store.db, { savesPower: false })
    const id = follow('https://a.test/feed')
    world.store.db
      .prepare('UPDATE feeds SET last_checked_at = ?, next_check_at = ? WHERE id = ?')
      .run(someNoon - hour, someNoon, id)
    world.poller.setPower({ isOnBattery: true, isMetered: true, isSuspended: false })
    world.poller.start()
    await pass(minute)
    expect(world.starts).toHaveLength(1)
    changeSettings(world.store.db, { savesPower: true })
    follow('https://b.test/feed')
    world.poller.scheduleChanged()
    await pass(minute)
    expect(world.starts.map(({ feed }) => feed.url)).toEqual(['https://a.test/feed', 'https://b.test/feed'])
  })
})

describe('how many at once', () => {
  test('two per host, 46 in all, and two more that the user refreshes alone', async () => {
    world.answer = () => 'later'
    for (let host = 0; host < 30; host++) followMany(3, index => `https://host${host}.test/${index}`)
    const alone = followMany(4, index => `https://other${index}.test/feed`, { dueIn: hour })
    world.poller.start()
    await pass(10 * second)
    expect(world.open.size).toBe(46)
    for (const id of alone) world.poller.refresh({ feedIds: [id], isForced: false })
    await pass(10 * second)
    expect(world.open.size).toBe(48)
    const perHost = Map.groupBy(world.open, start => new URL(start.feed.url).host)
    expect(Math.max(...[...perHost.values()].map(list => list.length))).toBe(2)
  })

  test('two per host, however long they take and however few hosts there are', async () => {
    world.answer = () => 'later'
    for (let host = 0; host < 2; host++) followMany(6, index => `https://host${host}.test/${index}`)
    world.poller.start()
    await pass(minute)
    expect(world.open.size).toBe(4)
  })

  test('a second between two starts on a host, a minute where that is wanted', async () => {
    followMany(5, index => `https://a.test/${index}`)
    followMany(3, index => `https://www.reddit.com/r/${index}/.rss`)
    world.poller.start()
    await pass(5 * minute)
    const gaps = (host: string) => {
      const at = world.starts.filter(start => new URL(start.feed.url).host === host).map(start => start.at)
      return at.slice(1).map((one, index) => one - at[index]!)
    }
    expect(Math.min(...gaps('a.test'))).toBeGreaterThanOrEqual(second)
    expect(Math.min(...gaps('www.reddit.com'))).toBeGreaterThanOrEqual(minute)
    expect(world.starts.length).toBe(8)
  })

  test('a host with many feeds does not keep the others waiting', async () => {
    followMany(50, index => `https://big.test/${index}`)
    const small = follow('https://small.test/feed')
    world.poller.start()
    await pass(second)
    expect(isChecked(small)).toBe(true)
  })

  test('what the user refreshes alone comes first, then what is refreshed with others, then what is due', async () => {
    world.answer = () => 'later'
    const due = followMany(46, index => `https://due${index}.test/feed`)
    world.poller.start()
    await pass(0)
    followMany(3, index => `https://due-too${index}.test/feed`)
    world.poller.scheduleChanged()
    const [together = 0, another = 0, promoted = 0] = followMany(3, index => `https://asked${index}.test/feed`, {
      dueIn: hour,
    })
    const alone = followMany(2, index => `https://alone${index}.test/feed`, { dueIn: hour })
    world.poller.refresh({ feedIds: [together, another, promoted], isForced: false })
    for (const id of [...alone, promoted]) world.poller.refresh({ feedIds: [id], isForced: false })
    await pass(0)
    const asked = () => world.starts.slice(due.length).map(start => start.feed.id)
    expect(asked()).toEqual(alone)
    for (const start of world.starts.slice(0, 3)) {
      start.finish()
      await settled()
    }
    expect(asked()).toEqual([...alone, promoted])
    for (const start of world.starts.slice(3, 5)) {
      start.finish()
      await settled()
    }
    expect(asked()).toEqual([...alone, promoted, together, another])
  })

  test("what the user refreshes on the own machine isn't spaced", async () => {
    const ids = followMany(100, index => `http://127.0.0.1:8080/${index}`, {
      privateHost: '127.0.0.1:8080',
      dueIn: hour,
    })
    world.poller.refresh({ feedIds: ids, isForced: false })
    await pass(0)
    expect(world.starts.length).toBe(100)
    expect(world.starts.every(start => start.at === someNoon)).toBe(true)
  })

  test('a public host stays spaced, even if it was allowed to be private', async () => {
    const ids = followMany(5, index => `https://a.test/${index}`, { privateHost: 'a.test:443', dueIn: hour })
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(0)
    expect(world.starts.length).toBe(1)
  })
})

describe('after start, sleep and set clocks', () => {
  const checkedLongAgo = () => world.store.db.prepare('UPDATE feeds SET last_checked_at = ?').run(someNoon - day)

  test('overdue feeds are spread over five minutes; one never asked is asked at once', async () => {
    const ids = followMany(60, index => `https://host${index}.test/feed`)
    checkedLongAgo()
    const fresh = follow('https://fresh.test/feed')
    let turn = 0
    const spreading = makePoller({ random: () => (turn++ % 60) / 60 })
    spreading.start()
    await pass(0)
    expect(world.starts.map(start => start.feed.id)).toContain(fresh)
    expect(world.starts.length).toBeLessThan(10)
    await pass(2.5 * minute)
    expect(world.starts.length).toBeGreaterThan(20)
    expect(world.starts.length).toBeLessThan(45)
    await pass(2.5 * minute + second)
    expect(new Set(world.starts.map(start => start.feed.id)).size).toBe(ids.length + 1)
    spreading.close()
  })

  test('after a night of sleep every feed is asked once, spread', async () => {
    followMany(30, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.starts.length = 0
    world.chance = 0.5
    world.time.jump(8 * hour)
    await pass(minute)
    expect(world.starts).toEqual([])
    await pass(4 * minute)
    expect(world.starts.length).toBe(30)
  })

  test.each([
    ['a day forward', day],
    ['ten years forward', 3_650 * day],
    ['a day back', -day],
    ['to 1970', -someNoon + hour],
  ])('a clock set %s makes no storm, and once right again nothing sleeps for long', async (_name, shift) => {
    followMany(10, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.starts.length = 0
    world.time.jump(shift)
    await pass(50 * minute)
    expect(world.starts.length).toBeLessThanOrEqual(10)
    world.time.jump(-shift)
    world.starts.length = 0
    await pass(day)
    expect(new Set(world.starts.map(start => start.feed.id)).size).toBe(10)
    expect(world.starts.length).toBeLessThanOrEqual(10 * 25)
  })
})

describe('when nobody answers', () => {
  const dead: Failure = { reason: 'dns', host: 'x' }

  test('for three days: no feed is blamed, and the first is refreshed within a minute of the return', {
    timeout: 30_000,
  }, async () => {
    const ids = followMany(20, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.answer = () => dead
    await pass(3 * day)
    expect(world.poller.network()).toBe('offline')
    expect(ids.map(id => feedById(world.store.db, id)?.failure)).toEqual(ids.map(() => null))
    expect(world.changed).toEqual([])
    world.answer = () => 'fine'
    world.starts.length = 0
    await pass(minute)
    expect(world.poller.network()).toBe('online')
    expect(world.starts.length).toBe(20)
    expect(new Set(world.starts.map(start => start.feed.id)).size).toBe(20)
  })

  test('at one host while the others do: that feed is blamed', async () => {
    const ids = followMany(5, index => `https://host${index}.test/feed`)
    world.answer = feed => (feed.id === ids[0] ? dead : 'fine')
    world.poller.start()
    await pass(minute)
    expect(feedById(world.store.db, ids[0]!)?.failure).toEqual(dead)
    expect(feedById(world.store.db, ids[1]!)?.failure).toBe(null)
    expect(world.poller.network()).toBe('online')
  })

  test('and there is only one host to ask, that feed says so', async () => {
    const id = follow('https://only.test/feed')
    world.answer = () => dead
    world.poller.start()
    await pass(minute)
    expect(feedById(world.store.db, id)?.failure).toEqual(dead)
  })

  test('and the computer says that it is on no network, the only feed there is is not blamed', async () => {
    const id = follow('https://only.test/feed', { dueIn: hour })
    world.answer = () => ({ reason: 'offline' })
    world.poller.refresh({ feedIds: [id], isForced: false })
    await pass(second)
    expect(world.summaries[0]?.failed.map(one => one.failure)).toEqual([{ reason: 'offline' }])
    expect(feedById(world.store.db, id)?.failure).toBe(null)
    expect(world.poller.network()).toBe('offline')
    world.answer = () => 'fine'
    world.poller.refresh({ feedIds: [id], isForced: false })
    await pass(second)
    expect(world.poller.network()).toBe('online')
    expect(isChecked(id)).toBe(true)
  })

  test('the summary of a refresh says offline, and the feeds are not marked', async () => {
    const ids = followMany(10, index => `https://host${index}.test/feed`, { dueIn: hour })
    world.answer = () => dead
    world.poller.refresh({ feedIds: ids, isForced: false })
    await pass(minute)
    expect(world.summaries[0]?.failed.map(one => one.failure)).toEqual(ids.map(() => ({ reason: 'offline' })))
    expect(ids.some(isChecked)).toBe(false)
  })
})

describe('a host that asks us to stay away', () => {
  test('is left alone with all its feeds, also by the user, also after a restart', async () => {
    const ids = followMany(4, index => `https://a.test/${index}`, { dueIn: minute })
    world.answer = () => 'later'
    world.poller.start()
    await pass(minute + second)
    const until = world.time.clock.now() + 4 * hour
    for (const start of [...world.open]) start.finish({ backoff: { host: 'a.test', until } })
    world.answer = () => 'fine'
    await settled()
    const asked = world.starts.length
    expect(asked).toBeLessThanOrEqual(2)
    await pass(hour)
    expect(world.starts.length).toBe(asked)
    const held = { total: 0, ...noneHeld, waiting: { feeds: 4, from: until, until } }
    expect(world.poller.refresh({ feedIds: ids, isForced: false })).toEqual(held)
    expect(world.poller.refresh({ feedIds: ids, isForced: true })).toEqual(held)
    world.poller.close()
    world.poller = makePoller()
    world.poller.start()
    expect(world.poller.refresh({ feedIds: ids, isForced: true })).toEqual(held)
    await pass(2 * hour)
    expect(world.starts.length).toBe(asked)
    await pass(hour + 10 * minute)
    expect(world.starts.length).toBeGreaterThanOrEqual(asked + 4)
  })
})
