/** The notices for the state of disk and database and of polling, the gravest first. */
import type { BackupFailure, Health, Recovery } from '../../src-main/api/storage-model.ts'

export type Notice =
  | { kind: 'storage'; storage: Exclude<Health['storage'], 'ok'> }
  | { kind: 'safe-mode' }
  | { kind: 'recovery'; recovery: Recovery }
  | { kind: 'backup'; failure: BackupFailure }
  | { kind: 'polling-paused'; until: number }
  | { kind: 'offline' }

/** Of polling: the user has paused it (ms), and nobody answers. In safe mode none is polled anyway. */
export function noticesOf(
  { storage, isSafeMode, recovery, backupFailure }: Health,
  { pausedUntil, isOffline }: { pausedUntil: number | null; isOffline: boolean },
): Notice[] {
  const isPaused = pausedUntil !== null
  return [
    ...(storage === 'ok' ? [] : [{ kind: 'storage' as const, storage }]),
    ...(isSafeMode ? [{ kind: 'safe-mode' as const }] : []),
    ...(recovery ? [{ kind: 'recovery' as const, recovery }] : []),
    ...(backupFailure ? [{ kind: 'backup' as const, failure: backupFailure }] : []),
    ...(isPaused && !isSafeMode ? [{ kind: 'polling-paused' as const, until: pausedUntil }] : []),
    // While paused nobody is asked, so that nobody knows.
    ...(isOffline && !isPaused && !isSafeMode ? [{ kind: 'offline' as const }] : []),
  ]
}
