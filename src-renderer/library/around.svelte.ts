/** What stands below the open article: the latest of its source, and what others have about the same thing. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HeadlineRow } from '../../src-main/api/model.ts'
import { LatestOnly } from '../lib/requests.ts'

type Found = { articleId: number; latest: HeadlineRow[]; related: HeadlineRow[] }

/** Articles that were opened lately in this window are not offered again. */
const mostOpened = 100

export class Around {
  #found = $state.raw<Found | null>(null)
  readonly #engine: EngineClient
  readonly #requests = new LatestOnly()
  #openedIds: number[] = []

  constructor(engine: EngineClient) {
    this.#engine = engine
    engine.on('articles-changed', ({ articleIds, isRead }) => {
      if (!this.#found || isRead === undefined) return
      const changed = (row: HeadlineRow) => (articleIds.includes(row.id) ? { ...row, isRead } : row)
      const { articleId, latest, related } = this.#found
      this.#found = { articleId, latest: latest.map(changed), related: related.map(changed) }
    })
    // Addresses of pictures are of one run of the engine, and as the settings say.
    for (const event of ['all-changed', 'settings-changed', 'sources-changed'] as const) {
      engine.on(event, () => (this.#found = null))
    }
  }

  /** What was found for an article; null where nothing was looked for yet. */
  of(articleId: number): Found | null {
    return this.#found?.articleId === articleId ? this.#found : null
  }

  /** An article has been opened. */
  opened(articleId: number): void {
    this.#openedIds = [articleId, ...this.#openedIds.filter(id => id !== articleId)].slice(0, mostOpened)
  }

  /** Looks for it, once for each article shown. Where that fails the article simply ends. */
  async load(articleId: number): Promise<void> {
    if (this.of(articleId)) return
    const isLatest = this.#requests.begin()
    const found = await this.#engine.around({ articleId, leaveOut: this.#openedIds }).catch(() => null)
    if (found && isLatest()) this.#found = { articleId, ...found }
  }
}
