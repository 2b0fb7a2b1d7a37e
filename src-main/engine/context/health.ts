/** Whether what the user does can be kept: what windows say about it, and what is done about it. */
import type { BackupFailure, Health } from '../../api/storage-model.ts'
import { faultOfCode } from '../../lib/disk-fault.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { leastFree, type Reserve } from '../../safety/disk-reserve.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { Announcer } from './announcer.ts'

/** How often we look whether a disk is filling up, and whether a full one has room again (ms). */
const lookEvery = 30_000
const lookWhileFull = 2_000

export type DiskHealth = {
  current(): Health
  /** A write failed; `code` is SQLite's or the system's. True where trying once more may help: room was made. */
  storageFailed(code: string): boolean
  /** The same of the intake, whose news may be late: where there is room by now, it is none. */
  intakeFailed(code: string): void
  /**
   * The same of a call that changes nothing in the database. It writes no more than a file of its own, an export, which is
   * taken away where it found no room; whether the database may be written is for the next command to say.
   */
  queryFailed(code: string): void
  /** A write came through. */
  storageWorked(): void
  backupFailed(failure: BackupFailure | null): void
  recoveryRead(): void
  close(): void
}

export type HealthParts = {
  db: WriteDb
  reserve: Reserve
  isSafeMode: boolean
  announcer: Pick<Announcer, 'emit'>
  /** SQLite found the database damaged. */
  onDamage(code: string): void
  /** There is room again: what waited for it may go on. */
  onRoom(): void
  log: Log
}

export function createHealth(parts: HealthParts): DiskHealth {
  const { db, reserve, isSafeMode, announcer, log } = parts
  let storage: Health['storage'] = 'ok'
  let backupFailure: BackupFailure | null = null

  function current(): Health {
    return { storage, isSafeMode, recovery: readMeta(db, 'recovery'), backupFailure }
  }

  function set(next: Health['storage']): void {
    if (storage === next) return
    log(`storage is ${next}, was ${storage}`)
    const hasRoom = next === 'ok'
    storage = next
    clearInterval(timer)
    timer = lookOften(next === 'full' ? lookWhileFull : lookEvery)
    attempt(log, 'telling the health', () => announcer.emit('health-changed', { health: current() }))
    if (hasRoom) {
      attempt(log, 'holding room back', reserve.hold)
      parts.onRoom()
    }
  }

  function look(): void {
    const free = reserve.freeBytes()
    if (storage === 'full' && (free === null || free >= leastFree / 2)) set('ok')
    // Gigabytes come in one evening: better said before the last byte.
    else if (storage === 'ok' && free !== null && free < leastFree / 4) set('full')
  }

  function lookOften(every: number): NodeJS.Timeout {
    return setInterval(look, every).unref()
  }

  attempt(log, 'holding room back', reserve.hold)
  let timer = lookOften(lookEvery)

  function storageFailed(code: string): boolean {
    const fault = faultOfCode(code)
    if (fault === 'full') {
      const isFreed = reserve.giveUp()
      set('full')
      return isFreed
    }
    if (fault === 'read-only') set('read-only')
    if (fault === 'damaged') parts.onDamage(code)
    return false
  }

  function failedElsewhere(code: string): void {
    const free = reserve.freeBytes()
    const hasRoom = free !== null && free >= leastFree / 2
    if (faultOfCode(code) !== 'full' || !hasRoom) storageFailed(code)
  }

  return {
    current() {
      // Who asks is told what is so, not what was.
      if (storage === 'full') look()
      return current()
    },
    storageFailed,
    intakeFailed: failedElsewhere,
    queryFailed(code) {
      if (faultOfCode(code) !== 'read-only') failedElsewhere(code)
    },
    storageWorked() {
      if (storage === 'read-only') set('ok')
      else if (storage === 'full') look()
    },
    backupFailed(failure) {
      if (failure?.reason === backupFailure?.reason) return
      backupFailure = failure
      announcer.emit('health-changed', { health: current() })
    },
    recoveryRead() {
      writeMeta(db, 'recovery', null)
      announcer.emit('health-changed', { health: current() })
    },
    close: () => clearInterval(timer),
  }
}
