/** Long work on the engine's thread, in chunks: other calls are answered between two of them. */
import { type Log, timed } from './log.ts'

/** Does one chunk; true where there is more to do. One that throws has changed nothing, and may be called again. */
export type Step = () => boolean

/** `isWrite`: the chunks change the database, and wait for the write gate. */
export type Work = { isWrite: boolean }

export type Chunks = {
  /** Does the first chunk at once and the others one by one. What a chunk throws ends the work and is thrown. */
  run(name: string, work: Work, step: Step): Promise<void>
  /** Resolves when no work is under way. */
  idle(): Promise<void>
}

/** `inTurn` runs one chunk, through the write gate where it writes. */
export function createChunks(log: Log, inTurn: (work: Work, step: Step) => boolean): Chunks {
  const running = new Set<Promise<void>>()

  async function doAll(name: string, work: Work, step: Step): Promise<void> {
    while (timed(log, `chunk: ${name}`, () => inTurn(work, step))) await otherCalls()
  }

  return {
    run(name, work, step) {
      const done = doAll(name, work, step).finally(() => running.delete(done))
      running.add(done)
      return done
    },
    async idle() {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

/** Resolves after the messages that wait on ports are handled (nodejs.org, 'The Node.js Event Loop'). */
export function otherCalls(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
