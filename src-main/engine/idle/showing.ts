/**
 * Notes an article that is long in being drawn. A window says which one it is about to draw, and that it has; a frozen window
 * says nothing more. What is drawn at once costs no write, and an end in between is no sign of anything.
 */
import type { Settings } from '../../api/model.ts'
import { attempt, type Log } from '../../lib/log.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { changeSettings, readSettings } from '../../store/settings.ts'

/** Longer than drawing takes on a busy machine, shorter than anybody waits. */
const patience = 3_000

export type Showing = {
  /** What of a window's changes is to be written now. */
  take(changes: Partial<Settings>): Partial<Settings>
  close(): void
}

export function createShowing({ db, log }: { db: WriteDb; log: Log }): Showing {
  let waiting: NodeJS.Timeout | undefined
  return {
    take(changes) {
      const { showingArticleId, ...others } = changes
      if (showingArticleId === undefined) return changes
      clearTimeout(waiting)
      if (showingArticleId === null) return readSettings(db).showingArticleId === null ? others : changes
      waiting = setTimeout(() => {
        attempt(log, 'noting an article that is not drawn', () => changeSettings(db, { showingArticleId }))
      }, patience).unref()
      return others
    },
    close: () => clearTimeout(waiting),
  }
}
