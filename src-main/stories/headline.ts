/** What goes into the grouping of articles by event, and what comes out. */
import type { Written } from './words/words.ts'

export type ArticleId = number | string

export type Headline = Written & {
  id: ArticleId
  /** In ms. */
  publishedAt: number
}

/** Numbers of stories count up and are never used again. */
export type StoryId = number

/** Which story an article belongs to now; null: it stands alone. */
export type Change = { id: ArticleId; story: StoryId | null }

/**
 * What the reader said of two articles: they are of the same story, or of different ones. Where they contradict each other,
 * directly or by way of third articles, the later one holds and the earlier ones are dropped.
 */
export type Correction = { kind: 'same' | 'apart'; article: ArticleId; other: ArticleId }

/** An article as it was kept, with its story, to build the state again. */
export type Member = { headline: Headline; story: StoryId | null }
