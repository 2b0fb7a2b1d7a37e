/** What Trending says where there is nothing, and what can be done about it. */
import type { TrendingHours } from '../../../src-main/api/stories/model.ts'
import { words } from '../../messages/stories/trending.ts'
import type { App } from '../../state/app.svelte.ts'

type Parts = Pick<App, 'dialogs' | 'settings' | 'trending'>
type Empty = { title: string; text: string; action?: { label: string; run: () => void } }

const longer: Record<TrendingHours, TrendingHours | null> = { 6: 24, 24: 168, 168: null }

export function emptyTrending({ dialogs, settings, trending }: Parts): Empty {
  if (trending.isGrouping) return words.grouping
  const { title, text, hint, addFeed } = words.empty
  const next = longer[trending.hours]
  const action = next
    ? { label: words.empty.longer(next), run: () => void settings.change({ trendingHours: next }) }
    : { label: addFeed, run: () => dialogs.show('add', {}) }
  return { title, text: `${text(trending.hours)} ${hint}`, action }
}
