/** What is fetched beside polling, before anybody asks for it; and when it has to wait. */
import type { Network } from '../../api/model.ts'

/** While it is paused, it starts nothing. */
type Work = { setPaused(isPaused: boolean): void }

export class Background {
  readonly #works: Work[]
  #isRefreshing = false
  #network: Network = 'online'

  constructor(works: Work[]) {
    this.#works = works
  }

  /** Articles come first. */
  setRefreshing(isRefreshing: boolean): void {
    this.#isRefreshing = isRefreshing
    this.#apply()
  }

  setNetwork(network: Network): void {
    this.#network = network
    this.#apply()
  }

  #apply(): void {
    const isPaused = this.#isRefreshing || this.#network === 'sign-in'
    for (const work of this.#works) work.setPaused(isPaused)
  }
}
