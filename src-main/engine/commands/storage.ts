/** Backups, recovery and what fills the disk. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { readSettings } from '../../store/settings.ts'
import type { BackupList } from '../context/backup-list.ts'
import type { Context } from '../context/context.ts'
import type { DiskHealth } from '../context/health.ts'

/** `restart` ends this engine once the answer is out; the host starts another, and windows connect to that. */
export type StorageParts = { backupList: BackupList; health: DiskHealth; restart(): void }

export function makeStorageCommands({ db, maintenance, now }: Context, { backupList, health, restart }: StorageParts) {
  return {
    health: (): Output<'health'> => health.current(),
    backups: (): Promise<Output<'backups'>> => backupList.read(),
    diskUsage: (): Promise<Output<'diskUsage'>> =>
      maintenance.diskUsage({ backupFolder: readSettings(db).backupFolder }),

    async backUpNow(): Promise<Output<'backUpNow'>> {
      const made = await backupList.make('by-user')
      return made.kind === 'made' ? { kind: 'made', backup: made.backup } : made
    },

    async restoreBackup({ name }: Input<'restoreBackup'>): Promise<Output<'restoreBackup'>> {
      const ready = await maintenance.restore({ name, at: now(), wanted: readSettings(db).backupFolder })
      if (ready.kind === 'failed') return ready
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
