/** Ends the playing by itself: after some minutes, or with the episode. */

const minute = 60_000

export class SleepTimer {
  /** What was chosen: minutes, 'end' of the episode, or null for neither. */
  chosen = $state<number | 'end' | null>(null)
  readonly #stop: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(stop: () => void) {
    this.#stop = stop
  }

  get endsWithEpisode(): boolean {
    return this.chosen === 'end'
  }

  choose(chosen: number | 'end' | null): void {
    this.clear()
    this.chosen = chosen
    if (typeof chosen !== 'number') return
    this.#timer = setTimeout(() => {
      this.clear()
      this.#stop()
    }, chosen * minute)
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.chosen = null
  }
}
