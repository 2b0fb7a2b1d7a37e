/** Steps from article to article, one after the other: each counts from where the one before it lands. */

export class Steps {
  #last: Promise<void> = Promise.resolve()
  #underWay = 0

  /** A step is on its way: a key that is only held down adds no further one. */
  get isBusy(): boolean {
    return this.#underWay > 0
  }

  /** Runs a step once those before it have landed. */
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
