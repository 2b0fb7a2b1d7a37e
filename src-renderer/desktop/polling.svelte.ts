/** Whether feeds are polled by themselves. */
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Network, Polling as PollingState, Power } from '../../src-main/api/model.ts'
import type { Clock } from '../lib/clock.svelte.ts'

export class Polling {
  readonly #engine: EngineClient
  readonly #clock: Clock
  #until = $state<number | null>(null)
  /** What the computer runs on. */
  power = $state.raw<Power>({ isOnBattery: false, isMetered: false, isSuspended: false })

  network = $state<Network>('online')

  constructor(engine: EngineClient, clock: Clock) {
    this.#engine = engine
    this.#clock = clock
    engine.on('polling-changed', polling => this.#take(polling))
  }

  /** Until when the reader has paused it (ms); null where it is not, or not any more. */
  get pausedUntil(): number | null {
    return this.#until !== null && this.#until > this.#clock.now ? this.#until : null
  }

  async load(): Promise<void> {
    this.#take(await this.#engine.polling({}))
  }

  #take({ pausedUntil, power, network }: PollingState): void {
    this.#until = pausedUntil
    this.power = power
    this.network = network
  }
}
