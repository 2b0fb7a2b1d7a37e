/** The keeper's tasks by name. Run in its thread, or in a test's own. */
import { writeEverything } from './everything-write.ts'
import type { KeeperTasks } from './keeper-protocol.ts'
import { backupFile, listAllBackups, makeBackup, placeFor } from './keeping/backups.ts'
import { databaseFile } from './keeping/data-files.ts'
import { linesOf } from './keeping/journal.ts'
import { journalFolder, writeBase } from './keeping/journal-file.ts'
import { prepareRestore } from './keeping/restore.ts'
import { makeReport } from './report.ts'
import { damageOfFile } from './store/check.ts'
import { openForReading, type ReadingDb } from './store/read-only.ts'
import { doomedArticles } from './store/retention.ts'
import { readSettings } from './store/settings.ts'
import { forgettable } from './store/tombstones.ts'

export function createKeeperTasks({ dataDir }: { dataDir: string }): KeeperTasks {
  const file = databaseFile(dataDir)

  async function reading<Result>(read: (db: ReadingDb) => Result): Promise<Result> {
    const db = openForReading(file)
    try {
      return db.snapshot(() => read(db))
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
    countDoomed: question =>
      reading(db => {
        const { read, unread } = doomedArticles(db, question)
        return read.length + unread.length
      }),
    planRetention: question =>
      reading(db => ({
        ...doomedArticles(db, question),
        forgettable: question.isClockTrusted ? forgettable(db, question.now) : [],
      })),
  }
}
