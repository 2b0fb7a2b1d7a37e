/** Stories: what several of the reader's sources have written about one event. */
import type { HeadlineRow, StoryRef } from '../model.ts'
import type { Shaped, trendingHours } from '../shapes.ts'

/** A story with all of its articles. */
export type Story = StoryRef & {
  /** Oldest first; copies stand once, where they are folded. */
  articles: StoryArticle[]
  isFollowed: boolean
}

/** An article, and what it has that those of its story before it have not. */
export type StoryArticle = HeadlineRow & {
  /** It came to a followed story since the reader last looked. */
  isNew?: true
  /** Names and figures that no headline or summary before it has. */
  adds?: string[]
  /** When its publisher last changed it: what it said before is kept. */
  lastEditAt?: number
}

/** A story that the reader follows. */
export type FollowedStory = StoryRef & {
  /** The first of its articles. */
  first: HeadlineRow
  /** When the latest one came (ms). */
  latestAt: number
  /** The feeds by which sources have joined since the reader last looked, the first one first. */
  joined: string[]
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
  /** Of all of its articles, also those before these hours. */
  unreadIds: number[]
  lead: HeadlineRow
  /** The latest of each other source, the latest first. */
  others: HeadlineRow[]
}
