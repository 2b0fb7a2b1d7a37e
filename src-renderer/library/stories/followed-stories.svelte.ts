/** The stories that the reader follows, and which of them sources have joined since they last looked. */
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { FollowedStory } from '../../../src-main/api/stories/model.ts'
import { coalesced } from '../../lib/requests.ts'

export class FollowedStories {
  stories = $state.raw<FollowedStory[]>([])
  readonly load: () => Promise<void>
  /** News that was there at the start, or has been told. */
  #told: ReadonlySet<string> | null = null

  /** `ongrown` is told of all that have news whenever one has more; none: all has been seen. */
  constructor(engine: EngineClient, ongrown: (stories: FollowedStory[]) => void) {
    this.load = coalesced(async () => {
      const { stories } = await engine.followedStories({})
      this.stories = stories
      const grown = stories.filter(({ hasNew }) => hasNew)
      const news = new Set(grown.map(({ id, joined }) => `${id} ${joined.length}`))
      const told = this.#told
      this.#told = news
      if (told && (news.size === 0 || [...news].some(one => !told.has(one)))) ongrown(grown)
    })
    const reload = () => void this.load().catch(() => undefined)
    for (const name of ['stories-changed', 'sources-changed', 'all-changed'] as const) engine.on(name, reload)
  }
}
