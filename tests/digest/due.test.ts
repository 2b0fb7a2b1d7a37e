/** Times are local: each case is in the zone that the tests run in, but for those that name one (digest-in-zone.ts). */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { dueDigest, localDay } from '../../src-main/digest/due.ts'
import type { DigestMemory } from '../../src-main/store/db/meta.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, '../support/digest-in-zone.ts')
const hour = 3_600_000
const daily = { days: [0, 1, 2, 3, 4, 5, 6], at: '07:00' }
/** Wanted for a long time, and none made. */
const fresh: DigestMemory = { since: 0, lastDay: null, madeAt: null, toldUntil: null }

const at = (text: string) => new Date(text).getTime()
/** As it is remembered after one was made then. */
const madeAt = (time: number): DigestMemory => ({ since: 0, lastDay: localDay(time), madeAt: time, toldUntil: time })

test.each([
  { name: 'before its time there is none for today', now: '2026-11-28T06:59', last: '2026-11-27T07:00', day: null },
  { name: 'from its time on there is one', now: '2026-11-28T07:00', last: '2026-11-27T07:00', day: '2026-11-28' },
  {
    name: 'one that was missed is made later that day',
    now: '2026-11-28T22:10',
    last: '2026-11-27T07:00',
    day: '2026-11-28',
  },
  {
    name: 'one of yesterday that was missed is made before that of today is due',
    now: '2026-11-28T06:00',
    last: '2026-11-26T07:00',
    day: '2026-11-27',
  },
  {
    name: 'of several that were missed, one is made',
    now: '2026-11-28T09:00',
    last: '2026-11-21T07:00',
    day: '2026-11-28',
  },
  { name: 'there are no two for one day', now: '2026-11-28T23:59', last: '2026-11-28T07:00', day: null },
])('$name', ({ now, last, day }) => {
  expect(dueDigest(daily, madeAt(at(last)), at(now))?.day ?? null).toBe(day)
})

test('on other days of the week there is none', () => {
  const saturdays = { days: [6], at: '07:00' }
  const last = madeAt(at('2026-11-21T07:00'))
  expect(dueDigest(saturdays, last, at('2026-11-27T12:00'))).toBeNull()
  expect(dueDigest(saturdays, last, at('2026-11-28T12:00'))?.day).toBe('2026-11-28')
})

test('another time of the day makes no second one', () => {
  // At noon the last time that was wanted is then that of the day before.
  expect(dueDigest({ ...daily, at: '18:00' }, madeAt(at('2026-11-28T07:00')), at('2026-11-28T12:00'))).toBeNull()
  expect(dueDigest({ ...daily, at: '18:00' }, madeAt(at('2026-11-28T07:00')), at('2026-11-28T18:00'))).toBeNull()
})

test('the first one is at the next time after digests were wanted, and tells the last 24 hours', () => {
  const wanted = { ...fresh, since: at('2026-11-28T10:00') }
  expect(dueDigest(daily, wanted, at('2026-11-28T12:00'))).toBeNull()
  const now = at('2026-11-29T07:00')
  expect(dueDigest(daily, wanted, now)).toEqual({ day: '2026-11-29', since: now - 24 * hour })
})

test('a later one tells what has come since the one before, of a month at most', () => {
  const last = madeAt(at('2026-11-25T07:00'))
  expect(dueDigest(daily, last, at('2026-11-28T07:00'))?.since).toBe(last.toldUntil)
  const now = at('2026-11-28T07:00')
  expect(dueDigest(daily, madeAt(at('2025-01-01T07:00')), now)?.since).toBe(now - 31 * 24 * hour)
})

test('a clock that was a year ahead for a while, and has been set right, leaves out no later day', () => {
  const last = madeAt(at('2027-11-28T07:00'))
  const now = at('2026-11-29T07:30')
  expect(dueDigest(daily, last, now)).toEqual({ day: '2026-11-29', since: now - 24 * hour })
})

test('digests wanted at a time that the clock had wrong are made all the same', () => {
  expect(dueDigest(daily, { ...fresh, since: at('2030-01-01T00:00') }, at('2026-11-28T08:00'))?.day).toBe('2026-11-28')
})

/** For each hour of these days the day that one is made for, where one is. */
async function madeIn(zone: string, time: string, from: string, hours: number): Promise<string[]> {
  const { stdout } = await run(
    process.execPath,
    [program, JSON.stringify({ at: time, from: Date.parse(from), hours })],
    {
      env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
    },
  )
  return JSON.parse(stdout) as string[]
}

test.each([
  {
    zone: 'Europe/Berlin',
    what: 'that summer time leaves out',
    from: '2026-03-28T12:00Z',
    days: ['2026-03-28', '2026-03-29', '2026-03-30'],
  },
  {
    zone: 'Europe/Berlin',
    what: 'that comes twice',
    from: '2026-10-24T12:00Z',
    days: ['2026-10-24', '2026-10-25', '2026-10-26'],
  },
])('in $zone at a time $what there is one for each day', { timeout: 60_000 }, async ({ zone, from, days }) => {
  expect(await madeIn(zone, '02:30', from, 48)).toEqual(days)
})
