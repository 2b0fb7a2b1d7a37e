/** Time as an argument, so that tests can make days pass in a moment. */
export type Clock = {
  /** Ms since 1970. May jump: users set their clocks, and machines sleep. */
  now(): number
  /** Calls `run` once after so many ms; the answer cancels the timer. */
  setTimer(ms: number, run: () => void): () => void
}

/** Node's own. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
