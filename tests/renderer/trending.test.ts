import { beforeEach, expect, test, vi } from 'vitest'
import type { EventName, Events } from '../../src-main/api/contract/events.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HeadlineRow } from '../../src-main/api/model.ts'
import type { TrendingStory } from '../../src-main/api/stories/model.ts'
import { Trending } from '../../src-renderer/library/stories/trending.svelte.ts'

/** Answers the stories that a test says. */
class Newsroom {
  stories: TrendingStory[] = []
  asked = 0
  readonly #listeners = new Map<EventName, (payload: never) => void>()
  readonly engine = {
    trending: async () => {
      this.asked++
      return { stories: this.stories, isGrouping: false }
    },
    on: (event: EventName, listener: (payload: never) => void) => void this.#listeners.set(event, listener),
  } as unknown as EngineClient

  emit<E extends EventName>(event: E, payload: Events[E]): void {
    this.#listeners.get(event)?.(payload as never)
  }
}

const rowOf = (id: number): HeadlineRow =>
  ({ id, title: `Article ${id}`, isRead: false, isSaved: false }) as Partial<HeadlineRow> as HeadlineRow

/** Story 1 has the articles 10, its lead, 11 and 12; story 2 has 20, 21, 22. */
function storyOf(id: number, change: Partial<TrendingStory> = {}): TrendingStory {
  const [lead, ...others] = [0, 1, 2].map(index => rowOf(id * 10 + index))
  const first = { feedTitle: 'Gazette', publishedAt: 0 }
  const unreadIds = [0, 1, 2].map(index => id * 10 + index)
  const story = { id, sources: 3, isFollowed: false, isRising: false, first, latestAt: 0, unreadIds, others }
  return { ...story, lead: lead!, ...change }
}

let newsroom: Newsroom
let trending: Trending
let isShown: boolean
const shownIds = () => trending.stories.map(({ id }) => id)

beforeEach(async () => {
  vi.useFakeTimers()
  newsroom = new Newsroom()
  isShown = false
  trending = new Trending(newsroom.engine, { hours: () => 24, isShown: () => isShown })
  newsroom.stories = [storyOf(1), storyOf(2)]
  await trending.load()
  return () => vi.useRealTimers()
})

test('what is shown keeps its order and its headlines, with what is known of each now; another order is shown when asked for', async () => {
  isShown = true
  newsroom.stories = [storyOf(3), storyOf(2, { sources: 5, lead: rowOf(22), others: [rowOf(20), rowOf(21)] })]
  newsroom.emit('stories-changed', { articles: [] })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(shownIds()).toEqual([1, 2])
  expect(trending.stories[1]).toMatchObject({ sources: 5, lead: { id: 20 } })
  expect(trending.isOutdated).toBe(true)
  expect((await trending.page({ inPlace: true })).rows.map(({ id }) => id)).toEqual([10, 20])

  expect((await trending.page({ inPlace: false })).rows.map(({ id }) => id)).toEqual([30, 22])
  expect(trending.isOutdated).toBe(false)
})

test('while it is not shown it is as it is now, also where nothing but time has changed it', async () => {
  newsroom.stories = [storyOf(2)]
  await vi.advanceTimersByTimeAsync(5 * 60_000)
  expect(shownIds()).toEqual([2])
})

test('many changes are asked for once', async () => {
  for (let change = 0; change < 20; change++) {
    newsroom.emit('stories-changed', { articles: [] })
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  expect(newsroom.asked).toBe(2)
})

test('a story counts until nothing of it is unread; one that is unread again is asked for', async () => {
  expect(trending.unread).toBe(2)
  newsroom.emit('articles-changed', { articleIds: [10, 11], isRead: true })
  expect(trending.unread).toBe(2)
  expect(trending.stories[0]?.lead.isRead).toBe(true)
  newsroom.emit('articles-changed', { articleIds: [12], isRead: true })
  expect(trending.unread).toBe(1)
  expect(newsroom.asked).toBe(1)
  newsroom.emit('articles-changed', { articleIds: [12], isRead: false })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(trending.unread).toBe(2)
})
