/** The story that is open in the place of the article. */
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { Story } from '../../../src-main/api/stories/model.ts'
import { LatestOnly } from '../../lib/requests.ts'
import { changedRow } from '../listed-rows.svelte.ts'

type StoryStatus = 'none' | 'loading' | 'ready' | 'gone' | 'failed'

export class OpenStory {
  story = $state.raw<Story | null>(null)
  status = $state<StoryStatus>('none')
  readonly #engine: EngineClient
  readonly #requests = new LatestOnly()
  #wantedId: number | null = null

  constructor(engine: EngineClient) {
    this.#engine = engine
    engine.on('articles-changed', change => {
      const { story } = this
      if (!story) return
      const changed = new Set(change.articleIds)
      const articles = story.articles.map(row => (changed.has(row.id) ? changedRow(row, change) : row))
      this.story = { ...story, articles }
    })
    engine.on('stories-changed', ({ articles }) => {
      const listed = new Set(this.story?.articles.map(({ id }) => id))
      if (articles.some(({ id, story }) => listed.has(id) || story?.id === this.#wantedId)) void this.reload()
    })
    engine.on('all-changed', () => void this.reload())
  }

  get isOpen(): boolean {
    return this.status !== 'none'
  }

  async open(storyId: number): Promise<void> {
    if (storyId !== this.#wantedId) this.story = null
    this.#wantedId = storyId
    this.status = 'loading'
    await this.reload()
  }

  /** Asks for it again; one that has ended may come back, by an undo. */
  async reload(): Promise<void> {
    if (this.#wantedId === null) return
    const isLatest = this.#requests.begin()
    try {
      const story = await this.#engine.story({ storyId: this.#wantedId })
      if (!isLatest()) return
      this.story = story
      this.status = story ? 'ready' : 'gone'
    } catch {
      if (isLatest()) this.status = 'failed'
    }
  }

  close(): void {
    this.#requests.cancel()
    this.#wantedId = null
    this.story = null
    this.status = 'none'
  }
}
