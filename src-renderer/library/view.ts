/** Questions about views that need no state. */
import type { View } from '../../src-main/api/model.ts'

/** A string that is the same for the same view. */
export function viewKey(view: View): string {
  if (view.kind === 'feed') return `feed:${view.feedId}`
  if (view.kind === 'folder') return `folder:${view.folderId}`
  if (view.kind === 'search') return `search:${view.query}`
  // By its name as it is shown: other spellings would need the tables of the search, which are not loaded at the start.
  if (view.kind === 'category') return `category:${view.name}`
  return view.kind
}

export const isSameView = (one: View, other: View): boolean => viewKey(one) === viewKey(other)

/** Views that one comes to from a list, and goes back from: they have no place among the sources. */
export function isPassing(view: View): boolean {
  return view.kind === 'search' || view.kind === 'category'
}

/** Lists of what was chosen one by one, ranked or searched: all of it is shown, whatever 'unread only' says. */
export function isUnfiltered(view: View): view is Extract<View, { kind: 'saved' | 'pages' | 'trending' | 'search' }> {
  return view.kind === 'saved' || view.kind === 'pages' || view.kind === 'trending' || view.kind === 'search'
}
