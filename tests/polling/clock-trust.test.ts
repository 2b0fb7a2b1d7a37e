import { expect, test } from 'vitest'
import type { HttpAnswer } from '../../src-main/http/types.ts'
import {
  agreesWithClock,
  confirmClock,
  isClockTrusted,
  noteClock,
  watchClock,
} from '../../src-main/polling/clock-trust.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { makeStore, someNoon } from '../support/articles.ts'
import { day, hour } from '../support/retention.ts'

const answered = (date?: string): HttpAnswer => ({
  kind: 'answer',
  status: 200,
  headers: date === undefined ? {} : { date },
  body: new Uint8Array(),
  url: 'https://a.example/',
  hops: [],
})
const httpDate = (ms: number) => new Date(ms).toUTCString()

test.each([
  { name: 'a week later is believed', step: 7 * day, isTrusted: true },
  { name: 'a day back is believed', step: -day, isTrusted: true },
  { name: 'eight days later is in doubt', step: 8 * day, isTrusted: false },
  { name: 'ten years later is in doubt', step: 3_650 * day, isTrusted: false },
  { name: '1970 is in doubt', step: -someNoon, isTrusted: false },
])('a clock that shows $name', ({ step, isTrusted }) => {
  using store = makeStore()
  noteClock(store.db, someNoon)
  expect(isClockTrusted(store.db, someNoon + step)).toBe(isTrusted)
  noteClock(store.db, someNoon + step)
  // What is in doubt is not remembered as seen, or a second look would believe it.
  expect(isClockTrusted(store.db, someNoon + step)).toBe(isTrusted)
})

test('a server that agrees settles the doubt', () => {
  using store = makeStore()
  noteClock(store.db, someNoon)
  confirmClock(store.db, someNoon + 100 * day)
  expect(isClockTrusted(store.db, someNoon + 101 * day)).toBe(true)
  expect(readMeta(store.db, 'clockConfirmedAt')).toBe(someNoon + 100 * day)
})

test('the clock is written down at most once an hour', () => {
  using store = makeStore()
  for (const minutes of [0, 20, 40, 59]) noteClock(store.db, someNoon + minutes * 60_000)
  expect(readMeta(store.db, 'clockSeenAt')).toBe(someNoon)
  noteClock(store.db, someNoon + hour)
  expect(readMeta(store.db, 'clockSeenAt')).toBe(someNoon + hour)
})

test('an answer agrees when its Date is within a day', () => {
  expect(agreesWithClock(answered(httpDate(someNoon - 20 * hour)), someNoon)).toBe(true)
  expect(agreesWithClock(answered(httpDate(someNoon - 2 * day)), someNoon)).toBe(false)
  expect(agreesWithClock(answered('yesterday'), someNoon)).toBe(false)
  expect(agreesWithClock(answered(), someNoon)).toBe(false)
  expect(agreesWithClock({ kind: 'failed', failure: { reason: 'offline' } }, someNoon)).toBe(false)
})

test('agreement is announced at most once an hour, and answers pass through unchanged', async () => {
  let now = someNoon
  let agreed = 0
  const request = { url: 'https://a.example/', accept: '*/*' }
  const given = answered(httpDate(someNoon))
  const client = watchClock(
    { get: async () => given },
    () => now,
    () => agreed++,
  )
  expect(await client.get(request)).toBe(given)
  await client.get(request)
  expect(agreed).toBe(1)
  now += hour
  await client.get(request)
  expect(agreed).toBe(2)
})
