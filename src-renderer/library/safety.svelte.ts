/** Disk health and backups, as the engine last said, and going back to a backup. */

import { type EngineClient, EngineError } from '../../src-main/api/contract/rpc.ts'
import type { Backup, BackupFailure, Backups, Health } from '../../src-main/api/storage-model.ts'

const allWell: Health = { storage: 'ok', isSafeMode: false, recovery: null, backupFailure: null }

type Restored = { kind: 'restored'; backup: Backup } | { kind: 'failed'; failure: BackupFailure }

export class Safety {
  health = $state.raw<Health>(allWell)
  /** Null until asked for. */
  backups = $state.raw<Backups | null>(null)
  readonly #engine: EngineClient
  /** The backup this window asked to go back to, and the failure known before; the connection ends in between. */
  #restoring: { backup: Backup; knownFailureAt: number | null } | null = null

  constructor(engine: EngineClient) {
    this.#engine = engine
    engine.on('health-changed', ({ health }) => (this.health = health))
    engine.on('backups-changed', ({ backups }) => (this.backups = backups))
  }

  /** Fetches the health; the backups only where they have been shown. */
  async load(): Promise<void> {
    this.health = await this.#engine.health({})
    if (this.backups) await this.loadBackups()
  }

  async loadBackups(): Promise<void> {
    this.backups = await this.#engine.backups({})
  }

  /** Goes back to a backup. A failure is answered; null where it is under way, and the connection ends soon. */
  async restore(backup: Backup): Promise<BackupFailure | null> {
    this.#restoring = { backup, knownFailureAt: this.backups?.lastFailure?.at ?? null }
    try {
      const answer = await this.#engine.restoreBackup({ name: backup.name })
      if (answer.kind === 'restoring') return null
      this.#restoring = null
      return answer.failure
    } catch (error) {
      // The connection may end before the answer is sent: the restore is under way.
      if (error instanceof EngineError && error.code === 'closed') return null
      this.#restoring = null
      throw error
    }
  }

  /** The outcome of a restore that this window asked for, once it is connected again; else null. */
  takeRestored(): Restored | null {
    const asked = this.#restoring
    this.#restoring = null
    if (!asked) return null
    const failure = this.backups?.lastFailure
    return failure && failure.at !== asked.knownFailureAt
      ? { kind: 'failed', failure }
      : { kind: 'restored', backup: asked.backup }
  }
}
