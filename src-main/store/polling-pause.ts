/** The pause of all polls that the reader has asked for. */
import { readMeta, writeMeta } from './db/meta.ts'
import type { ReadDb, WriteDb } from './db/open.ts'

/** Pauses from `since` until then (ms). */
export function pausePolling(db: WriteDb, since: number, until: number): void {
  writeMeta(db, 'pollingPause', { since, until })
}

export function resumePolling(db: WriteDb): void {
  writeMeta(db, 'pollingPause', null)
}

/** Until when no feed is polled (ms); null where polling is not paused. A clock set back to before the pause ends it. */
export function pollingPausedUntil(db: ReadDb, now: number): number | null {
  const pause = readMeta(db, 'pollingPause')
  return pause && now >= pause.since && now < pause.until ? pause.until : null
}
