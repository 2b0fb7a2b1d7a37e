/** What can be done to a story on the front page, and what is known of its sources. */
import type { HeadlineRow } from '../../src-main/api/model.ts'
import type { TrendingStory } from '../../src-main/api/stories/model.ts'

export type StoryActs = {
  now: number
  /** The lead article of the story that keys act on. */
  activeId: number | null
  /** As the sources have it now: the user may have renamed a feed since. */
  sourceOf(row: HeadlineRow): { title: string; iconUrl: string | null }
  onopen(story: TrendingStory, row: HeadlineRow): void
  onstory(story: TrendingStory): void
}

/** The beginning of an article, where it says more than its headline. */
export function deckOf({ title, summary }: Pick<HeadlineRow, 'title' | 'summary'>): string {
  // Where an article has no title, the engine takes its beginning.
  const start = title.replace(/…$/, '')
  return summary.startsWith(start) ? summary.slice(start.length).trimStart() : summary
}
