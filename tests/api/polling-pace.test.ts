import { describe, expect, test } from 'vitest'
import { dueAt, nextTime } from '../../src-main/api/polling-pace.ts'
import { day, hour, minute } from '../../src-main/lib/time.ts'
import { feedById } from '../../src-main/store/feeds/feeds.ts'
import { nextDueAt } from '../../src-main/store/feeds/poll-state.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'

const mains = { isOnBattery: false, isMetered: false, isSuspended: false }
const onBattery = { ...mains, isOnBattery: true }
const metered = { ...mains, isMetered: true }
const running = { pausedUntil: null, power: mains }
const asked = (every: number) => ({ lastCheckedAt: someNoon, nextCheckAt: someNoon + every })

test.each([
  ['as scheduled', asked(hour), running, { at: hour, delay: null }],
  ['on battery, twice as late', asked(hour), { ...running, power: onBattery }, { at: 2 * hour, delay: 'battery' }],
  ['metered, four times as late', asked(hour), { ...running, power: metered }, { at: 4 * hour, delay: 'metered' }],
  ['at most a day later', asked(20 * hour), { ...running, power: onBattery }, { at: day, delay: 'battery' }],
  ['daily as before, which is no delay', asked(day), { ...running, power: metered }, { at: day, delay: null }],
  ['after a pause', asked(hour), { ...running, pausedUntil: someNoon + 3 * hour }, { at: 3 * hour, delay: 'paused' }],
  [
    'not delayed by a shorter pause',
    asked(hour),
    { ...running, pausedUntil: someNoon + minute },
    { at: hour, delay: null },
  ],
])('a feed is asked next %s', (_name, feed, polling, expected) => {
  expect(nextTime(feed, polling, true)).toEqual({ ...expected, at: someNoon + expected.at })
})

test('no power is saved where the user wants none to be', () => {
  expect(nextTime(asked(hour), { ...running, power: metered }, false)).toEqual({ at: someNoon + hour, delay: null })
})

test('a feed that was never asked is not delayed but by a pause', () => {
  const fresh = { lastCheckedAt: null, nextCheckAt: null }
  expect(nextTime(fresh, { ...running, power: metered }, true)).toEqual({ at: null, delay: null })
  expect(nextTime(fresh, { ...running, pausedUntil: someNoon }, true)).toEqual({ at: someNoon, delay: 'paused' })
})

describe('windows and the poller count the same', () => {
  const times = [null, someNoon, someNoon + hour, someNoon + 20 * hour, someNoon + 3 * day]
  test.each([1, 2, 4])('%i times as long', stretch => {
    using store = makeStore()
    const id = addFeed(store.db, 'https://a.example/feed')
    for (const lastCheckedAt of times) {
      for (const nextCheckAt of times) {
        const set = store.db.prepare('UPDATE feeds SET last_checked_at = ?, next_check_at = ? WHERE id = ?')
        set.run(lastCheckedAt, nextCheckAt, id)
        expect(dueAt(feedById(store.db, id)!, stretch) ?? 0).toBe(nextDueAt(store.db, stretch))
      }
    }
  })
})
