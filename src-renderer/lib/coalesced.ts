/**
 * Runs a load once at a time. Asked for while it runs, it runs once more afterwards, however often it was asked for; every
 * caller waits for the last run.
 */
export function coalesced(load: () => Promise<void>): () => Promise<void> {
  let isStale = false
  let running: Promise<void> | null = null

  async function runWhileStale(): Promise<void> {
    try {
      while (isStale) {
        isStale = false
        await load()
      }
    } finally {
      // In the same turn as the last look at `isStale`: a call in between would wait for a run that has ended.
      running = null
    }
  }

  return () => {
    isStale = true
    running ??= runWhileStale()
    return running
  }
}
