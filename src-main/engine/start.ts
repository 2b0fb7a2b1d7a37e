/** Starts all that the engine's thread consists of, in three steps: the folder, the threads beside it, what is done while idle. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isPrivateHost } from '../http/private-address.ts'
import type { Log } from '../lib/log.ts'
import { createSecrets } from '../lib/secrets.ts'
import { createSigner } from './context/signing.ts'
import { createEngine, type Engine, type EngineParts } from './engine.ts'
import { type IdleWork, startIdleWork } from './idle/start.ts'
import { type OpenFolder, type Opening, openFolder } from './open-folder.ts'
import { startThreads, type ThreadFiles, type Threads } from './start-threads.ts'

/** What host/engine-host.ts gives this thread. */
export type Start = Opening & ThreadFiles

/** Of the thread: how it ends, and where it says what happens. */
export type Surroundings = {
  restart(): void
  isEnding(): boolean
  onDamage(code: string): void
  /** Hears which share of a store of an earlier version has been rewritten, from 0 to 1. */
  onUpgrade(share: number): void
  log: Log
}

export type Running = {
  engine: Engine
  /** A window has been answered. */
  answered(): void
  /** Finishes what is under way, and ends what was started, the last first. */
  end(): Promise<void>
}

/** Throws FolderInUse, UnsafeFolder, DatabaseUnusable, or what the system says; what was started by then has been ended. */
export async function startAll(start: Start, surroundings: Surroundings): Promise<Running> {
  const ending = new AsyncDisposableStack()
  try {
    const running = await startSteps(start, surroundings, ending)
    return { ...running, end: () => ending.disposeAsync() }
  } catch (error) {
    // Why it failed is what the user is told, whatever else goes wrong now.
    await ending.disposeAsync().catch(second => surroundings.log(`ending a start failed: ${String(second)}`))
    throw error
  }
}

async function startSteps(
  start: Start,
  surroundings: Surroundings,
  ending: AsyncDisposableStack,
): Promise<Omit<Running, 'end'>> {
  const { dataDir, isPolling } = start
  const folder = await openFolder(start, surroundings, ending)
  const threads = startThreads(start, folder, surroundings.log, ending)
  const secrets = createSecrets(join(dataDir, 'secret.key'))
  let idle: IdleWork | null = null
  const retentionChanged = () => idle?.retentionChanged()
  const engine = createEngine({
    ...partsOf(folder, threads),
    ...surroundings,
    dataDir,
    secrets,
    retentionChanged,
  })
  threads.endWith(engine.close)
  idle = startIdleWork({ ...surroundings, ...threads, dataDir, isPolling, folder, engine, secrets }, ending)
  folder.started()
  return { engine, answered: idle.answered }
}

type Joined = Omit<EngineParts, 'dataDir' | 'secrets' | 'retentionChanged' | keyof Surroundings>

/** What the engine gets of the folder and of the threads. */
function partsOf({ db, journal, isSafeMode }: OpenFolder, { intake, maintenance, pool }: Threads): Joined {
  return {
    db,
    isSafeMode,
    journal,
    intake,
    maintenance,
    signer: createSigner(randomBytes(32)),
    now: Date.now,
    isPrivateHost: async url => isPrivateHost(url, (await import('node:dns')).lookup),
    async readOpml(source) {
      const answer = await pool.run('readOpml', source, { isUrgent: true })
      return answer.ok ? answer.reading : { kind: 'failed', failure: answer.failure }
    },
    archives: {
      open: archive => pool.run('openArchive', { archive }, { isUrgent: true }),
      readArticles: bytes => pool.run('readArticles', { bytes }, { isUrgent: true }),
    },
  }
}
