/** Importing a ZIP file that Broadsheet exported. */
import type { Output } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../src-main/api/errors.ts'
import type { Failure } from '../../src-main/api/model.ts'
import { base64Of } from '../lib/base64.ts'
import { problemOf } from '../lib/problem.ts'

type Imported = Extract<Output<'importEverything'>, { kind: 'imported' }>
export type Archive = Pick<File, 'name' | 'size' | 'bytes'>

type ArchiveStep =
  | { kind: 'asking'; failure: Failure | null }
  | { kind: 'importing' }
  | { kind: 'done'; counts: Imported }

/** The limit of the contract, in bytes: 280 million characters of base64. */
const mostBytes = 210_000_000

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

  /** `allowPrivate`: also feeds on this computer or in its network, which a file from others should not name. */
  async import(allowPrivate = false): Promise<void> {
    if (this.isTooLarge) return
    const before = this.step
    this.step = { kind: 'importing' }
    this.problem = null
    try {
      const archive = base64Of(await this.file.bytes())
      const answer = await this.#engine.importEverything({ archive, allowPrivate })
      if (answer.kind === 'failed') this.#fail(answer.failure)
      else this.step = { kind: 'done', counts: before.kind === 'done' ? joined(before.counts, answer) : answer }
    } catch (error) {
      this.problem = problemOf(error)
      this.step = before
    }
  }

  #fail(failure: Failure): void {
    this.step = { kind: 'asking', failure }
  }
}

/** The counts of two imports of one file; the second one counts as there already what the first one added. */
function joined(first: Imported, second: Imported): Imported {
  return {
    ...second,
    feeds: first.feeds + second.feeds,
    folders: first.folders + second.folders,
    saved: first.saved + second.saved,
    alreadyThere: first.alreadyThere,
  }
}
