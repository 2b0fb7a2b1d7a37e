/** The second step of a start: the threads beside the engine's. Each begins to run when something first needs it. */
import { Worker } from 'node:worker_threads'
import { createIntakeClient, type IntakeClient } from '../intake/client.ts'
import { handOver } from '../intake/refresh-elsewhere.ts'
import type { Log } from '../lib/log.ts'
import { createMaintenance, type Maintenance } from '../maintenance/client.ts'
import { createPool, type Pool } from '../workers/pool.ts'
import type { OpenFolder } from './open-folder.ts'

export type ThreadFiles = { intakeFile: string; workerFile: string; maintenanceFile: string }
export type Starting = ThreadFiles & { dataDir: string; isPolling: boolean; isRefreshing: boolean }

export type Threads = {
  /** Where somebody else polls for the folder, it hands them the wish to refresh. */
  intake: IntakeClient
  beginIntake(): void
  pool: Pool
  maintenance: Maintenance
  /** Ends this together with the threads. */
  endWith(close: () => Promise<void>): void
}

export function startThreads(starting: Starting, folder: OpenFolder, log: Log, ending: AsyncDisposableStack): Threads {
  const { workerFile, maintenanceFile, dataDir, isPolling, isRefreshing } = starting
  const endWith = endTogether(ending)
  const ownIntake = createIntakeClient(() => spawnIntake(starting, folder))
  endWith(ownIntake.close)
  if (isRefreshing && folder.isOwned) ownIntake.begin()
  const pool = createPool({
    workerFile,
    size: 1,
    deadlineMs: 30_000,
    memoryMb: 512,
    // It reads lists, one in a while.
    idleMs: 3_000,
    onBug: (_, stack) => log(stack),
  })
  endWith(() => pool.close())
  const maintenance = createMaintenance({ maintenanceFile, dataDir })
  endWith(maintenance.close)
  // Somebody else polls for this folder: two that do would ask every server twice.
  const isForOthers = isRefreshing && !isPolling && !folder.isOwned
  const intake = isForOthers ? { ...ownIntake, refresh: handOver(folder.db) } : ownIntake
  return { intake, beginIntake: ownIntake.begin, pool, maintenance, endWith }
}

/** What is added ends at once, the last first: each has something to finish, and the host gives all of them 5 s. */
function endTogether(ending: AsyncDisposableStack): (close: () => Promise<void>) => void {
  const closes: (() => Promise<void>)[] = []
  ending.defer(async () => {
    await Promise.all(closes.toReversed().map(close => close()))
  })
  return close => void closes.push(close)
}

function spawnIntake({ intakeFile, workerFile, dataDir, isPolling }: Starting, folder: OpenFolder): Worker {
  const { journal, isSafeMode, isGuest, writeGate } = folder
  // Feeds move and are renamed by what it fetches, too.
  journal.sourcesMayChange()
  const worker = new Worker(intakeFile, {
    workerData: { dataDir, workerFile, isPolling: isPolling && !isSafeMode, isGuest, writeGate },
    name: 'intake',
    // What it holds is bodies and compressed articles, beside V8's heap; of the usual 48 MB it fills what it is given.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  })
  // Without the intake nothing comes in any more: the host starts a whole engine anew.
  worker.on('error', error => {
    throw error
  })
  return worker
}
