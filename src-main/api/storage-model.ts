/** Retention, backups, recovery, disk health and disk usage. Plain JSON, as model.ts. */

import type { feedRetention, retention, Shaped } from './shapes.ts'

export type FeedRetention = Shaped<typeof feedRetention>
export type Retention = Shaped<typeof retention>

export type BackupReason = 'daily' | 'by-user' | 'before-update' | 'before-restore'

/** One verified copy of the database. */
export type Backup = {
  /** Its file's name in the backup folder. */
  name: string
  /** Milliseconds since 1970. */
  at: number
  bytes: number
  reason: BackupReason
  feeds: number
  articles: number
  saved: number
  /** It is in the data folder, while new backups go to another folder that the user named since. */
  isElsewhere?: true
}

/** Why a backup could not be made, or one could not be restored. */
export type BackupFailure = {
  reason:
    | 'no-space'
    /** The folder the user named does not exist (a drive that is not connected). */
    | 'no-folder'
    | 'not-writable'
    | 'not-a-backup'
    | 'damaged'
    /** Made by a newer Broadsheet. */
    | 'newer'
    /** It has a trigger or a view that Broadsheet never makes. */
    | 'foreign'
    /** Another program holds the folder's lock. */
    | 'in-use'
    | 'failed'
  detail: string
}

export type Backups = {
  /** Where backups are made, as a path. */
  folder: string
  /** The user's own folder does not exist, so that they are made in the data folder. */
  isFallback: boolean
  isRunning: boolean
  /** Newest first. */
  backups: Backup[]
  lastFailure: (BackupFailure & { at: number }) | null
}

/** What was done about a damaged or lost database; shown until the user dismisses it. */
export type Recovery = {
  at: number
  /** 'foreign': something other than Broadsheet changed its schema. */
  cause: 'damaged' | 'missing' | 'foreign'
  /** The backup that filled what could not be read; null where there was none. */
  backupAt: number | null
  /** What the database has now. */
  feeds: number
  articles: number
  saved: number
  /** So many of these came from the journal. */
  fromJournal: number
  /** Where the damaged file was put; null where there was none. */
  keptAt: string | null
}

/** What a window shows above everything else where something is wrong. */
export type Health = {
  /** 'full' and 'read-only': reading works, changes are refused. */
  storage: 'ok' | 'full' | 'read-only'
  /** Broadsheet crashed several times as it started: nothing is polled, the last article is not reopened. */
  isSafeMode: boolean
  recovery: Recovery | null
  /** The last backup failed, and none has succeeded for some days. */
  backupFailure: BackupFailure | null
}

export type StoragePart = {
  kind: 'texts' | 'full-texts' | 'lists' | 'search' | 'identities' | 'icons' | 'earlier-versions' | 'free' | 'other'
  bytes: number
}
export type DiskUsage = {
  databaseBytes: number
  parts: StoragePart[]
  /** What saved articles take: their texts, the pictures kept for them beside the database, and pages saved by address. */
  kept: { textBytes: number; pictureBytes: number; pictures: number; pageBytes: number; pages: number }
  /** The cache of pictures. */
  mediaBytes: number
  backupBytes: number
  journalBytes: number
  /** Free on the disk; null where the system doesn't say. */
  freeBytes: number | null
  articles: number
  saved: number
  unread: number
  /** Largest first, at most 20. */
  feeds: { feedId: number; title: string; articles: number; bytes: number }[]
}
