/**
 * The real intake (poller, store, client, worker pool) for ../shared/checks/etiquette-check.mjs, in virtual time. The check
 * moves it in steps; within a step timers fire one by one, as in the running program.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createHttp } from '../../src-main/http/client.ts'
import { hostPort } from '../../src-main/http/private-address.ts'
import { createIntake } from '../../src-main/intake/intake.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { createPool } from '../../src-main/workers/pool.ts'
import { createTestTime } from '../polling/poller-time.ts'

const workerFile = fileURLToPath(new URL('../../src-main/workers/worker.ts', import.meta.url))
const tick = 300_000
/** Shared by all scenarios: starting its thread takes longer than a short one. */
const pool = createPool({ workerFile, size: 1, deadlineMs: 20_000, memoryMb: 384, idleMs: 600_000 })

export async function create({ dataDir, now }) {
  const time = createTestTime(now())
  let parts = start()

  function start() {
    const db = openDatabase(join(dataDir, 'broadsheet.db'))
    const notFound = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    const http = createHttp({ environment: {}, resolve: (_name, _options, callback) => callback(notFound, []) })
    const intake = createIntake({
      db,
      http,
      pool,
      drawingPool: pool,
      clock: time.clock,
      random: Math.random,
      isPrivateHost: async () => true,
      dataDir,
      secrets: createSecrets(join(dataDir, 'secret.key')),
      emit: () => undefined,
      log: line => console.error(line),
    })
    intake.start()
    return { db, http, intake }
  }

  async function stop() {
    await parts.intake.close()
    await parts.http.close()
    parts.db.close()
  }

  return {
    // As a subscription list does it: the feed is followed, whatever its server says at first.
    async add(url) {
      const row = { url, title: '', customTitle: null, siteUrl: null, folderId: null }
      insertFeed(
        parts.db,
        { ...row, privateHost: hostPort(new URL(url)), nextCheckAt: time.clock.now() },
        time.clock.now(),
      )
      await parts.intake.scheduleChanged()
    },
    async runDue(at) {
      await time.pass(at + tick - 1 - time.clock.now(), () => settled(parts.intake))
    },
    async restart() {
      await stop()
      parts = start()
    },
    close: stop,
  }
}

/** Waits for sockets and workers, which take real time. */
async function settled(intake) {
  while (intake.isBusy()) await new Promise(resolve => setImmediate(resolve))
}
