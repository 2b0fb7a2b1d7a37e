/** The tasks of the maintenance thread: what reads much of the database, or writes big files. A test runs them in its own. */
import { join } from 'node:path'
import type { BackupReason } from '../api/storage-model.ts'
import { writeEverything } from '../archive/write.ts'
import type { WriteArticle, WriteBook } from '../archive/write-articles.ts'
import type { WriteDigest } from '../archive/write-digest.ts'
import { composeDigest, type DigestRequest } from '../digest/compose.ts'
import { backupFile, listAllBackups, makeBackup, placeFor } from '../safety/backups/backups.ts'
import { prepareRestore, type Restored } from '../safety/backups/restore.ts'
import { databaseFile } from '../safety/data-files.ts'
import { journalFolder, writeBase } from '../safety/journal/file.ts'
import { linesOf } from '../safety/journal/journal.ts'
import { expiredArticles, type RetentionQuestion } from '../store/articles/retention.ts'
import { expiredTombstones } from '../store/articles/tombstones.ts'
import { damageOfFile } from '../store/db/integrity.ts'
import { openForReading, type ReadingDb } from '../store/db/open.ts'
import { readSettings } from '../store/settings.ts'
import { measureDiskUsage } from './disk-usage.ts'

export type MaintenanceTasks = ReturnType<typeof createMaintenanceTasks>

/** The user's own folder for backups; null for the one in the data folder. */
type Wanted = { wanted: string | null }
/** In ms. */
type At = { at: number }

/** Each task opens and closes a connection of its own. */
export function createMaintenanceTasks({ dataDir }: { dataDir: string }) {
  const file = databaseFile(dataDir)

  async function reading<Result>(read: (db: ReadingDb) => Result): Promise<Result> {
    const db = openForReading(file)
    try {
      return db.transaction(() => read(db))()
    } finally {
      db.close()
    }
  }

  return {
    diskUsage: ({ backupFolder }: { backupFolder: string | null }) => measureDiskUsage({ file, dataDir, backupFolder }),
    /** Makes a verified copy of the database. */
    backUp: (request: Wanted & At & { reason: BackupReason }) => makeBackup({ dataDir, file, ...request }),
    /** The backups, newest first, and the folder of the next one. */
    backups: async ({ wanted }: Wanted) => ({
      ...placeFor(dataDir, wanted),
      backups: listAllBackups(dataDir, wanted),
    }),
    /** Prepares a backup to replace the database at the next start. `name` as in `backups`. */
    async restore({ wanted, at, name }: Wanted & At & { name: string }): Promise<Restored> {
      const backup = backupFile(dataDir, wanted, name)
      if (backup === null) return { kind: 'failed', failure: { reason: 'not-a-backup', detail: name } }
      return await prepareRestore({ dataDir, file: backup, wanted, at })
    },
    /** What is damaged in the database, in SQLite's words; null for a sound one. */
    check: async () => damageOfFile(file, false),
    /** Writes the base of the journal's file `number`. */
    writeJournalBase: ({ number, at }: At & { number: number }) =>
      reading(db => writeBase(journalFolder(dataDir), number, linesOf(db, readSettings(db), at))),
    /** Exports everything into a ZIP file; answers its size in bytes. */
    writeEverything: (input: At & { file: string }) =>
      reading(db => writeEverything(db, { ...input, pictures: join(dataDir, 'pictures') })),
    /** Writes an article into a file; answers its size in bytes. */
    async writeArticle(input: WriteArticle) {
      const { writeArticle } = await import('../archive/write-articles.ts')
      return writeArticle(input)
    },
    /** Writes articles into one EPUB; answers its size in bytes. */
    async writeBook(input: WriteBook) {
      const { writeBook } = await import('../archive/write-articles.ts')
      return writeBook(input)
    },
    /** What a digest of this time has. */
    composeDigest: (request: DigestRequest) => reading(db => composeDigest(db, request)),
    /** Writes a digest into a folder of the user's; answers why it could not. */
    async writeDigest(input: WriteDigest) {
      const { writeDigestFiles } = await import('../archive/write-digest.ts')
      return writeDigestFiles(input)
    },
    /** How many articles these rules would delete. */
    countExpired: (question: RetentionQuestion) =>
      reading(db => {
        const { read, unread } = expiredArticles(db, question)
        return read.length + unread.length
      }),
    /** Which articles are to be deleted, and the ids of the tombstones that are no longer needed. */
    planRetention: (question: RetentionQuestion) =>
      reading(db => ({
        ...expiredArticles(db, question),
        tombstones: question.isClockTrusted ? expiredTombstones(db, question.now) : [],
      })),
  }
}
