/**
 * What a command line beside an open window tells it. It lets that one refresh: two that poll would ask every server twice. And
 * it says that it wrote: SQLite alone cannot tell that from what the window's own intake writes.
 */
import { randomUUID } from 'node:crypto'
import { readFact, writeFact } from '../store/db/meta.ts'
import type { WriteDb } from '../store/db/open.ts'
import type { Intake } from './protocol.ts'

/** Leaves the wish in the database, where the other one finds it within two seconds. */
export function handOver(db: WriteDb): Intake['refresh'] {
  return async request => {
    writeFact(db, 'wantedRefresh', request)
    return { total: 0, recent: null, waiting: null, underWay: 0, isElsewhere: true }
  }
}

/** For the end of a program beside the window: says that it wrote, where it did since this was called. */
export function noteWrites(db: WriteDb): () => void {
  // By this connection, or by its intake's.
  const written = () => [
    db.prepare('SELECT total_changes()').pluck().get(),
    db.pragma('data_version', { simple: true }),
  ]
  const before = written().join()
  return () => {
    if (written().join() !== before) writeFact(db, 'writtenBeside', randomUUID())
  }
}

/** The wish, once. */
export function takeWantedRefresh(db: WriteDb): Parameters<Intake['refresh']>[0] | null {
  const wanted = readFact(db, 'wantedRefresh')
  if (wanted) writeFact(db, 'wantedRefresh', null)
  return wanted
}
