/** The current time, for 'three minutes ago' and the like. */
export class Clock {
  /** Milliseconds since 1970; updated every half minute, and when the window becomes visible. */
  now = $state(0)

  readonly #read: () => number

  constructor(read: () => number, page: Window) {
    this.#read = read
    this.update()
    page.setInterval(() => this.update(), 30_000)
    page.document.addEventListener('visibilitychange', () => this.update())
  }

  /** For what has happened just now: without it that would lie up to half a minute ahead. */
  update(): void {
    this.now = this.#read()
  }
}
