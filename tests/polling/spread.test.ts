/** Feeds that could not be asked for a while: when they are asked again, each once and without a storm, and what is said of it. */
import { describe, expect, test } from 'vitest'
import type { Failure } from '../../src-main/api/model.ts'
import { hour, minute, second } from '../../src-main/lib/time.ts'
import { feedById } from '../../src-main/store/feeds/feeds.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { followMany, outcome, pass, type Started, world } from './poller-world.ts'

describe('what came due while nobody could be asked is spread over five minutes', () => {
  const hosts = 60
  const inFirstMinute = async () => {
    world.starts.length = 0
    world.chance = 0.5
    await pass(minute)
    return world.starts.length
  }
  const allWithinFive = async () => {
    await pass(4 * minute)
    expect(world.starts).toHaveLength(hosts)
    expect(new Set(world.starts.map(({ feed }) => feed.id)).size).toBe(hosts)
  }
  const goOffline = async (failure: Failure = { reason: 'dns', host: 'x' }) => {
    followMany(hosts, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.answer = () => failure
    await pass(2 * hour)
    expect(world.networks).toEqual([failure.reason === 'sign-in' ? failure.reason : 'offline'])
    world.answer = () => 'fine'
  }

  test('when the network is back, but for the one feed that finds that out', async () => {
    await goOffline()
    expect(await inFirstMinute()).toBe(1)
    await allWithinFive()
  })

  test('when one has signed in, but for the one feed that finds that out', async () => {
    await goOffline({ reason: 'sign-in' })
    expect(await inFirstMinute()).toBe(1)
    await allWithinFive()
  })

  test.each<Failure>([{ reason: 'offline' }, { reason: 'sign-in' }])(
    'and when it is another after sleep: %o',
    async failure => {
      await goOffline(failure)
      world.time.jump(8 * hour)
      expect(await inFirstMinute()).toBe(0)
      await allWithinFive()
    },
  )

  test.each(['plugged in', 'told to save no power'])('and when the computer is %s', async way => {
    followMany(hosts, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.poller.setPower({ isOnBattery: true, isMetered: false, isSuspended: false })
    await pass(1.5 * hour)
    expect(world.starts).toHaveLength(hosts)
    world.chance = 0.5
    if (way === 'plugged in') world.poller.setPower({ isOnBattery: false, isMetered: false, isSuspended: false })
    else changeSettings(world.store.db, { savesPower: false })
    expect(await inFirstMinute()).toBe(0)
    await allWithinFive()
  })
})

test('a network that leads ever more sites to one page is believed before all of them were asked', async () => {
  const ids = followMany(60, index => `https://host${index}.test/feed`)
  world.answer = () => 'later'
  world.poller.refresh({ feedIds: ids, isForced: true })
  await pass(second)
  const lead = ({ feed, finish }: Started) => {
    const doubt = { isSudden: true, marks: ['at hotel.example'] }
    finish({ ...outcome(feed, { reason: 'not-a-feed', found: [] }), doubt })
  }
  for (const started of [...world.open].slice(0, 10)) lead(started)
  await pass(second)
  expect(world.networks).toEqual(['sign-in'])
  for (const started of world.open) lead(started)
  await pass(second)
  expect(world.starts.length).toBeLessThan(ids.length)
  expect(world.summaries[0]?.failed.map(one => one.failure)).toEqual(ids.map(() => ({ reason: 'sign-in' })))
  expect(ids.map(id => feedById(world.store.db, id)?.failure)).toEqual(ids.map(() => null))
})

describe('a computer that is suspended', () => {
  const power = { isOnBattery: false, isMetered: false, isSuspended: false }
  const suspend = () => world.poller.setPower({ ...power, isSuspended: true })

  test('drops what is under way, for which no feed is blamed, and asks nobody until it is awake', async () => {
    const ids = followMany(60, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.answer = () => 'later'
    await pass(2 * hour)
    const asked = world.starts.length
    const under = [...world.open]
    expect(under.length).toBeGreaterThan(40)
    suspend()
    expect(under.filter(({ signal }) => !signal?.aborted)).toEqual([])
    await pass(minute)
    expect([world.starts.length, world.poller.isBusy()]).toEqual([asked, false])

    world.answer = () => 'fine'
    world.time.jump(3 * minute)
    world.chance = 0.5
    world.poller.setPower(power)
    await pass(minute)
    expect(world.starts).toHaveLength(asked)
    await pass(4 * minute)
    expect(new Set(world.starts.slice(asked).map(({ feed }) => feed.id)).size).toBe(ids.length)
    expect(ids.map(id => feedById(world.store.db, id)?.failure)).toEqual(ids.map(() => null))
  })

  test('is taken to be awake once it runs on, though nobody says so', async () => {
    followMany(3, index => `https://host${index}.test/feed`)
    suspend()
    world.poller.start()
    await pass(minute)
    expect(world.starts).toEqual([])
    await pass(3 * minute)
    expect(world.starts).toHaveLength(3)
  })
})

describe('that nobody answers is told', () => {
  const silence = { reason: 'dns', host: 'x' } as const

  test('once, and not again by a refresh that finds out the same, and taken back by the first answer', async () => {
    const ids = followMany(20, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    expect(world.networks).toEqual([])
    world.answer = () => silence
    await pass(3 * hour)
    expect(world.networks).toEqual(['offline'])
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(minute)
    expect(world.summaries).toHaveLength(1)
    expect(world.networks).toEqual(['offline'])

    world.answer = feed => (feed.id === ids[0] ? 'later' : 'fine')
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(second)
    // One is still under way.
    expect(world.open.size).toBe(1)
    expect(world.networks).toEqual(['offline', 'online'])
  })

  test('not by a refresh of which nothing may be asked', async () => {
    const ids = followMany(3, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.answer = () => ({ reason: 'offline' })
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(second)
    expect(world.networks).toEqual(['offline'])
    world.poller.refresh({ feedIds: [], isForced: true })
    await pass(second)
    expect(world.networks).toEqual(['offline'])
  })

  test('and what was answered just before blames no feed for it', async () => {
    const ids = followMany(3, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(second)
    world.answer = () => ({ reason: 'offline' })
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(second)
    // The cable is in, and names cannot be looked up yet.
    world.answer = () => silence
    world.poller.refresh({ feedIds: ids, isForced: true })
    await pass(20 * second)
    expect(ids.map(id => feedById(world.store.db, id)?.failure)).toEqual(ids.map(() => null))
    expect(world.networks).toEqual(['offline'])
  })
})
