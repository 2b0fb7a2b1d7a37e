/** Makes a backup each day, and begins the journal anew with it. */
import { storageCode } from '../../lib/disk-fault.ts'
import type { Log } from '../../lib/log.ts'
import { day, hour } from '../../lib/time.ts'
import type { BackupList } from '../context/backup-list.ts'
import type { DiskHealth } from '../context/health.ts'

/** After so long without any backup, windows say that one failed. */
const longWithout = 3 * day

export type DailyBackupParts = {
  backupList: BackupList
  health: Pick<DiskHealth, 'backupFailed' | 'storageFailed'>
  beginJournalAnew(): Promise<void>
  now(): number
  log: Log
}

/** The answer makes the daily backup where one is due. It throws what reading the backups does. */
export function createDailyBackup(parts: DailyBackupParts): () => Promise<void> {
  const { backupList, health, now, log } = parts

  async function makeWhereDue(): Promise<void> {
    const { backups } = await backupList.read()
    // One in the data folder does not count where the user named another folder since.
    const newest = backups.find(backup => backup.reason === 'daily' && !backup.isElsewhere)
    // A backup of tomorrow was made with a wrong clock.
    const isDue = !newest || now() - newest.at >= day || newest.at - now() > hour
    if (!isDue) return
    const made = await backupList.make('daily')
    if (made.kind === 'made') {
      health.backupFailed(null)
      // The database has just been checked and copied: the journal needs no more than its present state.
      await parts.beginJournalAnew()
      return
    }
    log(`no backup could be made: ${made.failure.reason} ${made.failure.detail}`)
    if (!backups[0] || now() - backups[0].at > longWithout) health.backupFailed(made.failure)
  }

  return async () => {
    try {
      await makeWhereDue()
    } catch (error) {
      health.storageFailed(storageCode(error))
      throw error
    }
  }
}
