/**
 * What a command line beside an open window tells that window's engine, through the database. It hands its refresh over: two
 * that poll would ask every server twice. And it says that it wrote: SQLite alone cannot tell its writes from the intake's.
 */
import { randomUUID } from 'node:crypto'
import { readMeta, writeMeta } from '../store/db/meta.ts'
import type { WriteDb } from '../store/db/open.ts'
import type { Intake } from './protocol.ts'

/** Leaves the request in the database, where the other engine finds it within two seconds. */
export function handOver(db: WriteDb): Intake['refresh'] {
  return async request => {
    writeMeta(db, 'wantedRefresh', request)
    return { total: 0, recent: null, waiting: null, underWay: 0, isElsewhere: true }
  }
}

/** The answer is to be called at the end of a program beside the window: it says whether anything was written since. */
export function noteWrites(db: WriteDb): () => void {
  // By this connection, or by its intake's.
  const written = () => [
    db.prepare('SELECT total_changes()').pluck().get(),
    db.pragma('data_version', { simple: true }),
  ]
  const before = written().join()
  return () => {
    if (written().join() !== before) writeMeta(db, 'writtenBeside', randomUUID())
  }
}

/** A request that was left, once. */
export function takeWantedRefresh(db: WriteDb): Parameters<Intake['refresh']>[0] | null {
  const wanted = readMeta(db, 'wantedRefresh')
  if (wanted) writeMeta(db, 'wantedRefresh', null)
  return wanted
}
