/** Sees what changes without this engine's doing: another program that writes into the database, and midnight. */

import type { IntakeClient } from '../../intake/client.ts'
import { takeWantedRefresh } from '../../intake/refresh-elsewhere.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { todayStart } from '../../lib/time.ts'
import { readMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'

/** How often we look whether another program (the command line) changed the database, while a window is open. */
const lookElsewhere = 2_000

type Watched = {
  db: WriteDb
  engine: { changedElsewhere(): void }
  intake: Pick<IntakeClient, 'on' | 'refresh'>
  isPolling: boolean
  log: Log
}

/**
 * The command line may work on the same folder: SQLite tells when another connection has written. And at midnight what
 * was of today no longer is.
 */
export function watchOthers({ db, engine, intake, isPolling, log }: Watched): NodeJS.Timeout {
  const version = () => db.pragma('data_version', { simple: true })
  let seen = version()
  const readBeside = () => readMeta(db, 'writtenBeside')
  let seenBeside = readBeside()
  // Our own intake writes through its own connection, and tells what it wrote. What others write meanwhile, they note.
  const follow = () => {
    seen = version()
  }
  intake.on('feed-refreshed', follow)
  intake.on('feed-changed', follow)
  let today = todayStart(Date.now())
  return setInterval(() => {
    const isNewDay = todayStart(Date.now()) !== today
    attempt(log, 'looking for changes', () => {
      const wanted = takeWantedRefresh(db)
      if (wanted && isPolling) void intake.refresh(wanted).catch(() => {})
      const beside = readBeside()
      if (version() === seen && beside === seenBeside && !isNewDay) return
      today = todayStart(Date.now())
      seenBeside = beside
      follow()
      engine.changedElsewhere()
    })
  }, lookElsewhere)
}
