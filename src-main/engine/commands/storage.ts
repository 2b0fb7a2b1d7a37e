/** Backups, recovery and the room that is left. */
import type { Input, Output } from '../../api/contract.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import type { HealthKeeper } from '../context/health.ts'
import type { Caretaker } from '../idle/daily-backup.ts'

/** `restart` ends this engine once the answer is out; the host starts another, and windows connect to that. */
export type KeepingParts = { caretaker: Caretaker; health: HealthKeeper; restart(): void }

export function makeKeeping({ db, keeper, now }: Context, { caretaker, health, restart }: KeepingParts) {
  return {
    health: (): Output<'health'> => health.current(),
    backups: (): Promise<Output<'backups'>> => caretaker.backups(),
    storageReport: (): Promise<Output<'storageReport'>> =>
      keeper.report({ backupFolder: readSettings(db).backupFolder }),

    async backUpNow(): Promise<Output<'backUpNow'>> {
      const made = await caretaker.backUp('by-user')
      return made.kind === 'made' ? { kind: 'made', backup: made.backup } : { kind: 'failed', failure: made.failure }
    },

    async restoreBackup({ name }: Input<'restoreBackup'>): Promise<Output<'restoreBackup'>> {
      const ready = await keeper.restore({ name, at: now(), wanted: readSettings(db).backupFolder })
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
