/** What time it is, for everything that says 'three minutes ago'. */
export class Clock {
  /** Milliseconds since 1970; moves every half minute, and when the window is looked at again. */
  now = $state(0)

  constructor(read: () => number, page: Window) {
    this.now = read()
    page.setInterval(() => (this.now = read()), 30_000)
    page.document.addEventListener('visibilitychange', () => (this.now = read()))
  }
}
