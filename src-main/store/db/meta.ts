/** What the program remembers of itself in the database: one JSON value per name. */
import { randomBytes } from 'node:crypto'
import type { DigestLetter, Outgoing } from '../../api/mail/outgoing.ts'
import type { LastPlace, PageKey } from '../../api/model.ts'
import type { EpisodeKey, PortableListening } from '../../api/reading/playback.ts'
import type { Backup, Recovery } from '../../api/storage-model.ts'
import type { ReadDb, WriteDb } from './open.ts'
import { getValue, run } from './prepared.ts'

/** A feed whose articles are being hidden or shown; those from `after` on, by date, are left. */
export type VisibilityChange = { feedId: number; after?: PageKey }

export type NoticeMemory = {
  /** It has been decided of articles up to this id. */
  upTo: number
  /** What no client has shown yet, and when it was decided (ms). */
  waiting: { id: number; at: number }[]
  /** What was taken to be shown last, so that no copy is told of, and what is read is withdrawn. */
  told: number[]
}

/** What is known of the last digest. Times in ms. */
export type DigestMemory = {
  /** Since when the reader wants them. */
  since: number
  /** The day that the last one was for ('2026-11-28'), and when it was made, or found to have nothing to say. */
  lastDay: string | null
  madeAt: number | null
  /** What came from then on has been in none. */
  toldUntil: number | null
}

/** Why a digest could not be written into the user's folder. */
export type DigestFileFailure = { reason: 'no-folder' | 'not-writable' | 'no-space' | 'failed'; detail: string }

/** The day of the digest that was written last into this folder, and why the next one could not be, as it was tried last. */
export type DigestFileMemory = {
  folder: string
  day: string | null
  failure: (DigestFileFailure & { at: number }) | null
}

export type Meta = {
  /** 32 hexadecimal digits, others after a restore: ids of articles mean something within one database only. */
  databaseId: string
  /** The version of the program that used this database last (safety/recovery/before-update.ts). */
  lastVersion: string
  /** Articles with ids below this are in today's form, others may not be; absent where all are (store/upgrade/upgrade.ts). */
  upgradedTo: number
  /** Where the reader was (store/last-place.ts). */
  lastPlace: LastPlace
  /** What is played, and then what is to be played next (store/articles/playback.ts). */
  playQueue: EpisodeKey[]
  /** Up to which article it was decided what the reader is told of, what waits to be shown, and what was (store/notices.ts). */
  notices: NoticeMemory
  /** Of the digests: since when they are wanted, and what the last one told (digest/due.ts). */
  digest: DigestMemory
  digestFile: DigestFileMemory
  /** Where mail is handed over (store/mail/outgoing.ts), and the digests that are sent so (store/digest/outbox.ts). */
  outgoing: Outgoing & { password: string }
  outbox: { databaseId: string; letters: DigestLetter[] }
  /** What was heard in another database, of articles that are not here yet. */
  listeningElsewhere: PortableListening
  /** Shown to the user until it is dismissed. */
  recovery: Recovery
  /** When the computer's clock was last looked at, and when a server last agreed with it (ms). */
  clockSeenAt: number
  clockConfirmedAt: number
  /** The journal lacks something that is here: it must be written anew, and not be replayed. */
  isJournalBehind: true
  /** Feeds whose articles are not all hidden or shown yet (store/feeds/visibility.ts); the first stores' name for it. */
  settling: VisibilityChange[]
  /** Feeds that are being deleted (store/articles/purge-feeds.ts), and the highest id of those that were. */
  leaving: number[]
  lastGoneFeed: number
  /** The highest id of the removed folders. It is not given again: an undo record must not meet another folder. */
  lastGoneFolder: number
  /** Of earlier versions: what they left to do, or had done, of bringUpToDate (safety/recovery). */
  reindexBelow: number
  nearAllowed: true
  /** `host:port` of pages in the reader's own network that they have saved (store/feeds/pages.ts). */
  privatePages: string[]
  /** No password of a proxy is stored in clear any more (store/feeds/proxy-address.ts). */
  proxiesSealed: true
  /** How many pages were asked for ahead of the reader on the day that began then (ms), and their bytes. */
  prefetched: { day: number; pages: number; bytes: number }
  /** No feed is polled between these times (ms), as the user said (store/polling-pause.ts). */
  pollingPause: { since: number; until: number }
  /** Which articles have been grouped into stories, and by which version of the method (store/stories/grouped.ts). */
  grouped: { version: number; upTo: number }
  /** Articles up to this id have a sketch of their text, where one is wanted (store/copies/sketches.ts). */
  sketchedUpTo: number
  /** The categories of articles with lower ids are not noted yet (store/search/recent-categories.ts); absent where all are. */
  categoriesNotedFrom: number
  /** A new random value after each program that wrote while a window was open. */
  writtenBeside: string
  /** What a command line wants the open window to refresh. */
  wantedRefresh: { feedIds: number[]; isForced: boolean; insistOn?: number[] }
  /** Only in a backup: why it was made, and what is in it. */
  backup: Omit<Backup, 'name' | 'bytes'>
}

/** On disk the table is called `facts` and the id `lineage`, so that backups of any age are read by one name. */
function storedName(name: keyof Meta): string {
  return name === 'databaseId' ? 'lineage' : name
}

export function readMeta<Name extends keyof Meta>(db: ReadDb, name: Name): Meta[Name] | null {
  const value = getValue<string>(db, 'SELECT value FROM facts WHERE name = ?', storedName(name))
  return value === null ? null : (JSON.parse(value) as Meta[Name])
}

/** Null deletes it. */
export function writeMeta<Name extends keyof Meta>(db: WriteDb, name: Name, value: Meta[Name] | null): void {
  const sql = 'INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
  if (value === null) run(db, 'DELETE FROM facts WHERE name = ?', storedName(name))
  else run(db, sql, storedName(name), JSON.stringify(value))
}

/** Makes this database another one than the one it was copied from. */
export function renewDatabaseId(db: WriteDb): void {
  writeMeta(db, 'databaseId', randomBytes(16).toString('hex'))
}
