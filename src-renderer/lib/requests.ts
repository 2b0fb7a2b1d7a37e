/** Requests that overtake or repeat each other. */

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

/**
 * Runs a load once at a time. Asked for while it runs, it runs once more afterwards, however often it was asked for; every
 * caller waits for the last run.
 */
export function coalesced(load: () => Promise<void>): () => Promise<void> {
  let isStale = false
  let running: Promise<void> | null = null

  async function runWhileStale(): Promise<void> {
    try {
      while (isStale) {
        isStale = false
        await load()
      }
    } finally {
      // In the same turn as the last look at `isStale`: a call in between would wait for a run that has ended.
      running = null
    }
  }

  return () => {
    isStale = true
    running ??= runWhileStale()
    return running
  }
}
