/** Which article is on its way to the screen: asked for, and not drawn yet. */
export class Showing {
  #id: number | null = null
  #drawn = Promise.withResolvers<void>()

  get isUnderWay(): boolean {
    return this.#id !== null
  }

  begin(articleId: number): void {
    if (this.#id === null) this.#drawn = Promise.withResolvers()
    this.#id = articleId
  }

  /** It has been drawn, or will not be; false where another one is on its way by now. */
  end(articleId: number | null): boolean {
    if (articleId === null || this.#id !== articleId) return false
    this.#id = null
    this.#drawn.resolve()
    return true
  }

  /** Nothing is to be drawn any more; answers whether something was on its way. */
  cancel(): boolean {
    return this.end(this.#id)
  }

  /** Waits until nothing is on its way. */
  async settled(): Promise<void> {
    if (this.#id !== null) await this.#drawn.promise
  }
}
