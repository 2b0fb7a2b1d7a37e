/** Taking in a ZIP file that Broadsheet exported: ask first, then say what came in. */
import type { EngineErrorCode, Output } from '../../src-main/api/contract.ts'
import type { Failure } from '../../src-main/api/model.ts'
import type { EngineClient } from '../../src-main/api/rpc.ts'
import { base64Of } from './base64.ts'
import { problemOf } from './problem.ts'

type Imported = Extract<Output<'importEverything'>, { kind: 'imported' }>
export type Archive = Pick<File, 'name' | 'size' | 'bytes'>

export type ArchiveStep =
  | { kind: 'asking'; failure: Failure | null }
  | { kind: 'importing' }
  | { kind: 'done'; counts: Imported }

/** What the contract takes, in bytes: 280 million characters of base64. */
const mostBytes = 210_000_000

/** A ZIP file begins with a local file header, an empty one with the end of its directory (APPNOTE.TXT 4.3.7, 4.3.16). */
export async function isArchive(file: Pick<File, 'slice'>): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 4).arrayBuffer())
  const signature = String.fromCharCode(...start)
  return signature === 'PK\u0003\u0004' || signature === 'PK\u0005\u0006'
}

export class ImportEverything {
  step = $state.raw<ArchiveStep>({ kind: 'asking', failure: null })
  /** What the engine refused. */
  problem = $state<EngineErrorCode | null>(null)
  readonly file: Archive
  readonly isTooLarge: boolean
  readonly #engine: Pick<EngineClient, 'importEverything'>

  constructor(engine: Pick<EngineClient, 'importEverything'>, file: Archive) {
    this.#engine = engine
    this.file = file
    this.isTooLarge = file.size > mostBytes
    if (this.isTooLarge) this.#fail({ reason: 'too-large', megabytes: mostBytes / 1_000_000 })
  }

  async import(): Promise<void> {
    if (this.isTooLarge) return
    this.step = { kind: 'importing' }
    this.problem = null
    try {
      const answer = await this.#engine.importEverything({ archive: base64Of(await this.file.bytes()) })
      if (answer.kind === 'failed') this.#fail(answer.failure)
      else this.step = { kind: 'done', counts: answer }
    } catch (error) {
      this.problem = problemOf(error)
      this.step = { kind: 'asking', failure: null }
    }
  }

  #fail(failure: Failure): void {
    this.step = { kind: 'asking', failure }
  }
}
