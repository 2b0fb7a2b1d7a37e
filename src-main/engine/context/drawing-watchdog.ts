/**
 * Notes an article that takes long to draw: a window opens one, and says that it has drawn it; a frozen window says nothing
 * more. What is drawn at once costs no write, and an end in between is no sign of anything.
 */
import type { Clock } from '../../lib/clock.ts'
import { attempt, type Log } from '../../lib/log.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { keepLastPlace } from '../../store/last-place.ts'

/** Ms: longer than drawing takes on a busy machine, shorter than anybody waits. */
const timeLimit = 3_000

export type DrawingWatchdog = {
  /** An article was opened, in place of the one before. */
  begin(articleId: number): void
  /** This article is drawn, or is not to be; null: none is. */
  end(articleId: number | null): void
  close(): void
}

type WatchdogParts = { db: WriteDb; clock: Pick<Clock, 'setTimer'>; log: Log }

export function createDrawingWatchdog({ db, clock, log }: WatchdogParts): DrawingWatchdog {
  let undrawnId: number | null = null
  let cancel = () => {}
  return {
    begin(articleId) {
      cancel()
      undrawnId = articleId
      cancel = clock.setTimer(timeLimit, () => {
        attempt(log, 'noting an article that is not drawn', () => keepLastPlace(db, { undrawnId: articleId }))
      })
    },
    end(articleId) {
      if (articleId === null || articleId === undrawnId) cancel()
    },
    close: () => cancel(),
  }
}
