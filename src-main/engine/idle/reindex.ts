/** Goes on with indexing anew while the engine runs, where a recovery has left something to do. */
import { attempt, type Log } from '../../lib/log.ts'
import { readFact } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'

/** For the clicks that come. */
const pause = 100

export function startReindexing(db: WriteDb, log: Log): { close(): void } {
  let isClosed = false
  let timer = setTimeout(() => attempt(log, 'indexing anew', begin), pause).unref()

  function begin(): void {
    if (readFact(db, 'reindexBelow') !== null) void goOn()
  }

  async function goOn(): Promise<void> {
    // Almost never needed, and what it needs to read HTML takes some ms of a start to load.
    const { reindexStep } = await import('../../safety/recovery/reindex.ts')
    const step = () => {
      attempt(log, 'indexing anew', () => {
        if (!isClosed && reindexStep(db, log)) timer = setTimeout(step, pause).unref()
      })
    }
    step()
  }

  return {
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
}
