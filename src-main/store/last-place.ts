/** Where the reader was, one row of the program's own: neither journaled nor exported. */
import { isDeepStrictEqual } from 'node:util'
import { firstPlace, type LastPlace } from '../api/model.ts'
import { readMeta, writeMeta } from './db/meta.ts'
import { type ReadDb, unsynced, type WriteDb } from './db/open.ts'

export function readLastPlace(db: ReadDb): LastPlace {
  return readMeta(db, 'lastPlace') ?? firstPlace
}

/** Inside a caller's transaction it is as durable as that is. */
export function changeLastPlace(db: WriteDb, changes: Partial<LastPlace>): void {
  const before = readLastPlace(db)
  const after = { ...before, ...changes }
  if (!isDeepStrictEqual(before, after)) writeMeta(db, 'lastPlace', after)
}

/** In a transaction of its own, which survives a crash of the program; a power cut may take it. */
export function keepLastPlace(db: WriteDb, changes: Partial<LastPlace>): void {
  unsynced(db, () => changeLastPlace(db, changes))
}
