import { describe, expect, test } from 'vitest'
import { day, hour, minute } from '../../src-main/lib/time.ts'
import {
  emptyMemory,
  isGone,
  type PollMemory,
  type PollOutcome,
  provenMove,
  readMemory,
  remember,
  validatorsToSend,
} from '../../src-main/polling/poll-memory.ts'
import { nextCheckAt, pollInterval, refusedUntil } from '../../src-main/polling/schedule.ts'

/** A Monday, 9:00 UTC. */
const now = Date.UTC(2026, 10, 2, 9)
const validators = { url: 'https://example.com/feed', etag: '"a"', lastModified: null }
const working: PollMemory = { ...emptyMemory, validators, fullAt: now, newestAt: now }
const never = () => 0
const always = () => 0.999_999

describe('between two polls of a feed that works', () => {
  test.each<{ name: string; given: Partial<PollMemory>; hours: number }>([
    { name: 'lies an hour', given: {}, hours: 1 },
    { name: 'lie six hours when every answer is a whole one', given: { validators: null }, hours: 6 },
    { name: 'lies what the cache rules ask', given: { freshSeconds: 3 * 3_600 }, hours: 3 },
    { name: 'lies what the publisher asks', given: { ttlMinutes: 240 }, hours: 4 },
    { name: 'lies the longer of both', given: { ttlMinutes: 240, freshSeconds: 8 * 3_600 }, hours: 8 },
    { name: 'lies an hour although the cache rules ask for less', given: { freshSeconds: 60 }, hours: 1 },
    { name: 'lies a day although a year is asked', given: { freshSeconds: 365 * 86_400 }, hours: 24 },
    { name: 'lie four hours after a month of silence', given: { newestAt: now - 31 * day }, hours: 4 },
    { name: 'lie twelve hours after half a year of silence', given: { newestAt: now - 181 * day }, hours: 12 },
  ])('$name', ({ given, hours }) => {
    expect(pollInterval({ ...working, ...given }, now) / hour).toBe(hours)
  })

  test('lies up to 15 % more than that, never less, and never more than a day', () => {
    expect(nextCheckAt(working, now, never)).toBe(now + hour)
    expect(nextCheckAt(working, now, always)).toBeCloseTo(now + 1.15 * hour, -3)
    expect(nextCheckAt({ ...working, freshSeconds: 86_400 }, now, always)).toBe(now + day)
  })

  test('no skipped hour is used', () => {
    const next = new Date(nextCheckAt({ ...working, skipHours: [10, 11, 12] }, now, never))
    expect(next.getUTCHours()).toBe(13)
  })

  test('no skipped day is used, unless that would mean more than a day', () => {
    const evening = Date.UTC(2026, 10, 2, 23, 30)
    expect(nextCheckAt({ ...working, skipDays: [2] }, evening, never)).toBe(evening + day)
    const saturday = Date.UTC(2026, 10, 7, 22)
    expect(new Date(nextCheckAt({ ...working, skipDays: [6] }, saturday, never)).getUTCDay()).toBe(0)
  })

  test('a publisher who skips everything has said nothing', () => {
    const skipHours = Array.from({ length: 24 }, (_, index) => index)
    expect(nextCheckAt({ ...working, skipHours }, now, never)).toBe(now + hour)
  })
})

