/** Stories, as windows ask for them. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { TrendingStory } from '../../api/stories/model.ts'
import { followedStories } from '../../store/stories/followed.ts'
import { type RankedStory, trendingStories } from '../../store/stories/trending.ts'
import type { Context } from '../context/context.ts'
import { readFollowedStories, readStory, rowsOf } from './read-story.ts'

/** Of each story of the front page beside the one that leads. */
const mostOthers = 6

export function makeStoryQueries(context: Context) {
  const { db, now } = context

  return {
    story: ({ storyId }: Input<'story'>): Output<'story'> => readStory(context, storyId),

    followedStories: (): Output<'followedStories'> => ({ stories: readFollowedStories(context) }),

    trending({ hours }: Input<'trending'>): Output<'trending'> {
      const ranked = trendingStories(db, { hours, now: now() })
      const others = ranked.map(({ latestOfEach, leadId }) => idsBeside(latestOfEach, leadId))
      const rows = new Map(
        rowsOf(context, [...ranked.map(({ leadId }) => leadId), ...others.flat()]).map(row => [row.id, row]),
      )
      const followed = followedStories(db)
      const stories = ranked.flatMap((story, index): TrendingStory[] => {
        const lead = rows.get(story.leadId)
        if (!lead) return []
        const beside = (others[index] ?? []).flatMap(id => rows.get(id) ?? [])
        return [{ ...trendingStory(story), isFollowed: followed.has(story.storyId), lead, others: beside }]
      })
      return { stories }
    },
  }
}

function trendingStory({ storyId, sources, isRising, first, latestAt }: RankedStory) {
  const { feedTitle, publishedAt } = first
  return { id: storyId, sources, isRising, first: { feedTitle, publishedAt }, latestAt }
}

/** The latest of each site but that of the lead. */
function idsBeside(latestOfEach: RankedStory['latestOfEach'], leadId: number): number[] {
  return latestOfEach
    .map(({ id }) => id)
    .filter(id => id !== leadId)
    .slice(0, mostOthers)
}
