/** When feeds are asked again that could not be asked for a while: no storm, and each once. */
import { describe, expect, test } from 'vitest'
import { hour, minute } from '../../src-main/lib/time.ts'
import { changeSettings } from '../../src-main/store/settings.ts'
import { followMany, pass, world } from './poller-world.ts'

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
  const goOffline = async () => {
    followMany(hosts, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.answer = () => ({ reason: 'dns', host: 'x' })
    await pass(2 * hour)
    expect(world.poller.isOffline()).toBe(true)
    world.answer = () => 'fine'
  }

  test('when the network is back, but for the one feed that finds that out', async () => {
    await goOffline()
    expect(await inFirstMinute()).toBe(1)
    await allWithinFive()
  })

  test('and when it is back after sleep', async () => {
    await goOffline()
    world.time.jump(8 * hour)
    expect(await inFirstMinute()).toBe(0)
    await allWithinFive()
  })

  test.each(['plugged in', 'told to save no power'])('and when the computer is %s', async way => {
    followMany(hosts, index => `https://host${index}.test/feed`)
    world.poller.start()
    await pass(minute)
    world.poller.setPower({ isOnBattery: true, isMetered: false })
    await pass(1.5 * hour)
    expect(world.starts).toHaveLength(hosts)
    world.chance = 0.5
    if (way === 'plugged in') world.poller.setPower({ isOnBattery: false, isMetered: false })
    else changeSettings(world.store.db, { savesPower: false })
    expect(await inFirstMinute()).toBe(0)
    await allWithinFive()
  })
})
