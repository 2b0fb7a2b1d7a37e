/** The notices for the state of disk and database, the gravest first. */
import type { BackupFailure, Health, Recovery } from '../../src-main/api/storage-model.ts'

export type Notice =
  | { kind: 'storage'; storage: Exclude<Health['storage'], 'ok'> }
  | { kind: 'safe-mode' }
  | { kind: 'recovery'; recovery: Recovery }
  | { kind: 'backup'; failure: BackupFailure }

export function noticesOf({ storage, isSafeMode, recovery, backupFailure }: Health): Notice[] {
  return [
    ...(storage === 'ok' ? [] : [{ kind: 'storage' as const, storage }]),
    ...(isSafeMode ? [{ kind: 'safe-mode' as const }] : []),
    ...(recovery ? [{ kind: 'recovery' as const, recovery }] : []),
    ...(backupFailure ? [{ kind: 'backup' as const, failure: backupFailure }] : []),
  ]
}
