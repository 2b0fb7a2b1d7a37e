/** Exports everything as one ZIP file: the engine makes it, the window fetches it and hands it to the browser. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import { problemOf } from '../lib/problem.ts'

type ExportStep =
  | { kind: 'idle' }
  | { kind: 'working' }
  /** Ready to be saved. `isSaved`: the browser took it already. */
  | { kind: 'ready'; name: string; content: Blob; isSaved: boolean }
  | { kind: 'failed'; code: EngineErrorCode }

type ExportWork = {
  engine: Pick<EngineClient, 'exportEverything'>
  /** The bytes at a path of our own origin; null where there are none (any more). */
  fetchFile: (path: string) => Promise<Blob | null>
  /** Whether the last click still counts as one (transient activation): a browser saves no file without. */
  maySave: () => boolean
  save: (name: string, content: Blob) => void
}

export class ExportEverything {
  step = $state.raw<ExportStep>({ kind: 'idle' })
  readonly #work: ExportWork

  constructor(work: ExportWork) {
    this.#work = work
  }

  async make(): Promise<void> {
    this.step = { kind: 'working' }
    try {
      const { path, name } = await this.#work.engine.exportEverything({})
      const content = await this.#work.fetchFile(path)
      if (!content) {
        this.step = { kind: 'failed', code: 'not-found' }
        return
      }
      const isSaved = this.#work.maySave()
      if (isSaved) this.#work.save(name, content)
      this.step = { kind: 'ready', name, content, isSaved }
    } catch (error) {
      this.step = { kind: 'failed', code: problemOf(error) }
    }
  }

  /** By a click of its own, where the export took longer than the first click counts. */
  save(): void {
    const { step } = this
    if (step.kind !== 'ready') return
    this.#work.save(step.name, step.content)
    this.step = { ...step, isSaved: true }
  }
}

/** What an export needs of a page. */
export function exportWork(engine: ExportWork['engine'], page: Window, save: ExportWork['save']): ExportWork {
  return {
    engine,
    fetchFile: async path => {
      const answer = await page.fetch(path).catch(() => null)
      return answer?.ok ? answer.blob() : null
    },
    maySave: () => page.navigator.userActivation?.isActive ?? true,
    save,
  }
}
