/** Articles for the engine's commands: announced to the windows. */
import { withCopies } from '../../store/copies/members.ts'
import type { Context } from './context.ts'

/** What of an article changed. */
export type ArticleState = { isRead?: boolean; isSaved?: boolean; isEditSeen?: true }

/** With more changed ids than this, windows are told to ask again instead. */
const listedAtMost = 5_000

/** Tells every window, and the job that keeps saved ones whole, that articles changed. */
export function announceArticles(
  { announcer, db, savedChanged }: Context,
  changedIds: number[],
  state: ArticleState,
): void {
  if (state.isSaved !== undefined) savedChanged()
  // Of copies one is saved, and all are shown as saved.
  const articleIds = state.isSaved === undefined ? changedIds : withCopies(db, changedIds)
  if (articleIds.length > listedAtMost) announcer.emit('all-changed', {})
  else announcer.emit('articles-changed', { articleIds, ...state })
  announcer.countsChanged()
}
