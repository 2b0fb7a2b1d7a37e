/** The calls of the maintenance thread: what reads much of the database, or writes big files. */
import type { Backup, BackupReason, StorageReport } from '../api/storage-model.ts'
import type { BackupMade } from '../safety/backups/backups.ts'
import type { Restored } from '../safety/backups/restore.ts'
import type { Expired, RetentionQuestion } from '../store/articles/retention.ts'

/** `tombstones`: ids of deleted articles that need not be remembered any more. */
export type RetentionPlan = Expired & { tombstones: number[] }

/** Each opens and closes a connection of its own. They run one at a time, in the order of the calls. */
export type MaintenanceTasks = {
  /** Disk usage. `backupFolder` is the user's own; null for the one in the data folder. */
  report(input: { backupFolder: string | null }): Promise<StorageReport>
  /** Makes a verified copy of the database. */
  backUp(input: { wanted: string | null; at: number; reason: BackupReason }): Promise<BackupMade>
  /** The backups, newest first, and the folder of the next one. */
  backups(input: { wanted: string | null }): Promise<{ folder: string; isFallback: boolean; backups: Backup[] }>
  /** Prepares a backup to replace the database at the next start. `name` as in `backups`. */
  restore(input: { wanted: string | null; at: number; name: string }): Promise<Restored>
  /** What is damaged in the database, in SQLite's words; null for a sound one. */
  check(input: Record<string, never>): Promise<string | null>
  /** Writes the base of the journal's file `number`. */
  writeJournalBase(input: { number: number; at: number }): Promise<void>
  /** Exports everything into a ZIP file; answers its size in bytes. `at` in ms. */
  writeEverything(input: { file: string; at: number }): Promise<number>
  /** How many articles these rules would delete. */
  countExpired(question: RetentionQuestion): Promise<number>
  /** Which articles are to be deleted, and which tombstones are no longer needed. */
  planRetention(question: RetentionQuestion): Promise<RetentionPlan>
}

/** What the thread is started with. */
export type MaintenanceStart = { dataDir: string }
