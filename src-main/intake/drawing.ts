/** Draws SVGs in a pool of their own, so that one that takes long delays no feed. */
import type { Pool } from '../workers/pool.ts'
import type { DrawSvg } from './media/media.ts'

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
