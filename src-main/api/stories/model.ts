/** Stories: what several of the reader's sources have written about one event. */
import type { HeadlineRow, StoryRef } from '../model.ts'
import type { Shaped } from '../shapes.ts'
import type { trendingHours } from './shapes.ts'

/** A story with all of its articles. */
export type Story = StoryRef & {
  /** Oldest first. */
  articles: HeadlineRow[]
  isFollowed: boolean
}

export type TrendingHours = Shaped<typeof trendingHours>

/** A story of the last hours. What is said of it holds for these hours. */
export type TrendingStory = StoryRef & {
  isFollowed: boolean
  /** Several sources have joined just now. */
  isRising: boolean
  /** Who wrote about it first, and when the latest article came (ms). */
  first: { feedTitle: string; publishedAt: number }
  latestAt: number
  lead: HeadlineRow
  /** The latest of each other source, the latest first. */
  others: HeadlineRow[]
}
