/** The intake thread's first file: its own connection, client and workers, and the engine thread on the other end. */
import dns from 'node:dns'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createHttp } from '../http/client.ts'
import { isPrivateHost } from '../http/private-address.ts'
import { systemClock } from '../lib/clock.ts'
import { createLog } from '../lib/log.ts'
import { createSecrets } from '../lib/secrets.ts'
import { openDatabase } from '../store/db/open.ts'
import { storeByTurns, type Turns } from '../store/db/write-gate.ts'
import { drawingLimits, feedLimits } from '../workers/limits.ts'
import { stepBack } from '../workers/nice.ts'
import { createPool } from '../workers/pool.ts'
import { createIntake } from './intake.ts'
import { serveIntake } from './serve.ts'

/** `isGuest`: another program has this folder. */
type Start = { dataDir: string; workerFile: string; isPolling: boolean; isGuest: boolean; turns: Turns }

const { dataDir, workerFile, isPolling, isGuest, turns } = workerData as Start
const port = parentPort
if (!port) throw new Error('intake.ts is a thread of the engine')

// Not by much: a click may wait for the batch that it stores.
stepBack(5)
const log = createLog(line => process.stderr.write(line), Date.now)
// What polls bring can be fetched again, so it need not wait for the disk; what the user adds does (intake/add-feed.ts).
const db = openDatabase(join(dataDir, 'broadsheet.db'), { synchronous: 'NORMAL' })
storeByTurns(db, turns, isGuest)
const http = createHttp()
const cores = availableParallelism()
const pool = createPool({
  workerFile,
  size: Math.min(Math.max(cores, 2), 4),
  // One prepares more than this thread can store meanwhile; each holds its own code and heap.
  steady: Math.min(Math.max(cores - 1, 1), 2),
  ...feedLimits,
  onBug: (task, stack) => log(`${task}: ${stack}`),
})
const drawingPool = createPool({
  workerFile,
  size: 2,
  steady: 1,
  ...drawingLimits,
  // The library fails on some damaged pictures: no mistake of ours, and the thread is gone with what it spoilt.
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
  emit: (event, payload) => port.postMessage({ event, payload }),
  log,
})

serveIntake(port, intake, async () => {
  await intake.close()
  await Promise.all([http.close(), pool.close(), drawingPool.close()])
  db.close()
})
if (isPolling) intake.start()
