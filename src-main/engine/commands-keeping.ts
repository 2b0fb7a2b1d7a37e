/** Backups, recovery and the room that is left. */
import type { Input, Output } from '../api/contract.ts'
import type { Context } from './context.ts'
import { NotFound } from './not-found.ts'

export function makeKeeping(_context: Context) {
  return {
    health(): Output<'health'> {
      return { storage: 'ok', isSafeMode: false, recovery: null, backupFailure: null }
    },
    backups(): Output<'backups'> {
      throw new NotFound('this comes with the next commit')
    },
    storageReport(): Output<'storageReport'> {
      throw new NotFound('this comes with the next commit')
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
