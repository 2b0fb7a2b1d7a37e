/** What is known of the category that is listed, and the categories that are used most. */
import type { Category, TopCategory } from '../../../src-main/api/categories/model.ts'
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { View } from '../../../src-main/api/model.ts'
import { LatestOnly } from '../../lib/requests.ts'

const week = 7

export class Categories {
  /** Of the last week. */
  top = $state.raw<TopCategory[]>([])
  #page = $state.raw<{ asked: string; category: Category } | null>(null)
  readonly #engine: EngineClient
  readonly #pages = new LatestOnly()
  readonly #tops = new LatestOnly()

  constructor(engine: EngineClient) {
    this.#engine = engine
    // Two may have been joined.
    engine.on('all-changed', () => {
      if (this.#page) void this.load(this.#page.asked)
      if (this.top.length > 0) void this.loadTop()
    })
  }

  /** Of a category by one of its names; null where nothing is known of it yet. */
  of(name: string): Category | null {
    return this.#page?.asked === name ? this.#page.category : null
  }

  /** The view's category; null for any other view. */
  in(view: View): Category | null {
    return view.kind === 'category' ? this.of(view.name) : null
  }

  /** Where that fails, the page has its articles and nothing besides. */
  async load(name: string): Promise<void> {
    const isLatest = this.#pages.begin()
    const category = await this.#engine.category({ name }).catch(() => null)
    if (category && isLatest()) this.#page = { asked: name, category }
  }

  async loadTop(): Promise<void> {
    const isLatest = this.#tops.begin()
    const answer = await this.#engine.topCategories({ days: week }).catch(() => null)
    if (answer && isLatest()) this.top = answer.categories
  }
}
