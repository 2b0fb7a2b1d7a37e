/** What the keeper thread can be asked: what reads much of the database, or writes big files. Plain data over its port. */
import type { StorageReport } from '../api/keeping.ts'

/** Each works on a connection of its own, opened for it and closed after it. One at a time, in the order asked. */
export type KeeperTasks = {
  /** What fills the disk. `backupFolder` is the user's own; null for the one in the data folder. */
  report(input: { backupFolder: string | null }): Promise<StorageReport>
}

export type KeeperTask = keyof KeeperTasks
export type KeeperInput<T extends KeeperTask> = Parameters<KeeperTasks[T]>[0]
export type KeeperOutput<T extends KeeperTask> = Awaited<ReturnType<KeeperTasks[T]>>

/** What the thread is started with. */
export type KeeperStart = { dataDir: string }
/** `code` is SQLite's or the system's for a disk that is full or failed, else empty. */
export type KeeperRequest = { id: number; task: KeeperTask; input: unknown }
export type KeeperReply = { id: number; output: unknown } | { id: number; error: string; code: string }
