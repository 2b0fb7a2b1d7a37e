/** The article that was opened and is not drawn yet. */
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

  /** It has been drawn, or will not be. False where another one was opened meanwhile. */
  end(articleId: number | null): boolean {
    if (articleId === null || this.#id !== articleId) return false
    this.#id = null
    this.#drawn.resolve()
    return true
  }

  /** No article is to be drawn; answers whether one was. */
  cancel(): boolean {
    return this.end(this.#id)
  }

  /** Waits until the article is drawn. */
  async settled(): Promise<void> {
    if (this.#id !== null) await this.#drawn.promise
  }
}
