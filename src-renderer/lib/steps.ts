/** A queue of steps from article to article: each starts from where the one before it ended. */

export class Steps {
  #last: Promise<void> = Promise.resolve()
  #underWay = 0

  /** A step is running or queued: a key held down adds no further one. */
  get isBusy(): boolean {
    return this.#underWay > 0
  }

  /** Runs a step after those before it. */
  take(step: () => Promise<void>): Promise<void> {
    this.#underWay++
    this.#last = this.#last
      .then(step)
      .catch(report)
      .finally(() => {
        this.#underWay--
      })
    return this.#last
  }
}

/** One that fails must not stop those after it. */
function report(error: unknown): void {
  console.error(error)
}
