/** Where mail is handed over, as it is stored. The password is sealed, in hex; empty where none is wanted. */
import type { Outgoing } from '../../api/mail/outgoing.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'

export type StoredOutgoing = Outgoing & { password: string }

/** Null where no mail is to be sent. */
export function readOutgoing(db: ReadDb): StoredOutgoing | null {
  return readMeta(db, 'outgoing')
}

export function writeOutgoing(db: WriteDb, outgoing: StoredOutgoing | null): void {
  writeMeta(db, 'outgoing', outgoing)
}
