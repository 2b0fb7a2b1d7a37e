/** What is trending, as windows and lists have it. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { HeadlinePage } from '../../api/model.ts'
import type { TrendingStory } from '../../api/stories/model.ts'
import { newestArticleId } from '../../store/articles/headlines.ts'
import { followedStories } from '../../store/stories/followed.ts'
import { isAnyWaiting } from '../../store/stories/grouped.ts'
import { unreadOfStories } from '../../store/stories/stories.ts'
import { type RankedStory, trendingAsSet, trendingStories } from '../../store/stories/trending.ts'
import type { Context } from '../context/context.ts'
import { rowsOf } from '../context/rows.ts'

/** Of each story of the front page beside the one that leads. */
const mostOthers = 6

export function trending(context: Context, { hours }: Input<'trending'>): Output<'trending'> {
  const { db, now } = context
  const ranked = trendingStories(db, { hours, now: now() })
  const others = ranked.map(({ latestOfEach, leadId }) => idsBeside(latestOfEach, leadId))
  const rows = new Map(
    rowsOf(context, [...ranked.map(({ leadId }) => leadId), ...others.flat()]).map(row => [row.id, row]),
  )
  const storyIds = ranked.map(({ storyId }) => storyId)
  const followed = followedStories(db)
  const unread = Map.groupBy(unreadOfStories(db, storyIds), ({ storyId }) => storyId)
  const stories = ranked.flatMap((story, index): TrendingStory[] => {
    const lead = rows.get(story.leadId)
    if (!lead) return []
    const { storyId: id, sources, isRising, latestAt } = story
    const { feedTitle, publishedAt } = story.first
    return [
      {
        id,
        sources,
        ...(lead.story?.hasNew && { hasNew: true as const }),
        isRising,
        first: { feedTitle, publishedAt },
        latestAt,
        isFollowed: followed.has(id),
        unreadIds: (unread.get(id) ?? []).map(one => one.id),
        lead,
        others: (others[index] ?? []).flatMap(otherId => rows.get(otherId) ?? []),
      },
    ]
  })
  return { stories, isGrouping: isAnyWaiting(db) }
}

/** The latest of each site but that of the lead. */
function idsBeside(latestOfEach: RankedStory['latestOfEach'], leadId: number): number[] {
  return latestOfEach
    .map(({ id }) => id)
    .filter(id => id !== leadId)
    .slice(0, mostOthers)
}

/** The view: one page, in the order of rank, of the hours that are set. */
export function trendingPage(context: Context, { limit }: Pick<Input<'headlines'>, 'limit'>): HeadlinePage {
  const leadIds = trendingAsSet(context.db, context.now()).map(({ leadId }) => leadId)
  const rows = rowsOf(context, leadIds.slice(0, limit))
  return { rows, next: null, newestId: newestArticleId(context.db), total: leadIds.length }
}
