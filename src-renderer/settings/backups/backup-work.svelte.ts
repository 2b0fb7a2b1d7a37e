/** Backups as the user works with them: making one now, and naming the folder they go to. */
import type { BackupFailure } from '../../../src-main/api/storage-model.ts'
import { words } from '../../messages/undo.ts'
import type { App } from '../../state/app.svelte.ts'

type BackupResult = { kind: 'made'; bytes: number } | { kind: 'failed'; failure: BackupFailure }

/** '/media/usb', 'D:\\backups' or '\\\\server\\share'. A relative path would have no defined base. */
export const isFullPath = (path: string): boolean => /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(path)

type Parts = Pick<App, 'actions' | 'engine' | 'safety'>

export class BackupWork {
  /** What came of the last backup made here. */
  result = $state.raw<BackupResult | null>(null)
  isBusy = $state(false)
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async make(): Promise<void> {
    this.isBusy = true
    this.result = null
    const answer = await this.#parts.actions.attempt(() => this.#parts.engine.backUpNow({}))
    if (answer?.kind === 'made') this.result = { kind: 'made', bytes: answer.backup.bytes }
    else if (answer) this.result = answer
    await this.#parts.actions.attempt(() => this.#parts.safety.loadBackups())
    this.isBusy = false
  }

  /** Null: the data folder. A folder of the user's own is tried at once, so that a mistake shows now and not in a week. */
  async useFolder(folder: string | null): Promise<void> {
    const change = () => this.#parts.engine.changeSettings({ backupFolder: folder })
    if (await this.#parts.actions.act(change, words.backupFolder)) await this.make()
  }
}
