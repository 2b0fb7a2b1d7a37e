/** What the maintenance thread can be asked: what reads much of the database, or writes big files. Plain data over its port. */
import type { Backup, BackupReason, StorageReport } from '../api/storage-model.ts'
import type { BackupMade } from '../safety/backups/backups.ts'
import type { Restored } from '../safety/backups/restore.ts'
import type { Doomed, RetentionQuestion } from '../store/articles/retention.ts'

export type RetentionPlan = Doomed & { forgettable: number[] }

/** Each works on a connection of its own, opened for it and closed after it. One at a time, in the order asked. */
export type MaintenanceTasks = {
  /** What fills the disk. `backupFolder` is the user's own; null for the one in the data folder. */
  report(input: { backupFolder: string | null }): Promise<StorageReport>
  /** Makes a verified copy of the database. */
  backUp(input: { wanted: string | null; at: number; reason: BackupReason }): Promise<BackupMade>
  /** The copies there are, newest first, and where the next will be made. */
  backups(input: { wanted: string | null }): Promise<{ folder: string; isFallback: boolean; backups: Backup[] }>
  /** Makes a backup ready to take the database's place at the next start. `name` is of one in the list. */
  restore(input: { wanted: string | null; at: number; name: string }): Promise<Restored>
  /** What is damaged in the database, in SQLite's words; null for a sound one. */
  check(input: Record<string, never>): Promise<string | null>
  /** Writes the base of the journal's file `number`. */
  writeJournalBase(input: { number: number; at: number }): Promise<void>
  /** Writes everything into a ZIP file; its size in bytes. `at` in ms. */
  writeEverything(input: { file: string; at: number }): Promise<number>
  /** How many articles would go. */
  countDoomed(question: RetentionQuestion): Promise<number>
  /** Which articles go, and which deleted ones need not be remembered any more. */
  planRetention(question: RetentionQuestion): Promise<RetentionPlan>
}

export type MaintenanceTask = keyof MaintenanceTasks
export type MaintenanceInput<T extends MaintenanceTask> = Parameters<MaintenanceTasks[T]>[0]
export type MaintenanceOutput<T extends MaintenanceTask> = Awaited<ReturnType<MaintenanceTasks[T]>>

/** What the thread is started with. */
export type MaintenanceStart = { dataDir: string }
/** `code` is SQLite's or the system's for a disk that is full or failed, else empty. */
export type MaintenanceRequest = { id: number; task: MaintenanceTask; input: unknown }
export type MaintenanceReply = { id: number; output: unknown } | { id: number; error: string; code: string }
