/** The keeper's tasks by name. Run in its thread, or in a test's own. */
import type { KeeperTasks } from './keeper-protocol.ts'
import { backupFile, listBackups, makeBackup, placeFor } from './keeping/backups.ts'
import { databaseFile } from './keeping/data-files.ts'
import { linesOf } from './keeping/journal.ts'
import { journalFolder, writeBase } from './keeping/journal-file.ts'
import { prepareRestore } from './keeping/restore.ts'
import { makeReport } from './report.ts'
import { damageOfFile } from './store/check.ts'
import { openForReading } from './store/read-only.ts'
import { readSettings } from './store/settings.ts'

export function createKeeperTasks({ dataDir }: { dataDir: string }): KeeperTasks {
  const file = databaseFile(dataDir)
  return {
    report: ({ backupFolder }) => makeReport({ file, dataDir, backupFolder }),
    backUp: request => makeBackup({ dataDir, file, ...request }),
    async backups({ wanted }) {
      const { folder, isFallback } = placeFor(dataDir, wanted)
      return { folder, isFallback, backups: listBackups(folder) }
    },
    async restore({ wanted, at, name }) {
      const backup = backupFile(dataDir, wanted, name)
      if (backup === null) return { kind: 'failed', failure: { reason: 'not-a-backup', detail: name } }
      return await prepareRestore({ dataDir, file: backup, wanted, at })
    },
    check: async () => damageOfFile(file, false),
    async writeJournalBase({ number, at }) {
      const db = openForReading(file)
      try {
        db.snapshot(() => writeBase(journalFolder(dataDir), number, linesOf(db, readSettings(db), at)))
      } finally {
        db.close()
      }
    },
  }
}
