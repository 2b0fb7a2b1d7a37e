/**
 * Notes an article that takes long to draw: a window says which one it is about to draw, and that it has; a frozen window says
 * nothing more. What is drawn at once costs no write, and an end in between is no sign of anything.
 */
import type { Settings } from '../api/settings.ts'
import type { Clock } from '../lib/clock.ts'
import { attempt, type Log } from '../lib/log.ts'
import type { WriteDb } from '../store/db/open.ts'
import { changeSettings, readSettings } from '../store/settings.ts'

/** Ms: longer than drawing takes on a busy machine, shorter than anybody waits. */
const timeLimit = 3_000

export type DrawingWatchdog = {
  /** Takes `showingArticleId` out of a window's changes where it need not be written (yet). */
  filter(changes: Partial<Settings>): Partial<Settings>
  close(): void
}

type WatchdogParts = { db: WriteDb; clock: Pick<Clock, 'setTimer'>; log: Log }

export function createDrawingWatchdog({ db, clock, log }: WatchdogParts): DrawingWatchdog {
  let cancel = () => {}
  return {
    filter(changes) {
      const { showingArticleId, ...others } = changes
      if (showingArticleId === undefined) return changes
      cancel()
      if (showingArticleId === null) return readSettings(db).showingArticleId === null ? others : changes
      cancel = clock.setTimer(timeLimit, () => {
        attempt(log, 'noting an article that is not drawn', () => changeSettings(db, { showingArticleId }))
      })
      return others
    },
    close: () => cancel(),
  }
}
