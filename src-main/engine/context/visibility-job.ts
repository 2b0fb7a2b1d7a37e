/**
 * Hides the articles of feeds that were unsubscribed, shows those of feeds that came back (store/feeds/visibility.ts), and
 * deletes feeds whose adding was taken back (store/articles/purge-feeds.ts), in chunks.
 */
import type { Chunks } from '../../lib/chunks.ts'
import { feedsToPurge, purgeStep } from '../../store/articles/purge-feeds.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { feedsInTransition, isAnyReturning, visibilityStep } from '../../store/feeds/visibility.ts'

export type VisibilityJob = {
  /** Does what is left to do, and answers when nothing is. Throws what the disk says; the rest is done the next time. */
  run(): Promise<void>
  /** The same, for callers that need not wait: until it is done, lists and counts leave the whole feed out. */
  runInBackground(): void
}

/** `onReturned`: articles are listed again. */
export function createVisibilityJob(parts: { db: WriteDb; chunks: Chunks; onReturned: () => void }): VisibilityJob {
  const { db, chunks, onReturned } = parts
  let running: Promise<void> | null = null

  async function runChunks(): Promise<void> {
    const isReturning = isAnyReturning(db)
    await chunks.run('visibility', { isWrite: true }, () => visibilityStep(db) || purgeStep(db))
    if (isReturning) onReturned()
  }

  async function run(): Promise<void> {
    // What began before this call may have looked before there was anything to do.
    await running?.catch(() => {})
    if (feedsInTransition(db).length + feedsToPurge(db).length === 0) return
    running ??= runChunks().finally(() => {
      running = null
    })
    await running
  }

  return {
    run,
    runInBackground: () => void run().catch(() => {}),
  }
}
