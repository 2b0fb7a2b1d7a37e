/**
 * Hides the articles of feeds that went, shows those of feeds that came back (store/feeds/visibility.ts), and takes away feeds that
 * go with all that came with them (store/articles/leaving.ts), in chunks.
 */
import type { Chunks } from '../../lib/chunks.ts'
import { leaveStep, leavingFeeds } from '../../store/articles/leaving.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { isAnyReturning, settleStep, settlingFeeds } from '../../store/feeds/visibility.ts'

export type VisibilityJob = {
  /** Does what is left to do, and answers when nothing is. Throws what the disk says; the rest is done the next time. */
  settle(): Promise<void>
  /** The same, for whom it makes no difference whether it is done yet: no list shows half of a feed. */
  settleSoon(): void
}

/** `onReturned`: articles are listed again. */
export function createVisibilityJob(parts: { db: WriteDb; chunks: Chunks; onReturned: () => void }): VisibilityJob {
  const { db, chunks, onReturned } = parts
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    const isReturning = isAnyReturning(db)
    await chunks.run('settle', { isWrite: true }, () => settleStep(db) || leaveStep(db))
    if (isReturning) onReturned()
  }

  async function settle(): Promise<void> {
    // What began before this call may have looked before there was anything to do.
    await running?.catch(() => {})
    if (settlingFeeds(db).length + leavingFeeds(db).length === 0) return
    running ??= run().finally(() => {
      running = null
    })
    await running
  }

  return {
    settle,
    settleSoon: () => void settle().catch(() => {}),
  }
}
