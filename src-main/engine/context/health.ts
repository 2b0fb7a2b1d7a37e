/** Whether the disk takes what the user does: what windows say of it, and what is done about it. */
import type { BackupFailure, Health } from '../../api/storage-model.ts'
import { faultOfCode } from '../../lib/disk-fault.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { leastFree, type Reserve } from '../../safety/disk-reserve.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { Announcer } from './announcer.ts'

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

export class DiskHealth {
  readonly #parts: HealthParts
  #storage: Health['storage'] = 'ok'
  #backupFailure: BackupFailure | null = null

  constructor(parts: HealthParts) {
    this.#parts = parts
    this.#holdReserve()
  }

  /** As it is now, not as it was at the last look. */
  current(): Health {
    if (this.#storage === 'full') this.look()
    return this.#read()
  }

  /** A write failed; `code` is SQLite's or the system's. True where trying once more may help: room was made. */
  storageFailed(code: string): boolean {
    const { reserve, onDamage } = this.#parts
    const fault = faultOfCode(code)
    if (fault === 'full') {
      const isFreed = reserve.giveUp()
      this.#become('full')
      return isFreed
    }
    if (fault === 'read-only') this.#become('read-only')
    if (fault === 'damaged') onDamage(code)
    return false
  }

  /** A write of the intake failed. The news may be late: where there is room by now, the disk is not full. */
  intakeFailed(code: string): void {
    const free = this.#parts.reserve.freeBytes()
    const hasRoom = free !== null && free >= leastFree / 2
    if (faultOfCode(code) !== 'full' || !hasRoom) this.storageFailed(code)
  }

  /**
   * A call failed that changes nothing in the database. It writes no more than a file of its own, an export, which is
   * deleted where it found no room; whether the database may be written is for the next command to say.
   */
  queryFailed(code: string): void {
    if (faultOfCode(code) !== 'read-only') this.intakeFailed(code)
  }

  storageWorked(): void {
    if (this.#storage === 'read-only') this.#become('ok')
    else if (this.#storage === 'full') this.look()
  }

  /** Null where one was made again. */
  backupFailed(failure: BackupFailure | null): void {
    if (failure?.reason === this.#backupFailure?.reason) return
    this.#backupFailure = failure
    this.#announce()
  }

  /** The user has read what was recovered. */
  recoveryRead(): void {
    writeMeta(this.#parts.db, 'recovery', null)
    this.#announce()
  }

  /** Looks at the free space; to be called every few seconds. */
  look(): void {
    const free = this.#parts.reserve.freeBytes()
    if (this.#storage === 'full' && (free === null || free >= leastFree / 2)) this.#become('ok')
    // Before the last byte is written: a refresh can bring gigabytes in one evening.
    else if (this.#storage === 'ok' && free !== null && free < leastFree / 4) this.#become('full')
  }

  #read(): Health {
    const { db, isSafeMode } = this.#parts
    return {
      storage: this.#storage,
      isSafeMode,
      recovery: readMeta(db, 'recovery'),
      backupFailure: this.#backupFailure,
    }
  }

  #announce(): void {
    this.#parts.announcer.emit('health-changed', { health: this.#read() })
  }

  #become(storage: Health['storage']): void {
    if (this.#storage === storage) return
    const { log, onRoom } = this.#parts
    log(`storage is ${storage}, was ${this.#storage}`)
    this.#storage = storage
    attempt(log, 'announcing the health', () => this.#announce())
    if (storage !== 'ok') return
    this.#holdReserve()
    onRoom()
  }

  #holdReserve(): void {
    const { log, reserve } = this.#parts
    attempt(log, 'holding disk space in reserve', () => reserve.hold())
  }
}
