/** Which other article may be about the same event: what is likely, or what a search finds. */
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { HeadlineRow } from '../../../src-main/api/model.ts'
import { LatestOnly } from '../../lib/requests.ts'

type Engine = Pick<EngineClient, 'around' | 'headlines'>

const mostShown = 20
/** More are asked for: articles of the same story, and copies, are left out. */
const mostAsked = 60

export class SameStory {
  text = $state('')
  /** What is likely stands first; null while nothing has been answered. */
  rows = $state.raw<HeadlineRow[] | null>(null)
  hasFailed = $state(false)
  readonly #engine: Engine
  readonly #article: HeadlineRow
  readonly #requests = new LatestOnly()

  constructor(engine: Engine, article: HeadlineRow) {
    this.#engine = engine
    this.#article = article
  }

  /** Looks for what is typed now; where nothing is, for what is likely. */
  async look(): Promise<void> {
    const isLatest = this.#requests.begin()
    const query = this.text.trim()
    try {
      const found = await (query === '' ? this.#likely() : this.#found(query))
      if (!isLatest()) return
      this.rows = this.#others(found)
      this.hasFailed = false
    } catch {
      if (isLatest()) this.hasFailed = true
    }
  }

  /** What is about the same thing by its words, then the latest. */
  async #likely(): Promise<HeadlineRow[]> {
    const [{ related }, { rows }] = await Promise.all([
      this.#engine.around({ articleId: this.#article.id }),
      this.#engine.headlines({ view: { kind: 'all' }, limit: mostAsked }),
    ])
    return [...related, ...rows]
  }

  async #found(query: string): Promise<HeadlineRow[]> {
    return (await this.#engine.headlines({ view: { kind: 'search', query }, limit: mostAsked })).rows
  }

  #others(rows: HeadlineRow[]): HeadlineRow[] {
    const { id, story, copies = [] } = this.#article
    const own = new Set([id, ...copies.map(copy => copy.id)])
    const others = rows.filter(row => !own.has(row.id) && (story === undefined || row.story?.id !== story.id))
    return [...new Map(others.map(row => [row.id, row])).values()].slice(0, mostShown)
  }
}
