/** Stories that changed: told to the journal, the windows, and the thread that groups articles. */
import type { StoryChange } from '../../store/stories/decide.ts'
import { membersOf, storyRefs } from '../../store/stories/stories.ts'
import type { Context } from './context.ts'

/** With more articles than this, windows are told to ask again instead. */
const listedAtMost = 5_000

/** After the reader decided something, or took it back. */
export async function tellStories(context: Context, { made, withdrawn, moves }: StoryChange): Promise<void> {
  const { db, journal } = context
  await journal.storiesDecided([...made, ...withdrawn.map(({ id }) => id)])
  const stories = new Set(moves.flatMap(({ from, to }) => [from, to]).filter(id => id !== null))
  const moved = moves.map(({ articleId }) => articleId)
  announceStories(context, [...moved, ...[...stories].flatMap(id => membersOf(db, id))])
  context.storiesDecided()
}

/** After the reader looked at a followed story. */
export async function tellStorySeen(context: Context, storyId: number, decisions: string[]): Promise<void> {
  if (decisions.length === 0) return
  await context.journal.storiesDecided(decisions)
  announceStories(context, membersOf(context.db, storyId))
}

/** Tells every window what the stories of these articles are now. */
export function announceStories({ db, announcer }: Pick<Context, 'db' | 'announcer'>, articleIds: number[]): void {
  const ids = [...new Set(articleIds)]
  if (ids.length > listedAtMost) announcer.emit('all-changed', {})
  else announcer.emit('stories-changed', { articles: storyRefs(db, ids) })
}
