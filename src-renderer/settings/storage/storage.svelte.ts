/** What fills the disk: asked for when it is looked at, since measuring reads much of the database. */

import type { EngineClient } from '../../../src-main/api/contract/rpc.ts'
import type { EngineErrorCode } from '../../../src-main/api/errors.ts'
import type { DiskUsage } from '../../../src-main/api/storage-model.ts'
import { problemOf } from '../../lib/problem.ts'

export class Storage {
  /** The last one measured; stays while it is measured anew. */
  usage = $state.raw<DiskUsage | null>(null)
  isMeasuring = $state(false)
  problem = $state<EngineErrorCode | null>(null)
  /** What is stored, the largest first; parts that hold nothing are left out. What is free comes last. */
  readonly parts = $derived(
    (this.usage?.parts ?? [])
      .filter(part => part.bytes > 0)
      .toSorted((one, other) => Number(one.kind === 'free') - Number(other.kind === 'free') || other.bytes - one.bytes),
  )
  readonly #engine: Pick<EngineClient, 'diskUsage'>

  constructor(engine: Pick<EngineClient, 'diskUsage'>) {
    this.#engine = engine
  }

  async measure(): Promise<void> {
    if (this.isMeasuring) return
    this.isMeasuring = true
    this.problem = null
    try {
      this.usage = await this.#engine.diskUsage({})
    } catch (error) {
      this.problem = problemOf(error)
    }
    this.isMeasuring = false
  }
}
