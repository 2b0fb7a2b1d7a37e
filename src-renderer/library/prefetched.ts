/**
 * The articles that are likely to be opened next, fetched while the page is idle, so that they are drawn without waiting for
 * the engine, which answers once it is on disk that they are open. They are only read ahead: nothing is marked by it.
 */
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Article } from '../../src-main/api/model.ts'
import { changedRow } from './listed-rows.svelte.ts'

/** In characters of HTML: longer ones are rare, and to hold three of them costs more than it gains. */
const longest = 500_000

export class Prefetched {
  readonly #engine: EngineClient
  readonly #idle: () => Promise<void>
  readonly #articles = new Map<number, Article>()
  #wanted: number[] = []

  /** `idle` resolves when nothing else is to be done. */
  constructor(engine: EngineClient, idle: () => Promise<void>) {
    this.#engine = engine
    this.#idle = idle
    engine.on('articles-changed', change => {
      for (const id of change.articleIds) {
        const article = this.#articles.get(id)
        if (article) this.#articles.set(id, changedRow(article, change))
      }
    })
    engine.on('full-text-changed', ({ articleId }) => this.#articles.delete(articleId))
    engine.on('articles-arrived', ({ editedIds }) => {
      for (const id of editedIds) this.#articles.delete(id)
    })
    // Settings say whether an article's pictures are loaded: one fetched before they were turned off would load them.
    const all = ['all-changed', 'sources-changed', 'settings-changed'] as const
    for (const event of all) engine.on(event, () => this.#articles.clear())
  }

  get(id: number): Article | undefined {
    return this.#articles.get(id)
  }

  /** Fetches these, and forgets all others but the one shown: after a step on, that is the previous one. */
  async want(ids: number[], shown: Article | null): Promise<void> {
    this.#wanted = ids
    for (const id of this.#articles.keys()) if (!ids.includes(id)) this.#articles.delete(id)
    if (shown) this.#keep(shown)
    for (const id of ids) {
      await this.#idle()
      if (this.#wanted !== ids) return
      if (this.#articles.has(id)) continue
      const article = await this.#engine.article({ id }).catch(() => null)
      if (article && this.#wanted.includes(id)) this.#keep(article)
    }
  }

  #keep(article: Article): void {
    const { html, fullText } = article
    const length = html.length + (fullText?.kind === 'text' ? fullText.html.length : 0)
    if (length <= longest) this.#articles.set(article.id, article)
  }

  /** Of another run of the engine the addresses of pictures are not valid. */
  forget(): void {
    this.#wanted = []
    this.#articles.clear()
  }
}
