/** Time that passes only when a test says so: timers run in order, and what they start is waited for. */
import type { Clock } from '../../src-main/lib/clock.ts'

export type TestTime = {
  clock: Clock
  /** Lets so many ms pass, timer by timer; `settled` is awaited after each. */
  pass(ms: number, settled: () => Promise<void>): Promise<void>
  /** Sets the clock without letting time pass, as people and sleep do. */
  jump(ms: number): void
  timers(): number
  /** What every timer so far was set to, in ms. */
  delays: number[]
}

export function createTestTime(start: number): TestTime {
  let now = start
  const delays: number[] = []
  let timers: { at: number; run: () => void }[] = []
  return {
    clock: {
      now: () => now,
      setTimer(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        delays.push(ms)
        return () => {
          timers = timers.filter(one => one !== timer)
        }
      },
    },
    async pass(ms, settled) {
      const end = now + ms
      await settled()
      for (;;) {
        const due = timers.filter(timer => timer.at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers = timers.filter(one => one !== due)
        now = Math.max(now, due.at)
        due.run()
        await settled()
      }
      now = Math.max(now, end)
    },
    jump(ms) {
      now += ms
      // Timers count what really passes: they come when they would have come.
      timers = timers.map(timer => ({ ...timer, at: timer.at + ms }))
    },
    timers: () => timers.length,
    delays,
  }
}
