/** The tasks of the maintenance thread. Run in its thread, or in a test's own. */
import { writeEverything } from '../archive/write.ts'
import { backupFile, listAllBackups, makeBackup, placeFor } from '../safety/backups/backups.ts'
import { prepareRestore } from '../safety/backups/restore.ts'
import { databaseFile } from '../safety/data-files.ts'
import { journalFolder, writeBase } from '../safety/journal/file.ts'
import { linesOf } from '../safety/journal/journal.ts'
import { expiredArticles } from '../store/articles/retention.ts'
import { expiredTombstones } from '../store/articles/tombstones.ts'
import { damageOfFile } from '../store/db/integrity.ts'
import { openForReading, type ReadingDb } from '../store/db/open.ts'
import { readSettings } from '../store/settings.ts'
import { makeReport } from './disk-report.ts'
import type { MaintenanceTasks } from './protocol.ts'

export function createMaintenanceTasks({ dataDir }: { dataDir: string }): MaintenanceTasks {
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
    report: ({ backupFolder }) => makeReport({ file, dataDir, backupFolder }),
    backUp: request => makeBackup({ dataDir, file, ...request }),
    async backups({ wanted }) {
      const { folder, isFallback } = placeFor(dataDir, wanted)
      return { folder, isFallback, backups: listAllBackups(dataDir, wanted) }
    },
    async restore({ wanted, at, name }) {
      const backup = backupFile(dataDir, wanted, name)
      if (backup === null) return { kind: 'failed', failure: { reason: 'not-a-backup', detail: name } }
      return await prepareRestore({ dataDir, file: backup, wanted, at })
    },
    check: async () => damageOfFile(file, false),
    writeJournalBase: ({ number, at }) =>
      reading(db => writeBase(journalFolder(dataDir), number, linesOf(db, readSettings(db), at))),
    writeEverything: input => reading(db => writeEverything(db, input)),
    countExpired: question =>
      reading(db => {
        const { read, unread } = expiredArticles(db, question)
        return read.length + unread.length
      }),
    planRetention: question =>
      reading(db => ({
        ...expiredArticles(db, question),
        tombstones: question.isClockTrusted ? expiredTombstones(db, question.now) : [],
      })),
  }
}
