import { expect, test } from 'vitest'
import { timed } from '../../src-main/lib/log.ts'

test('work that held the thread too long is written down, with how much of it was work', () => {
  const lines: string[] = []
  const log = (line: string) => lines.push(line)

  const answer = timed(log, 'call: counts', () => {
    waitFor(40)
    return 7
  })

  expect(answer).toBe(7)
  expect(lines).toHaveLength(1)
  const [, held, worked] = /^slow call: counts held the engine for (\d+) ms, (\d+) of them at work$/.exec(lines[0]!)!
  expect(Number(held)).toBeGreaterThanOrEqual(40)
  // It slept, as one that waits for the disk does.
  expect(Number(worked)).toBeLessThan(20)
})

test('work that is not felt is not written down', () => {
  const lines: string[] = []
  for (const took of [30, 31]) {
    const times = [1_000, 1_000 + took]
    timed(
      line => lines.push(line),
      'call: article',
      () => 7,
      () => times.shift()!,
    )
  }
  expect(lines).toEqual([expect.stringContaining('held the engine for 31 ms')])
})

test('work that fails after holding the thread is written down, too', () => {
  const lines: string[] = []
  const failing = () =>
    timed(
      line => lines.push(line),
      'chunk: settle',
      () => {
        waitFor(40)
        throw new Error('disk full')
      },
    )
  expect(failing).toThrow('disk full')
  expect(lines[0]).toMatch(/^slow chunk: settle held/)
})

function waitFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
