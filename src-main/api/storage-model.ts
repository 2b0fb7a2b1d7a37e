/** How what the user has is kept: backups, recovery, retention, room on the disk. Plain JSON, as model.ts. */

/** How long articles are kept. Null: no limit. What is saved is never deleted. */
export type FeedRetention = {
  /** Days since an article came. */
  days: number | null
  /** The newest so many of each feed. */
  perFeed: number | null
  /** Articles that were never read may go, too. */
  includesUnread: boolean
}
export type Retention = FeedRetention & {
  /** The oldest go when the database is larger than this. */
  megabytes: number | null
}

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
  /** It is in the data folder, while backups are made in another that the user named since. */
  isElsewhere?: true
}

/** Why a backup could not be made, or one could not be restored. */
export type BackupFailure = {
  reason:
    | 'no-space'
    /** The folder the user named is not there (a drive that is not connected). */
    | 'no-folder'
    | 'not-writable'
    | 'not-a-backup'
    | 'damaged'
    /** Made by a newer Broadsheet. */
    | 'newer'
    /** Something is in it that Broadsheet never puts into a database: a trigger, a view. */
    | 'foreign'
    /** Another program works on the same data folder. */
    | 'in-use'
    | 'failed'
  detail: string
}

export type Backups = {
  /** Where backups are made, as a path. */
  folder: string
  /** The user's own folder could not be used the last time, so that they are made in the data folder. */
  isFallback: boolean
  isRunning: boolean
  /** Newest first. */
  backups: Backup[]
  lastFailure: (BackupFailure & { at: number }) | null
}

/** What was done about a damaged or lost database, told once. */
export type Recovery = {
  at: number
  /** What happened to the database: damaged, not there any more, or changed by something else than Broadsheet. */
  cause: 'damaged' | 'missing' | 'foreign'
  /** The backup that filled what could not be read; null where there was none. */
  backupAt: number | null
  /** What is there now. */
  feeds: number
  articles: number
  saved: number
  /** What the journal of the user's own actions brought back beyond that. */
  fromJournal: number
  /** Where the damaged file was put; null where there was none. */
  keptAt: string | null
}

/** What a window should say above everything else; all is well when each says so. */
export type Health = {
  /** 'full' and 'read-only': reading works, changes are refused. */
  storage: 'ok' | 'full' | 'read-only'
  /** Broadsheet ended unexpectedly several times as it started: nothing is polled, the last article is not reopened. */
  isSafeMode: boolean
  recovery: Recovery | null
  /** The last backup failed, and none has succeeded for some days. */
  backupFailure: BackupFailure | null
}

export type StoragePart = {
  kind: 'texts' | 'lists' | 'search' | 'identities' | 'icons' | 'earlier-versions' | 'free' | 'other'
  bytes: number
}
export type StorageReport = {
  databaseBytes: number
  parts: StoragePart[]
  /** Pictures kept on the disk. */
  mediaBytes: number
  backupBytes: number
  journalBytes: number
  /** Left on the disk; null where the system doesn't say. */
  freeBytes: number | null
  articles: number
  saved: number
  unread: number
  /** Largest first, at most 20. */
  feeds: { feedId: number; title: string; articles: number; bytes: number }[]
}
