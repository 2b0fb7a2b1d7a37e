/** The intake thread's first file: gives the intake a database connection, HTTP client and workers of its own. */
import dns from 'node:dns'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { emitterTo, serve } from '../api/contract/rpc.ts'
import { portOfNodePort } from '../api/ports.ts'
import { createHttp } from '../http/client.ts'
import { isPrivateHost } from '../http/private-address.ts'
import { systemClock } from '../lib/clock.ts'
import { createLog, failureOf } from '../lib/log.ts'
import { createSecrets } from '../lib/secrets.ts'
import { openDatabase } from '../store/db/open.ts'
import { joinAsBatch, type WriteGate } from '../store/db/write-gate.ts'
import { drawingLimits, feedLimits, lowerThreadPriority } from '../workers/limits.ts'
import { createPool } from '../workers/pool.ts'
import { createIntake } from './intake.ts'
import type { IntakeEvents, IntakeThread } from './protocol.ts'

/** `isGuest`: another program has this folder. */
type Start = { dataDir: string; workerFile: string; isPolling: boolean; isGuest: boolean; writeGate: WriteGate }

const { dataDir, workerFile, isPolling, isGuest, writeGate } = workerData as Start
if (!parentPort) throw new Error('this is a thread of the engine')
const thread = parentPort
const port = portOfNodePort(thread)

// Not by much: a click may wait for the batch that is being stored.
lowerThreadPriority(5)
const log = createLog(line => process.stderr.write(line), Date.now)
// Polled articles can be fetched again and need not wait for fsync; what the user adds does (intake/add-feed.ts).
const db = openDatabase(join(dataDir, 'broadsheet.db'), 'NORMAL')
const emit = emitterTo<IntakeEvents>(port)
joinAsBatch(db, writeGate, isGuest, () => emit('stored', {}))
// Storing takes no more processor time than with the usual 32 MB, and 20 MB less memory.
db.pragma('cache_size = -8000')
const http = createHttp()
const cores = availableParallelism()
const pool = createPool({
  workerFile,
  size: Math.min(Math.max(cores, 2), 4),
  // One worker prepares more than this thread can store meanwhile; each has its own code and heap in memory.
  coreSize: Math.min(Math.max(cores - 1, 1), 2),
  ...feedLimits,
  onBug: (task, stack) => log(`${task}: ${stack}`),
})
const drawingPool = createPool({
  workerFile,
  size: 2,
  coreSize: 1,
  ...drawingLimits,
  // The library throws at some damaged pictures: no bug of ours, and the thread is replaced.
  onBug: () => {},
})
const intake = createIntake({
  db,
  secrets: createSecrets(join(dataDir, 'secret.key')),
  http,
  pool,
  drawingPool,
  clock: systemClock,
  random: Math.random,
  isPrivateHost: url => isPrivateHost(url, dns.lookup),
  dataDir,
  emit,
  log,
})

async function shutDown(): Promise<void> {
  await intake.close()
  await Promise.all([http.close(), pool.close(), drawingPool.close()])
  db.close()
  // The thread ends once the answer to this call is sent.
  thread.unref()
}

serve(port, { ...intake, shutDown } satisfies IntakeThread, failureOf(log))
if (isPolling) intake.start()
