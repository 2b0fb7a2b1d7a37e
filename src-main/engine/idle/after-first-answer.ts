/** Delays what no window waits for until the first window has been answered. */
import type { IdleWork } from './idle-work.ts'

/** So long (ms) after the first answer: a window asks several things at once. */
const afterAnswer = 250
/** So long after the start where no window asks. */
const longestDelay = 2_000

/** Calls `begin` once: soon after the first call of `answered`, and after 2 s at the latest. */
export function addAfterFirstAnswer(work: IdleWork, begin: () => void): { answered(): void } {
  let isDecided = false
  const scheduled = work.add({
    name: 'beginning what can wait',
    firstAfter: longestDelay,
    waitsForQuiet: false,
    run() {
      isDecided = true
      begin()
    },
  })
  return {
    answered() {
      if (isDecided) return
      isDecided = true
      scheduled.runIn(afterAnswer)
    },
  }
}
