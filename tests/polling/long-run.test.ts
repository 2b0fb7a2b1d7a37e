import { expect, test } from 'vitest'
import { pollForDays } from '../support/long-run.ts'

test('two days of polling fifty feeds open no more files, grow no log, and wake no oftener than once a second', {
  timeout: 120_000,
}, async () => {
  const [first, second] = await pollForDays({ feeds: 50, days: 2 })

  expect(first!.polls).toBeGreaterThanOrEqual(50)
  expect(second!.polls).toBeGreaterThanOrEqual(50)
  expect(second!.openFiles).toBe(first!.openFiles)
  expect(second!.timers).toBeLessThanOrEqual(first!.timers)
  expect(second!.log).toBeLessThan(64_000_000)
  expect(second!.wakes).toBeLessThan(24 * 60 * 60)
})
