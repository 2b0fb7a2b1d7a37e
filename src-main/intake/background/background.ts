/** What is fetched before anybody asks for it; and when it has to wait. */
import type { Network, Power } from '../../api/model.ts'

/** While it is paused, it starts nothing. */
type Work = { setPaused(isPaused: boolean): void }

type Parts = {
  works: Work[]
  /** The user's setting. */
  savesPower(): boolean
}

export class Background {
  readonly #parts: Parts
  #isRefreshing = false
  #network: Network = 'online'
  #isMetered = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Articles come first. */
  setRefreshing(isRefreshing: boolean): void {
    this.#isRefreshing = isRefreshing
    this.settingsChanged()
  }

  setNetwork(network: Network): void {
    this.#network = network
    this.settingsChanged()
  }

  setPower({ isMetered }: Power): void {
    this.#isMetered = isMetered
    this.settingsChanged()
  }

  settingsChanged(): void {
    const isPaused = this.#isRefreshing || this.mustWait()
    for (const work of this.#parts.works) work.setPaused(isPaused)
  }

  /** Each byte costs, and the user wants to spare them; or the network answers in the place of servers. */
  readonly mustWait = (): boolean => this.#network === 'sign-in' || (this.#isMetered && this.#parts.savesPower())
}
