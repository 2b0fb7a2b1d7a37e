/** The full texts that this window is waiting for, and what came of those that could not be had. */
import { SvelteMap, SvelteSet } from 'svelte/reactivity'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Article, Failure } from '../../src-main/api/model.ts'
import { wait } from '../lib/wait.ts'

/** Ms that an article must have been open before its page is asked for unasked: those stepped past are not read. */
const settledAfter = 400

export class FullTexts {
  readonly #engine: EngineClient
  readonly #underWay = new SvelteSet<number>()
  /** That the network was away is not stored, and said for as long as the window is open. */
  readonly #failures = new SvelteMap<number, Failure>()

  constructor(engine: EngineClient) {
    this.#engine = engine
  }

  isUnderWay(articleId: number): boolean {
    return this.#underWay.has(articleId)
  }

  /** Why an article's page could not be had when it was last asked for; null where it was not, or is there. */
  failureOf({ id, fullText }: Article): Failure | null {
    if (fullText?.kind === 'text') return null
    const stored = fullText?.kind === 'failed' ? fullText.failure : null
    return this.#failures.get(id) ?? (stored && isWorthSaying(stored) ? stored : null)
  }

  /** Answers when it is there, or is not to be had. Rejects where the engine refuses. */
  async fetch(articleId: number): Promise<void> {
    if (this.#underWay.has(articleId)) return
    this.#underWay.add(articleId)
    try {
      const answer = await this.#engine.fetchFullText({ articleId })
      if (answer.kind === 'failed') this.#failures.set(articleId, answer.failure)
      else this.#failures.delete(articleId)
    } finally {
      this.#underWay.delete(articleId)
    }
  }

  /** Fetches what is wanted with its full text always, once the reader stays with it. */
  async opened(article: Article, isOpen: () => boolean): Promise<void> {
    if (!article.isFullTextWanted || this.isUnderWay(article.id)) return
    await wait(settledAfter)
    // Where the engine refuses, as on a full disk, the feed's text is there all the same.
    if (!isOpen()) return
    await this.fetch(article.id).catch(() => {})
    const failure = this.#failures.get(article.id)
    if (failure && !isWorthSaying(failure)) this.#failures.delete(article.id)
  }
}

/** To a reader who has not asked: that the feed has all of it already is no news. */
function isWorthSaying(failure: Failure): boolean {
  return failure.reason !== 'no-article' || failure.found !== 'less-than-feed'
}
