/** Why a story is trending, as a row says it. */
import type { TrendingStory } from '../../../src-main/api/stories/model.ts'
import { words } from '../../messages/stories/trending.ts'

export type Trend = { isRising: boolean; why: string; parts: ReturnType<typeof words.whyParts> }

export function trendOf(story: TrendingStory | undefined, now: number): Trend | undefined {
  return story && { isRising: story.isRising, why: words.why(story, now), parts: words.whyParts(story, now) }
}
