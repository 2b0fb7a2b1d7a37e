/** The events a window gets from the engine. Those of the Electron host are in host/events.ts. */
import type { Counts, Feed, Polling, RefreshProgress, RefreshSummary, StoryRef } from '../model.ts'
import type { Settings } from '../settings.ts'
import type { Backups, Health } from '../storage-model.ts'

/** Absolute values and ids, never differences. */
export type Events = {
  /** Feeds or folders were added, removed or moved: ask for `sources` again. */
  'sources-changed': Record<string, never>
  /** One feed as it is now (after a refresh, a rename...). */
  'feed-changed': { feed: Feed }
  'counts-changed': { counts: Counts }
  /** `isEditSeen`: they are no longer marked as edited. */
  'articles-changed': { articleIds: number[]; isRead?: boolean; isSaved?: boolean; isEditSeen?: true }
  /** The full text of an article was fetched, or another text of it is shown: ask for the article again. */
  'full-text-changed': { articleId: number }
  /** More articles changed than are worth listing: ask for your rows again. */
  'all-changed': Record<string, never>
  /** A refresh stored new or edited articles. */
  'articles-arrived': { feedId: number; newIds: number[]; editedIds: number[] }
  /** The story of these articles as it is now, or how many sources it has. */
  'stories-changed': { articles: { id: number; story: StoryRef | null }[] }
  /** There is something to take by takeNotices, for a client that can show it. */
  'notices-waiting': Record<string, never>
  /** These articles were read, or went: what the system still shows of them is to be closed. */
  'notices-withdrawn': { articleIds: number[] }
  'refresh-progress': RefreshProgress
  'refresh-finished': RefreshSummary
  /** The user has paused or resumed all polls, or the computer runs on something else. A pause that ends by itself is not announced. */
  'polling-changed': Polling
  'settings-changed': { settings: Settings }
  /** A mailbox was added, changed, removed or looked at, or somebody wrote to one: ask for them again. */
  'mail-changed': Record<string, never>
  'health-changed': { health: Health }
  /** A backup began, ended or failed. */
  'backups-changed': { backups: Backups }

  /** From the host, before the first answer: this share of a store of an earlier version is rewritten, from 0 to 1. */
  'upgrade-progress': { share: number }
}
export type EventName = keyof Events