describe('after trouble', () => {
  const failed: PollOutcome = { kind: 'failed', failure: { reason: 'http', status: 500 } }

  test('errors are tried again ever later, and a success ends that', () => {
    let memory = working
    const hours: number[] = []
    for (let poll = 0; poll < 8; poll++) {
      memory = remember(memory, failed, now)
      hours.push((nextCheckAt(memory, now, never) - now) / hour)
    }
    expect(hours).toEqual([1, 2, 4, 8, 16, 24, 24, 24])
    const after = remember(memory, { kind: 'not-modified', validators, freshSeconds: 0, movedTo: null }, now)
    expect(nextCheckAt(after, now, never)).toBe(now + hour)
  })

  test.each(['dns', 'unreachable'] as const)('%s is as likely our own trouble, and does not count', reason => {
    const memory = remember(working, { kind: 'failed', failure: { reason, host: 'example.com' } }, now)
    expect(memory.failures).toBe(0)
  })

  test('a failure forgets nothing that is needed to ask politely', () => {
    expect(remember(working, failed, now)).toMatchObject({ validators, bodyHash: working.bodyHash })
  })

  test('a refusal is waited out, and the wait is a little longer than asked', () => {
    const until = now + 6 * hour
    const failure = { reason: 'retry-later', status: 429, until, host: 'example.com' } as const
    const memory = remember(working, { kind: 'failed', failure }, now)
    expect(nextCheckAt(memory, now, never, failure)).toBe(until)
    expect(nextCheckAt(memory, now, always, failure)).toBeGreaterThan(until)
    expect(nextCheckAt(memory, now, always, failure)).toBeLessThan(until + 6 * minute)
  })

  test('a refusal without a time waits an hour, then two, then four, a day at most', () => {
    expect([1, 2, 3, 9].map(refusals => (refusedUntil(refusals, now) - now) / hour)).toEqual([1, 2, 4, 24])
  })

  test('a feed is gone when its server has said so three times over three days', () => {
    let memory = working
    let at = now
    const asked: number[] = []
    while (!isGone(memory)) {
      memory = remember(memory, { kind: 'failed', failure: { reason: 'gone' } }, at)
      asked.push(at)
      at = nextCheckAt(memory, at, never)
    }
    expect(asked.map(time => (time - now) / day)).toEqual([0, 1.5, 3])
    const back = remember(
      { ...memory, goneAt: [now] },
      { kind: 'not-modified', validators, freshSeconds: 0, movedTo: null },
      at,
    )
    expect(isGone(back)).toBe(false)
  })
})

describe('a permanent redirect', () => {
  const poll = (memory: PollMemory, movedTo: string | null, at: number) =>
    remember(memory, { kind: 'not-modified', validators, freshSeconds: 0, movedTo }, at)
  const provenAfter = (movedTo: string, polls: number, every: number) => {
    let memory = working
    for (let index = 0; index < polls; index++) memory = poll(memory, movedTo, now + index * every)
    return provenMove('https://example.com/feed', memory, now + (polls - 1) * every)
  }

  test('is taken at its word after five good answers over two days', () => {
    expect(provenAfter('https://example.com/new', 5, day / 2)).toBe('https://example.com/new')
    expect(provenAfter('https://example.com/new', 4, day)).toBe(null)
    expect(provenAfter('https://example.com/new', 30, hour)).toBe(null)
  })

  test.each(['https://example.com/login', 'https://portal.example.net/', 'http://example.com/feed'])(
    'to %s is never believed',
    target => expect(provenAfter(target, 5, day)).toBe(null),
  )

  test('starts its proof anew when it is missing once or leads elsewhere', () => {
    let memory = working
    for (let index = 0; index < 4; index++) memory = poll(memory, 'https://example.com/new', now + index * day)
    expect(poll(memory, null, now).move).toBe(null)
    expect(poll(memory, 'https://example.com/other', now).move).toMatchObject({ successes: 1 })
  })
})

describe('what is remembered', () => {
  test('is asked for whole every eight days, unless the host is known to answer truly', () => {
    const later = now + 8 * day + hour
    expect(validatorsToSend(working, now + 7 * day)).toEqual(validators)
    expect(validatorsToSend(working, later)).toBe(null)
    const trusted = { ...working, validators: { ...validators, url: 'https://openrss.org/feed' } }
    expect(validatorsToSend(trusted, later)).toEqual(trusted.validators)
  })

  test.each([null, '', '{', 'null', '[]', '{"validators":null}'])('may be damaged: %s', json => {
    expect(readMemory(json)).toMatchObject({ validators: null, failures: 0, goneAt: [] })
  })

  test('of a silent feed is how old its newest article was at first', () => {
    const hints = { ttlMinutes: null, skipHours: [], skipDays: [], newestAt: now - 200 * day }
    const read: PollOutcome = {
      kind: 'read',
      bodyHash: 'x',
      hints,
      newArticles: 20,
      validators,
      freshSeconds: 0,
      movedTo: null,
    }
    const first = remember(emptyMemory, read, now)
    expect(pollInterval(first, now)).toBe(12 * hour)
    expect(pollInterval(remember(first, { ...read, newArticles: 1 }, now), now)).toBe(hour)
  })
})
