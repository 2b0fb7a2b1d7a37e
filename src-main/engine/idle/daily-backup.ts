/** Sees to the backups: one a day, and what windows are told of them. */
import type { Backup, BackupFailure, BackupReason, Backups } from '../../api/storage-model.ts'
import { storageCode } from '../../lib/disk-fault.ts'
import type { Log } from '../../lib/log.ts'
import { day, hour, minute } from '../../lib/time.ts'
import type { MaintenanceTasks } from '../../maintenance/protocol.ts'
import type { Journal } from '../../safety/journal/journal.ts'
import type { Announcer } from '../context/announcer.ts'
import type { DiskHealth } from '../context/health.ts'

/** After a start: first the reader has the computer to themselves. */
const firstLook = 2 * minute
/** So long without a backup is worth a word. */
const longWithout = 3 * day

export type BackupJob = {
  backups(): Promise<Backups>
  backUp(reason: BackupReason): Promise<{ kind: 'made'; backup: Backup } | { kind: 'failed'; failure: BackupFailure }>
  /** Looks now and then whether a daily backup is due. */
  start(): void
  /** Makes the daily backup where one is due. */
  look(): Promise<void>
  close(): void
}

export type BackupJobParts = {
  maintenance: MaintenanceTasks
  announcer: Pick<Announcer, 'emit'>
  health: DiskHealth
  journal: Journal
  /** Begins a new file of the journal and answers its number. */
  beginJournal(): number
  /** The folder the user named; null for the one in the data folder. */
  wantedFolder(): string | null
  now(): number
  log: Log
}

export function createBackupJob(parts: BackupJobParts): BackupJob {
  const { maintenance, announcer, health, now, log } = parts
  let isRunning = false
  let lastFailure: Backups['lastFailure'] = null
  let timer: NodeJS.Timeout | undefined

  async function backups(): Promise<Backups> {
    return { ...(await maintenance.backups({ wanted: parts.wantedFolder() })), isRunning, lastFailure }
  }

  async function tell(): Promise<void> {
    announcer.emit('backups-changed', { backups: await backups() })
  }

  async function backUp(reason: BackupReason) {
    isRunning = true
    try {
      await tell()
      const made = await maintenance.backUp({ wanted: parts.wantedFolder(), at: now(), reason })
      lastFailure = made.kind === 'failed' ? { ...made.failure, at: now() } : null
      return made
    } finally {
      isRunning = false
      await tell()
    }
  }

  async function look(): Promise<void> {
    const known = (await backups()).backups
    // The user named another folder so that there is one in it.
    const newest = known.find(backup => backup.reason === 'daily' && !backup.isElsewhere)
    // A backup of tomorrow was made with a wrong clock.
    const isDue = !newest || now() - newest.at >= day || newest.at - now() > hour
    if (!isDue) return
    const made = await backUp('daily')
    if (made.kind === 'made') {
      health.backupFailed(null)
      await beginJournalAnew()
      return
    }
    log(`no backup could be made: ${made.failure.reason} ${made.failure.detail}`)
    if (!known[0] || now() - known[0].at > longWithout) health.backupFailed(made.failure)
  }

  /** The database has just been found sound and copied: the journal needs no more than what is so now. */
  async function beginJournalAnew(): Promise<void> {
    await maintenance.writeJournalBase({ number: parts.beginJournal(), at: now() })
    parts.journal.caughtUp()
  }

  async function lookAndGoOn(): Promise<void> {
    try {
      await look()
    } catch (error) {
      log(
        `looking after the backups failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      health.storageFailed(storageCode(error))
    }
    again(hour)
  }

  function again(delay: number): void {
    timer = setTimeout(() => void lookAndGoOn(), delay).unref()
  }

  return {
    backups,
    backUp,
    start: () => again(firstLook),
    look,
    close: () => clearTimeout(timer),
  }
}
