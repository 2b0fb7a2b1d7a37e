/** A refresh the user asked for: how far it is, and what it came to. Numbers are absolute. */
import type { Failure, RefreshProgress, RefreshSummary } from '../api/model.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'

export type Run = {
  add(feeds: PollFeed[]): void
  /** One feed of it is done; says whether it belonged to the run. */
  finish(feed: PollFeed, result: { failure: Failure | null; newArticles: number; isUpdated: boolean }): boolean
  /** One feed of it will not be done. */
  drop(feedId: number): void
  has(feedId: number): boolean
  cancel(): void
  isRunning(): boolean
  /** Feeds that still have to be done. */
  left(): number
  progress(): RefreshProgress
  /** Ends the run; null when none was going on. */
  end(): RefreshSummary | null
}

export function createRun(): Run {
  let isRunning = false
  let wasCancelled = false
  let open = new Set<number>()
  let total = 0
  let updated = 0
  let newArticles = 0
  let failed: RefreshSummary['failed'] = []

  function start(): void {
    isRunning = true
    wasCancelled = false
    open = new Set()
    total = 0
    updated = 0
    newArticles = 0
    failed = []
  }

  return {
    add(feeds) {
      if (!isRunning) start()
      for (const { id } of feeds) open.add(id)
      total += feeds.length
    },
    finish(feed, result) {
      if (!open.delete(feed.id)) return false
      newArticles += result.newArticles
      if (result.isUpdated) updated++
      if (result.failure) failed.push({ feedId: feed.id, title: feed.title, failure: result.failure })
      return true
    },
    drop(feedId) {
      if (open.delete(feedId)) total--
    },
    has: feedId => open.has(feedId),
    cancel() {
      wasCancelled = true
    },
    isRunning: () => isRunning,
    left: () => open.size,
    progress: () => ({
      isRunning,
      done: isRunning ? total - open.size : 0,
      total: isRunning ? total : 0,
      failed: isRunning ? failed.length : 0,
      newArticles: isRunning ? newArticles : 0,
    }),
    end() {
      if (!isRunning) return null
      isRunning = false
      const feeds = total - open.size
      return { feeds, updated, unchanged: feeds - updated - failed.length, failed, newArticles, wasCancelled }
    },
  }
}
