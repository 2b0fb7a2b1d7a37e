/** The words for a view: its title, and what to say when it lists nothing. */
import type { Feed, View } from '../../src-main/api/model.ts'
import type { Categories } from '../library/categories/categories.svelte.ts'
import type { Sources } from '../library/sources.svelte.ts'
import { isUnfiltered } from '../library/view.ts'
import { words as articleWords } from '../messages/article.ts'
import { words } from '../messages/headlines.ts'
import { wordsOf } from '../messages/library/kinds.ts'
import { words as categoryWords } from '../messages/reading/categories.ts'
import { words as sourcesWords } from '../messages/sources.ts'
import type { Trouble } from '../sources/trouble.ts'

type Parts = { sources: Pick<Sources, 'feedById' | 'folderById'>; categories: Pick<Categories, 'in'> }

export function viewTitle(view: View, { sources, categories }: Parts): string {
  if (view.kind === 'feed') return sources.feedById.get(view.feedId)?.title ?? articleWords.article.unknownFeed
  if (view.kind === 'folder') return sources.folderById.get(view.folderId)?.title ?? ''
  // The name that was asked for may be joined to another.
  if (view.kind === 'category') return categoryWords.sign(categories.in(view)?.name ?? view.name)
  return sourcesWords.views[view.kind]
}

/** Whether 'unread only' changes what a view lists. */
export function isFilterable(view: View): boolean {
  return view.kind !== 'unread' && !isUnfiltered(view)
}

/** `isFiltered`: read articles are left out, and there may be some. `trouble`: why its feed, where it is one, brings nothing. */
export function emptyWords(
  view: Exclude<View, { kind: 'trending' }>,
  isFiltered: boolean,
  feed: Feed | undefined,
  trouble: Trouble | null,
): { title: string; text: string } {
  if (view.kind === 'search') {
    const query = view.query.trim()
    return query === '' ? words.empty.searchStart : { ...words.empty.search, title: words.empty.search.title(query) }
  }
  if (isFiltered) return words.empty.filtered
  if (view.kind !== 'feed') return words.empty[view.kind]
  return { ...words.empty.feed, text: trouble?.text ?? (feed ? wordsOf(feed).nothingYet : '') }
}
