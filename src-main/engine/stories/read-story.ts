/** Stories with what is new in them. */
import type { FollowedStory, Story, StoryArticle } from '../../api/stories/model.ts'
import { copyGroups } from '../../store/copies/members.ts'
import { lastEditsOf } from '../../store/edits/revisions.ts'
import { followedStories, newsOf } from '../../store/stories/followed.ts'
import { articlesOfStory, sourcesOfStory } from '../../store/stories/stories.ts'
import { additionsOf } from '../../stories/additions.ts'
import type { Context } from '../context/context.ts'
import { rowsOf } from '../context/rows.ts'

/** Null where there is no such story any more. */
export function readStory(context: Context, storyId: number): Story | null {
  const { db } = context
  const sources = sourcesOfStory(db, storyId)
  if (sources === null) return null
  const ids = withoutCopies(context, articlesOfStory(db, storyId))
  const rows = rowsOf(context, ids)
  const unseen = new Set(newsOf(db, [storyId]).get(storyId)?.unseen)
  const edits = lastEditsOf(db, ids)
  const additions = additionsOf(rows)
  const articles = rows.map((row, index): StoryArticle => {
    const adds = additions[index]!
    const lastEditAt = edits.get(row.id)
    return {
      ...row,
      ...(unseen.has(row.id) && { isNew: true as const }),
      ...(adds.length > 0 && { adds }),
      ...(lastEditAt !== undefined && { lastEditAt }),
    }
  })
  return { id: storyId, sources, articles, isFollowed: followedStories(db).has(storyId) }
}

/** Those that sources have joined first, then the latest. */
export function readFollowedStories(context: Context): FollowedStory[] {
  const { db } = context
  const storyIds = [...followedStories(db).keys()]
  const news = newsOf(db, storyIds)
  const stories = storyIds.flatMap((id): FollowedStory[] => {
    const articles = rowsOf(context, articlesOfStory(db, id))
    const [first] = articles
    if (!first) return []
    const joinedIds = new Set(news.get(id)?.joined)
    const joined = articles.filter(row => joinedIds.has(row.id)).map(({ feedTitle }) => feedTitle)
    const ref = { id, sources: sourcesOfStory(db, id) ?? 0, ...(joined.length > 0 && { hasNew: true as const }) }
    return [{ ...ref, first, latestAt: articles.at(-1)!.publishedAt, joined }]
  })
  return stories.sort((a, b) => Number(b.joined.length > 0) - Number(a.joined.length > 0) || b.latestAt - a.latestAt)
}

/** Of each group of copies the first; its row names the others. */
function withoutCopies({ db }: Context, articleIds: number[]): number[] {
  const groups = copyGroups(db, articleIds)
  const listed = new Set<number>()
  return articleIds.filter(id => {
    const group = groups.get(id)
    return group === undefined || (!listed.has(group) && listed.add(group))
  })
}
