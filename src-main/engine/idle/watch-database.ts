/** Notices what changes beside this engine: another program that writes into the database, and midnight. */
import type { Grouping } from '../../grouping/client.ts'
import type { IntakeClient } from '../../intake/client.ts'
import { takeWantedRefresh } from '../../intake/refresh-elsewhere.ts'
import type { Clock } from '../../lib/clock.ts'
import { todayStart } from '../../lib/time.ts'
import { readMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { IdleWork } from './idle-work.ts'

/** How long a change by another program (the command line) may take to show in a window (ms). */
const lookEvery = 2_000

type Watched = {
  db: WriteDb
  clock: Pick<Clock, 'now'>
  engine: { changedElsewhere(): void }
  intake: Pick<IntakeClient, 'on' | 'refresh'>
  grouping: Pick<Grouping, 'on'>
  isPolling: boolean
}

/**
 * SQLite's data_version changes when another connection has written. That may be a thread of our own, which says that it stored; a
 * program beside us that wrote at the same time leaves a note (`writtenBeside`). At midnight the view Today loses articles.
 */
export function addDatabaseWatch(work: IdleWork, { db, clock, engine, intake, grouping, isPolling }: Watched): void {
  const readVersion = () => db.pragma('data_version', { simple: true })
  const readNote = () => readMeta(db, 'writtenBeside')
  let seenVersion = readVersion()
  let seenNote = readNote()
  let today = todayStart(clock.now())
  const noteOwnWrite = () => {
    seenVersion = readVersion()
  }
  intake.on('stored', noteOwnWrite)
  intake.on('feed-changed', noteOwnWrite)
  grouping.on('stored', noteOwnWrite)

  function look(): void {
    const wanted = takeWantedRefresh(db)
    if (wanted && isPolling) void intake.refresh(wanted).catch(() => {})
    const note = readNote()
    const day = todayStart(clock.now())
    if (readVersion() === seenVersion && note === seenNote && day === today) return
    today = day
    seenNote = note
    seenVersion = readVersion()
    engine.changedElsewhere()
  }
  work.add({
    name: 'looking for changes',
    firstAfter: lookEvery,
    repeatAfter: lookEvery,
    waitsForQuiet: false,
    run: look,
  })
}
