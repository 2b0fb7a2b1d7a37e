/** The current time, for 'three minutes ago' and the like. */
export class Clock {
  /** Milliseconds since 1970; updated every half minute, and when the window becomes visible. */
  now = $state(0)

  constructor(read: () => number, page: Window) {
    this.now = read()
    page.setInterval(() => (this.now = read()), 30_000)
    page.document.addEventListener('visibilitychange', () => (this.now = read()))
  }
}
