/** Starts the engine's thread in three steps: the folder, the threads beside it, background jobs. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { EngineStart } from '../api/engine-thread.ts'
import { isPrivateHost } from '../http/private-address.ts'
import { createSecrets } from '../lib/secrets.ts'
import { createSigner } from './context/signing.ts'
import { createEngine, type Engine, type Surroundings } from './engine.ts'
import { openFolder } from './open-folder.ts'
import { type Jobs, startJobs } from './start-jobs.ts'
import { startThreads } from './start-threads.ts'

export type Running = {
  engine: Engine
  /** A window has been answered. */
  answered(): void
  /** Finishes what is under way, and ends what was started, in reverse order. */
  end(): Promise<void>
}

/** Throws FolderInUse, UnsafeFolder, DatabaseUnusable, or what the system says; what was started by then has been ended. */
export async function startAll(start: EngineStart, surroundings: Surroundings): Promise<Running> {
  const ending = new AsyncDisposableStack()
  try {
    const running = await startSteps(start, surroundings, ending)
    return { ...running, end: () => ending.disposeAsync() }
  } catch (error) {
    // The user is told the first error, whatever else fails now.
    await ending.disposeAsync().catch(second => surroundings.log(`ending a start failed: ${String(second)}`))
    throw error
  }
}

async function startSteps(
  start: EngineStart,
  surroundings: Surroundings,
  ending: AsyncDisposableStack,
): Promise<Omit<Running, 'end'>> {
  const { dataDir, isPolling } = start
  const folder = await openFolder(start, surroundings, ending)
  const threads = startThreads(start, folder, surroundings.log, ending)
  const secrets = createSecrets(join(dataDir, 'secret.key'))
  let jobs: Jobs | null = null
  const engine = createEngine({
    ...surroundings,
    ...folder,
    ...threads,
    dataDir,
    secrets,
    signer: createSigner(randomBytes(32)),
    now: Date.now,
    isPrivateHost: async url => isPrivateHost(url, (await import('node:dns')).lookup),
    retentionChanged: () => jobs?.retentionChanged(),
    savedChanged: () => jobs?.savedChanged(),
    storiesDecided: () => jobs?.storiesDecided(),
  })
  threads.endWith(engine.close)
  jobs = startJobs({ ...surroundings, ...threads, dataDir, isPolling, folder, engine, secrets }, ending)
  folder.started()
  return { engine, answered: jobs.answered }
}
