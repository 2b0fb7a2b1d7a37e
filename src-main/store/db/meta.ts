/** What the program remembers of itself: one JSON value per name. */
import type { PageKey } from '../../api/model.ts'
import type { Backup, Recovery } from '../../api/storage-model.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { prepared } from './prepared.ts'

/** Where a feed's hiding has come to: articles from `after` on, by date. */
export type Settling = { feedId: number; after?: PageKey }

/** The volume that is being made anew; its articles up to `after`, by id, are done. */
export type IndexUpgrade = { table: string; last: number; after: number }

export type Facts = {
  /** Which database this is: another one after a restore, so that ids of the two are not mixed up. */
  lineage: string
  /** Told to the user until it is dismissed. */
  recovery: Recovery
  /** When the computer's clock was last looked at, and when a server last agreed with it (ms). */
  clockSeenAt: number
  clockConfirmedAt: number
  /** Articles below this id are still to be put into the text index anew; absent when none are. */
  reindexBelow: number
  /** A volume of the text index that is being made anew (store/articles/index-upgrade.ts). */
  indexUpgrade: IndexUpgrade
  /** The journal lacks something that is here: it is to be begun anew, and not to be followed. */
  isJournalBehind: true
  /** Feeds whose articles are not all hidden or shown yet (store/feeds/visibility.ts). */
  settling: Settling[]
  /** Feeds that go with all that came with them (leaving.ts), and the highest id of those that are gone. */
  leaving: number[]
  lastGoneFeed: number
  /** The highest id of folders that were removed: what takes back something done to one must not meet another. */
  lastGoneFolder: number
  /** Feeds of the own network that were read before there was a permission for it have one (engine/commands/near.ts). */
  nearAllowed: true
  /** No proxy's password is kept as it was typed any more (store/feeds/proxy-address.ts). */
  proxiesSealed: true
  /** Another one after each program that wrote beside an open window. */
  writtenBeside: string
  /** What a command line wants the open window to refresh. */
  wantedRefresh: { feedIds: number[]; isForced: boolean; insistOn?: number[] }
  /** In a copy only: what it was made for, and what is in it. */
  backup: Omit<Backup, 'name' | 'bytes'>
}

export function readFact<Name extends keyof Facts>(db: ReadDb, name: Name): Facts[Name] | null {
  const value = prepared<[string], string>(db, 'SELECT value FROM facts WHERE name = ?').pluck().get(name)
  return value === undefined ? null : (JSON.parse(value) as Facts[Name])
}

/** Null forgets it. */
export function writeFact<Name extends keyof Facts>(db: WriteDb, name: Name, value: Facts[Name] | null): void {
  if (value === null) prepared(db, 'DELETE FROM facts WHERE name = ?').run(name)
  else {
    prepared(db, 'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value').run(
      name,
      JSON.stringify(value),
    )
  }
}

/** Marks this database as another one than the one it was copied from. */
export function beginLineage(db: WriteDb): void {
  prepared(
    db,
    `INSERT INTO facts (name, value) VALUES ('lineage', json_quote(lower(hex(randomblob(16)))))
     ON CONFLICT DO UPDATE SET value = excluded.value`,
  ).run()
}
