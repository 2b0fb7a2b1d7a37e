/** Drops late answers: of several requests under way, only the latest may still change what is shown. */
export class LatestOnly {
  #latest = 0

  /** Starts a request, which makes all earlier ones late. The answered function says whether it is still the latest. */
  begin(): () => boolean {
    this.#latest++
    return this.current()
  }

  /** For a request that belongs to the latest one, such as its next page: the answered function says whether it still does. */
  current(): () => boolean {
    const own = this.#latest
    return () => own === this.#latest
  }

  /** Makes every request under way late. */
  cancel(): void {
    this.#latest++
  }
}
