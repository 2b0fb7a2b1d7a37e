/**
 * What is trending. What is shown keeps its place under the reader: where the ranking is another by now, that is offered
 * (`isOutdated`), and what is said of each story is brought up to date.
 */
import type { Events } from '../../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { HeadlinePage, HeadlineRow } from '../../../src-main/api/model.ts'
import type { TrendingHours, TrendingStory } from '../../../src-main/api/stories/model.ts'
import { coalesced } from '../../lib/requests.ts'
import { changedRow } from '../listed-rows.svelte.ts'

type TrendingStatus = 'loading' | 'ready' | 'failed'

/** `isShown`: the reader has the stories before them. */
type Shown = { hours: () => TrendingHours; isShown: () => boolean }

/** In ms. A refresh changes many stories, one after the other: they are asked for once. */
const gathering = 1_000
/** In ms. Nothing need come for a story to be too old. */
const aging = 5 * 60_000
/** In ms: while articles wait to be compared, which is said where nothing is trending yet. */
const waiting = 5_000

export class Trending {
  /** As they are shown, the first one first. */
  stories = $state.raw<TrendingStory[]>([])
  status = $state<TrendingStatus>('loading')
  /** Articles wait to be compared with others. */
  isGrouping = $state(false)
  #latest = $state.raw<TrendingStory[]>([])
  /** The ranking is another one than is shown. */
  readonly isOutdated = $derived(rankingOf(this.stories) !== rankingOf(this.#latest))
  /** How many stories have something unread. */
  readonly unread = $derived(this.#latest.filter(({ unreadIds }) => unreadIds.length > 0).length)
  readonly #byLead = $derived(new Map(this.stories.map(story => [story.lead.id, story])))
  readonly #engine: EngineClient
  readonly #shown: Shown
  #soon: ReturnType<typeof setTimeout> | undefined
  #later: ReturnType<typeof setTimeout> | undefined

  constructor(engine: EngineClient, shown: Shown) {
    this.#engine = engine
    this.#shown = shown
    engine.on('articles-changed', change => {
      this.stories = changedStories(this.stories, change)
      this.#latest = changedStories(this.#latest, change)
      // Which of them are of a story is known of the unread ones alone.
      if (change.isRead === false) this.#loadSoon()
    })
    engine.on('stories-changed', () => this.#loadSoon())
    engine.on('all-changed', () => this.#loadSoon())
    // A source less.
    engine.on('sources-changed', () => this.#loadSoon())
  }

  get hours(): TrendingHours {
    return this.#shown.hours()
  }

  /** The story that a row stands for. */
  storyOf(articleId: number): TrendingStory | undefined {
    return this.#byLead.get(articleId)
  }

  /** Asks for what is trending. What is shown stays in its order. */
  readonly load = coalesced(async () => {
    clearTimeout(this.#soon)
    clearTimeout(this.#later)
    this.#soon = undefined
    try {
      const { stories, isGrouping } = await this.#engine.trending({ hours: this.hours })
      this.#latest = stories
      this.isGrouping = isGrouping
      this.stories = this.#shown.isShown() ? inShownOrder(this.stories, stories) : stories
      this.status = 'ready'
    } finally {
      const delay = this.isGrouping && this.#shown.isShown() ? waiting : aging
      this.#later = setTimeout(() => void this.load().catch(() => undefined), delay)
    }
  })

  /** Shows the ranking as it is now, or, `inPlace`, what is shown with what is known of it now. */
  async page({ inPlace }: { inPlace: boolean }): Promise<HeadlinePage> {
    try {
      await this.load()
    } catch (error) {
      this.status = 'failed'
      throw error
    }
    if (!inPlace) this.stories = this.#latest
    const rows = this.stories.map(({ lead }) => lead)
    return { rows, next: null, newestId: Number.MAX_SAFE_INTEGER, total: rows.length }
  }

  #loadSoon(): void {
    this.#soon ??= setTimeout(() => void this.load().catch(() => undefined), gathering)
  }
}

const rankingOf = (stories: TrendingStory[]): string => stories.map(({ id }) => id).join()

/** As they are now, where nothing moves: each at its place, with the headlines that stand there. */
function inShownOrder(shown: TrendingStory[], latest: TrendingStory[]): TrendingStory[] {
  const byId = new Map(latest.map(story => [story.id, story]))
  const rows = new Map(latest.flatMap(({ lead, others }) => [lead, ...others]).map(row => [row.id, row]))
  const now = (row: HeadlineRow): HeadlineRow => rows.get(row.id) ?? row
  return shown.map(story => ({
    ...(byId.get(story.id) ?? story),
    lead: now(story.lead),
    others: story.others.map(now),
  }))
}

function changedStories(stories: TrendingStory[], change: Events['articles-changed']): TrendingStory[] {
  const changed = new Set(change.articleIds)
  const patch = (row: HeadlineRow): HeadlineRow => (changed.has(row.id) ? changedRow(row, change) : row)
  return stories.map(story => {
    const { unreadIds, lead, others } = story
    const isTouched = [lead, ...others].some(({ id }) => changed.has(id)) || unreadIds.some(id => changed.has(id))
    if (!isTouched) return story
    const unread = change.isRead ? unreadIds.filter(id => !changed.has(id)) : unreadIds
    return { ...story, unreadIds: unread, lead: patch(lead), others: others.map(patch) }
  })
}
