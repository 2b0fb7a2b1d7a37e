/** The poller's one timer. It ticks at least once a minute, so that sleep and a clock that was set are noticed soon. */
import type { Clock } from '../lib/clock.ts'
import { minute, second } from '../lib/time.ts'

const shortest = second
const longest = minute

export class PollTimer {
  readonly #clock: Clock
  readonly #onTick: (now: number, passed: number) => void
  #lastTickAt: number
  #stop = () => {}

  /** `passed`: ms since the last tick, by a clock that may have been set meanwhile. */
  constructor(clock: Clock, onTick: (now: number, passed: number) => void) {
    this.#clock = clock
    this.#onTick = onTick
    this.#lastTickAt = clock.now()
  }

  /** Counts from now on, which it answers. */
  restart(): number {
    this.#lastTickAt = this.#clock.now()
    return this.#lastTickAt
  }

  readonly tick = (): void => {
    const now = this.#clock.now()
    const passed = now - this.#lastTickAt
    this.#lastTickAt = now
    this.#onTick(now, passed)
  }

  /** Sets the next tick to `at` (ms), but at least a second from now, and at most a minute after the last tick. */
  set(at: number): void {
    this.#stop()
    const now = this.#clock.now()
    // However often it is set anew.
    const wantedAt = Math.min(at, this.#lastTickAt + longest)
    this.#stop = this.#clock.setTimer(Math.min(Math.max(wantedAt - now, shortest), longest), this.tick)
  }

  stop(): void {
    this.#stop()
  }
}
