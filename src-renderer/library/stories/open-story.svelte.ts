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
  /** Articles that had not been seen when the story was opened, or came since: marked until it is left. */
  #newIds: ReadonlySet<number> = new Set()

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
      // That a story is followed, or not any more, changes no article.
      const isOfThis = articles.some(({ id, story }) => listed.has(id) || story?.id === this.#wantedId)
      if (isOfThis || articles.length === 0) void this.reload()
    })
    engine.on('articles-arrived', ({ editedIds }) => {
      if (this.story?.articles.some(({ id }) => editedIds.includes(id))) void this.reload()
    })
    engine.on('all-changed', () => void this.reload())
  }

  get isOpen(): boolean {
    return this.status !== 'none'
  }

  /** Of the story that is open, or is being loaded; null for none. */
  get openId(): number | null {
    return this.#wantedId
  }

  async open(storyId: number): Promise<void> {
    if (storyId !== this.#wantedId) this.#forget()
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
      this.story = story && this.#marked(story)
      this.status = story ? 'ready' : 'gone'
    } catch {
      if (isLatest()) this.status = 'failed'
    }
  }

  close(): void {
    this.#requests.cancel()
    this.#wantedId = null
    this.#forget()
    this.status = 'none'
  }

  /** The story as it was opened: what was new then is so as long as it is read, though it has been seen now. */
  #marked(story: Story): Story {
    const unseen = story.articles.filter(({ isNew }) => isNew).map(({ id }) => id)
    if (unseen.length > 0) {
      this.#newIds = new Set([...this.#newIds, ...unseen])
      const articleIds = story.articles.map(({ id }) => id)
      // What is not kept, as on a full disk, stays new.
      void this.#engine.lookAtStory({ storyId: story.id, articleIds }).catch(() => undefined)
    }
    const articles = story.articles.map(row => (this.#newIds.has(row.id) ? { ...row, isNew: true as const } : row))
    return { ...story, articles }
  }

  #forget(): void {
    this.story = null
    this.#newIds = new Set()
  }
}
