/** Backups, recovery and the room that is left. */
import type { Input, Output } from '../../api/contract.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import type { DiskHealth } from '../context/health.ts'
import type { BackupJob } from '../idle/daily-backup.ts'

/** `restart` ends this engine once the answer is out; the host starts another, and windows connect to that. */
export type KeepingParts = { backupJob: BackupJob; health: DiskHealth; restart(): void }

export function makeKeeping({ db, maintenance, now }: Context, { backupJob, health, restart }: KeepingParts) {
  return {
    health: (): Output<'health'> => health.current(),
    backups: (): Promise<Output<'backups'>> => backupJob.backups(),
    storageReport: (): Promise<Output<'storageReport'>> =>
      maintenance.report({ backupFolder: readSettings(db).backupFolder }),

    async backUpNow(): Promise<Output<'backUpNow'>> {
      const made = await backupJob.backUp('by-user')
      return made.kind === 'made' ? { kind: 'made', backup: made.backup } : { kind: 'failed', failure: made.failure }
    },

    async restoreBackup({ name }: Input<'restoreBackup'>): Promise<Output<'restoreBackup'>> {
      const ready = await maintenance.restore({ name, at: now(), wanted: readSettings(db).backupFolder })
      if (ready.kind === 'failed') return { kind: 'failed', failure: ready.failure }
      restart()
      return { kind: 'restoring' }
    },

    dismissRecovery(): Output<'dismissRecovery'> {
      health.recoveryRead()
      return {}
    },

    leaveSafeMode(): Output<'leaveSafeMode'> {
      if (health.current().isSafeMode) restart()
      return {}
    },
  }
}
