/** Long work on the engine's thread, in chunks: other calls are answered between two of them. */

import type { Log } from './log.ts'
import { timed } from './slow-log.ts'

/** One chunk, whole: true where there is more to do. One that throws has done nothing, and may be called again. */
export type Step = () => boolean

/** `isWrite`: the chunks change the database. One that only reads has nothing to wait for. */
export type Work = { isWrite: boolean }

export type Chunks = {
  /** Does the first chunk at once and the others one by one. What a chunk throws ends the work and is thrown. */
  run(name: string, work: Work, step: Step): Promise<void>
  /** Answers when no work is under way: what was begun before the end is finished. */
  idle(): Promise<void>
}

/** `inTurn` runs one chunk, one that writes when it is its turn to. */
export function createChunks(log: Log, inTurn: (work: Work, step: Step) => boolean): Chunks {
  const running = new Set<Promise<void>>()

  async function doAll(name: string, work: Work, step: Step): Promise<void> {
    for (;;) {
      if (!timed(log, `chunk: ${name}`, () => inTurn(work, step))) return
      await otherCalls()
    }
  }

  return {
    run(name, work, step) {
      const done = doAll(name, work, step)
      running.add(done)
      const forget = () => running.delete(done)
      done.then(forget, forget)
      return done
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

/** Messages that wait on a port are handled before the next chunk (nodejs.org, 'The Node.js Event Loop'). */
export function otherCalls(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
