/** 'Today' where days have 23, 24 or 25 hours, and retention by age there. Each zone is a process of its own. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Asked, Told } from '../support/in-time-zone.ts'

const run = promisify(execFile)
const program = join(import.meta.dirname, '../support/in-time-zone.ts')
const hour = 60 * 60 * 1_000

async function inZone(zone: string, asked: Asked): Promise<Told> {
  const { stdout } = await run(process.execPath, [program, JSON.stringify(asked)], {
    env: { ...process.env, TZ: zone, NODE_OPTIONS: '' },
  })
  return JSON.parse(stdout) as Told
}

test.each([
  { zone: 'Europe/Berlin', what: 'the clock goes forward', begins: '2026-03-28T23:00Z', hours: 23 },
  { zone: 'Europe/Berlin', what: 'the clock goes back', begins: '2026-10-24T22:00Z', hours: 25 },
  { zone: 'America/New_York', what: 'the clock goes forward', begins: '2026-03-08T05:00Z', hours: 23 },
  { zone: 'America/New_York', what: 'the clock goes back', begins: '2026-11-01T04:00Z', hours: 25 },
  { zone: 'Pacific/Apia', what: 'it is a day earlier than in most places', begins: '2026-06-09T11:00Z', hours: 24 },
  { zone: 'Pacific/Apia', what: 'the day before was left out', begins: '2011-12-30T10:00Z', hours: 24 },
  { zone: 'Asia/Kolkata', what: 'midnight is at half past', begins: '2026-06-09T18:30Z', hours: 24 },
  { zone: 'Africa/Cairo', what: 'there is no midnight', begins: '2026-04-23T22:00Z', hours: 23 },
  { zone: 'America/Havana', what: 'there are two midnights', begins: '2026-11-01T04:00Z', hours: 25 },
])(
  'in $zone, on a day when $what, today is that day and no other',
  { timeout: 60_000 },
  async ({ zone, begins, hours }) => {
    const first = Date.parse(begins)
    const end = first + hours * hour
    const during = [first, first + hour, first + 2 * hour, first + 3 * hour, first + 12 * hour, end - hour, end - 1]

    const { days, expired } = await inZone(zone, { begins: first, ends: end, looks: [first - 1, ...during, end] })

    const [before, after] = [days.shift(), days.pop()]
    expect(before?.begins).toBeLessThan(first)
    expect(days).toEqual(during.map(() => ({ begins: first, counted: 3, listed: 3 })))
    expect(after).toEqual({ begins: end, counted: 1, listed: 1 })
    // An age is so many times 24 hours, whatever the clocks on the wall did: nothing goes an hour early.
    const oldest = [first - 1, first, end - 1, end]
    expect(expired).toEqual(oldest.flatMap((at, index) => (at < end - 24 * hour ? [index + 1] : [])))
  },
)
