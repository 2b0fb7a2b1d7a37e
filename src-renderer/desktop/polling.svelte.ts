/** Whether feeds are polled by themselves. */
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Clock } from '../lib/clock.svelte.ts'

export class Polling {
  readonly #engine: EngineClient
  readonly #clock: Clock
  #until = $state<number | null>(null)

  constructor(engine: EngineClient, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
    engine.on('polling-changed', ({ pausedUntil }) => (this.#until = pausedUntil))
  }

  /** Until when the reader has paused it (ms); null where it is not, or not any more. */
  get pausedUntil(): number | null {
    return this.#until !== null && this.#until > this.#clock.now ? this.#until : null
  }

  async load(): Promise<void> {
    this.#until = (await this.#engine.polling({})).pausedUntil
  }
}
