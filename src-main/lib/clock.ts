/** Time as the poller takes it, so that tests can make days pass in a moment. */
export type Clock = {
  /** Ms since 1970. May jump: people set their clocks, and machines sleep. */
  now(): number
  /** Calls once after so many ms; the answer calls it off. */
  setTimer(ms: number, run: () => void): () => void
}

/** Node's own. It lets the process end while a timer waits. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimer: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, 2 ** 31 - 1))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
