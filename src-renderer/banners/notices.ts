/** The notices for the state of disk and database and of polling, the gravest first. */
import type { BackupFailure, Health, Recovery } from '../../src-main/api/storage-model.ts'

export type Notice =
  | { kind: 'storage'; storage: Exclude<Health['storage'], 'ok'> }
  | { kind: 'safe-mode' }
  | { kind: 'recovery'; recovery: Recovery }
  | { kind: 'backup'; failure: BackupFailure }
  | { kind: 'polling-paused'; until: number }

/** `pausedUntil`: the user has paused all polls (ms). In safe mode none is polled anyway. */
export function noticesOf(
  { storage, isSafeMode, recovery, backupFailure }: Health,
  pausedUntil: number | null,
): Notice[] {
  return [
    ...(storage === 'ok' ? [] : [{ kind: 'storage' as const, storage }]),
    ...(isSafeMode ? [{ kind: 'safe-mode' as const }] : []),
    ...(recovery ? [{ kind: 'recovery' as const, recovery }] : []),
    ...(backupFailure ? [{ kind: 'backup' as const, failure: backupFailure }] : []),
    ...(pausedUntil !== null && !isSafeMode ? [{ kind: 'polling-paused' as const, until: pausedUntil }] : []),
  ]
}
