/** The second step of a start: the threads beside the engine's. Each starts when something first needs it. */
import { Worker } from 'node:worker_threads'
import type { EngineStart } from '../api/engine-thread.ts'
import { createGrouping, type Grouping } from '../grouping/client.ts'
import { createIntakeClient, type IntakeClient } from '../intake/client.ts'
import { handOver } from '../intake/refresh-elsewhere.ts'
import type { Log } from '../lib/log.ts'
import { createMaintenance, type Maintenance } from '../maintenance/client.ts'
import { threadMemory } from '../workers/limits.ts'
import { createPool, type Pool } from '../workers/pool.ts'
import type { OpenFolder } from './open-folder.ts'

export type Threads = {
  /** Where another program polls for the folder, `refresh` asks that one to do it. */
  intake: IntakeClient
  beginIntake(): void
  pool: Pool
  maintenance: Maintenance
  grouping: Grouping
  /** Closes this together with the threads. */
  endWith(close: () => Promise<void>): void
}

export function startThreads(
  starting: EngineStart,
  folder: OpenFolder,
  log: Log,
  ending: AsyncDisposableStack,
): Threads {
  const { workerFile, maintenanceFile, groupingFile, dataDir, isPolling, isRefreshing } = starting
  const endWith = endTogether(ending)
  const ownIntake = createIntakeClient(() => spawnIntake(starting, folder))
  endWith(ownIntake.close)
  if (isRefreshing && folder.isOwned) ownIntake.begin()
  const pool = createPool({
    workerFile,
    size: 1,
    deadlineMs: 30_000,
    memoryMb: 512,
    // It reads a list now and then.
    idleMs: 3_000,
    onBug: (_, stack) => log(stack),
  })
  endWith(pool.close)
  const maintenance = createMaintenance({ maintenanceFile, dataDir })
  endWith(maintenance.close)
  const grouping = createGrouping({ groupingFile, dataDir, writeGate: folder.writeGate, log })
  endWith(grouping.close)
  // Two programs that poll would fetch every feed twice.
  const isForOthers = isRefreshing && !isPolling && !folder.isOwned
  const intake = isForOthers ? { ...ownIntake, refresh: handOver(folder.db) } : ownIntake
  return { intake, beginIntake: ownIntake.begin, pool, maintenance, grouping, endWith }
}

/** Closes all that were added at once, beginning with the last: each has something to finish, and the host gives them 5 s in all. */
function endTogether(ending: AsyncDisposableStack): (close: () => Promise<void>) => void {
  const closes: (() => Promise<void>)[] = []
  ending.defer(async () => {
    await Promise.all(closes.toReversed().map(close => close()))
  })
  return close => void closes.push(close)
}

function spawnIntake({ intakeFile, workerFile, dataDir, isPolling }: EngineStart, folder: OpenFolder): Worker {
  const { journal, isSafeMode, isGuest, writeGate } = folder
  // What it fetches moves and renames feeds, too.
  journal.sourcesMayChange()
  const worker = new Worker(intakeFile, {
    workerData: { dataDir, workerFile, isPolling: isPolling && !isSafeMode, isGuest, writeGate },
    name: 'intake',
    resourceLimits: threadMemory,
  })
  // Without the intake no feed is fetched: the host starts a new engine.
  worker.on('error', error => {
    throw error
  })
  return worker
}
