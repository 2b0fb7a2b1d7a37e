/** The backups as windows list them, with the one that is being made. */
import type { BackupReason, Backups } from '../../api/storage-model.ts'
import type { MaintenanceTasks } from '../../maintenance/tasks.ts'
import type { BackupMade } from '../../safety/backups/backups.ts'
import type { Announcer } from './announcer.ts'

export type BackupList = {
  read(): Promise<Backups>
  /** Makes one now; windows hear that it began, and what came of it. */
  make(reason: BackupReason): Promise<BackupMade>
}

export type BackupListParts = {
  maintenance: Pick<MaintenanceTasks, 'backups' | 'backUp'>
  announcer: Pick<Announcer, 'emit'>
  /** The folder the user named; null for the one in the data folder. */
  wantedFolder(): string | null
  now(): number
}

export function createBackupList({ maintenance, announcer, wantedFolder, now }: BackupListParts): BackupList {
  let isRunning = false
  let lastFailure: Backups['lastFailure'] = null

  async function read(): Promise<Backups> {
    return { ...(await maintenance.backups({ wanted: wantedFolder() })), isRunning, lastFailure }
  }

  async function announce(): Promise<void> {
    announcer.emit('backups-changed', { backups: await read() })
  }

  return {
    read,
    async make(reason) {
      isRunning = true
      try {
        await announce()
        const made = await maintenance.backUp({ wanted: wantedFolder(), at: now(), reason })
        lastFailure = made.kind === 'failed' ? { ...made.failure, at: now() } : null
        return made
      } finally {
        isRunning = false
        await announce()
      }
    },
  }
}
