/** Draws SVGs in a pool of their own, so that one that takes long delays no feed. */
import type { Drawn, Purpose } from '../drawing/draw.ts'
import type { Pool } from '../workers/pool.ts'

/** Null where it can't be drawn within the limits, shows nothing, or the program is closing. */
export type DrawSvg = (bytes: Uint8Array, purpose: Purpose) => Promise<Drawn | null>

export function drawsIn(pool: Pick<Pool, 'run'>, signal: AbortSignal): DrawSvg {
  return async (bytes, purpose) => {
    try {
      const answer = await pool.run('drawSvg', { bytes, purpose }, { signal })
      return answer.ok ? answer.drawn : null
    } catch (error) {
      if (signal.aborted) return null
      throw error
    }
  }
}
