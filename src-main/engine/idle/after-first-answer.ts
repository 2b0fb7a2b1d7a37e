/** Puts off what no window waits for until the first has its first answers, so that it takes no time from them. */
import type { Clock } from '../../lib/clock.ts'

/** So long (ms) after the first answer: a window asks several things at once. */
const afterAnswer = 250
/** So long after the start where nobody asks. */
const longest = 2_000

export type Rest = {
  /** A window has been answered. */
  answered(): void
  close(): void
}

/** Does the work once: soon after the first answer, and after 2 s at the latest. */
export function afterFirstAnswer(clock: Pick<Clock, 'setTimer'>, work: () => void): Rest {
  let isBegun = false
  let hasAnswered = false
  const begin = () => {
    isBegun = true
    work()
  }
  let callOff = clock.setTimer(longest, begin)
  return {
    answered() {
      if (hasAnswered || isBegun) return
      hasAnswered = true
      callOff()
      callOff = clock.setTimer(afterAnswer, begin)
    },
    close: () => callOff(),
  }
}
