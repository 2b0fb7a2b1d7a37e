/** A command line beside an open window lets that one refresh: two that poll would ask every server twice. */
import type { Intake } from '../intake-protocol.ts'
import type { WriteDb } from '../store/database.ts'
import { readFact, writeFact } from '../store/facts.ts'

/** Leaves the wish in the database, where the other one finds it within two seconds. */
export function handOver(db: WriteDb): Intake['refresh'] {
  return async request => {
    writeFact(db, 'wantedRefresh', request)
    return { total: 0, recent: null, waiting: null, underWay: 0, isElsewhere: true }
  }
}

/** The wish, once. */
export function takeWantedRefresh(db: WriteDb): Parameters<Intake['refresh']>[0] | null {
  const wanted = readFact(db, 'wantedRefresh')
  if (wanted) writeFact(db, 'wantedRefresh', null)
  return wanted
}
