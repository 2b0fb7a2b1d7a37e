/** The notices for the state of disk and database and of polling, the gravest first. */
import type { Network } from '../../src-main/api/model.ts'
import type { BackupFailure, Health, Recovery } from '../../src-main/api/storage-model.ts'

export type Notice =
  | { kind: 'storage'; storage: Exclude<Health['storage'], 'ok'> }
  | { kind: 'safe-mode' }
  | { kind: 'recovery'; recovery: Recovery }
  | { kind: 'backup'; failure: BackupFailure }
  | { kind: 'polling-paused'; until: number }
  | { kind: 'offline' }
  | { kind: 'sign-in' }

/** Of polling: the user has paused it (ms), and no server answers. In safe mode none is polled anyway. */
export function noticesOf(
  { storage, isSafeMode, recovery, backupFailure }: Health,
  { pausedUntil, network }: { pausedUntil: number | null; network: Network },
): Notice[] {
  const isPaused = pausedUntil !== null
  return [
    ...(storage === 'ok' ? [] : [{ kind: 'storage' as const, storage }]),
    ...(isSafeMode ? [{ kind: 'safe-mode' as const }] : []),
    ...(recovery ? [{ kind: 'recovery' as const, recovery }] : []),
    ...(backupFailure ? [{ kind: 'backup' as const, failure: backupFailure }] : []),
    ...(isPaused && !isSafeMode ? [{ kind: 'polling-paused' as const, until: pausedUntil }] : []),
    // While paused nobody is asked, so that nobody knows.
    ...(network !== 'online' && !isPaused && !isSafeMode ? [{ kind: network }] : []),
  ]
}
