/** Backups, recovery and the room that is left. */
import type { Input, Output } from '../api/contract.ts'
import type { Context } from './context.ts'
import { NotFound } from './not-found.ts'
import { readSettings } from './store/settings.ts'

export function makeKeeping({ db, keeper }: Context) {
  return {
    health(): Output<'health'> {
      return { storage: 'ok', isSafeMode: false, recovery: null, backupFailure: null }
    },
    backups(): Output<'backups'> {
      throw new NotFound('this comes with the next commit')
    },
    storageReport(): Promise<Output<'storageReport'>> {
      return keeper.report({ backupFolder: readSettings(db).backupFolder })
    },
    backUpNow(): Output<'backUpNow'> {
      throw new NotFound('this comes with the next commit')
    },
    restoreBackup(_: Input<'restoreBackup'>): Output<'restoreBackup'> {
      throw new NotFound('this comes with the next commit')
    },
    dismissRecovery(): Output<'dismissRecovery'> {
      return {}
    },
    leaveSafeMode(): Output<'leaveSafeMode'> {
      return {}
    },
  }
}
