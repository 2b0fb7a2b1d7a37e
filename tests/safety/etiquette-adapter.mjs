/**
 * The real intake (poller, store, client, worker pool) for ../shared/checks/etiquette-check.mjs, in its virtual time.
 * Between two looks of the check time passes here timer by timer, as it would for the running program.
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

const workerFile = fileURLToPath(new URL('../../src-main/workers/worker.ts', import.meta.url))
const tick = 300_000
/** One for all scenarios: starting its thread is the dearest part of a short one. */
const pool = createPool({ workerFile, size: 1, deadlineMs: 20_000, memoryMb: 384, idleMs: 600_000 })

export async function create({ dataDir, now }) {
  const time = createTime(now())
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
    time.forget()
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
      time.to(at)
      await settled(parts.intake)
      for (let timer = time.next(at + tick); timer; timer = time.next(at + tick)) {
        timer()
        await settled(parts.intake)
      }
    },
    async restart() {
      await stop()
      parts = start()
    },
    close: stop,
  }
}

/** Waits for what really is under way: sockets and workers know no virtual time. */
async function settled(intake) {
  while (intake.isBusy()) await new Promise(resolve => setImmediate(resolve))
}

function createTime(start) {
  let now = start
  let timers = []
  return {
    clock: {
      now: () => now,
      setTimer(ms, run) {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter(one => one !== timer)
        }
      },
    },
    to(at) {
      now = Math.max(now, at)
    },
    /** The next timer before `end`, with the clock set to its time. */
    next(end) {
      const first = timers.reduce((a, b) => (a && a.at <= b.at ? a : b), undefined)
      if (!first || first.at >= end) return null
      timers = timers.filter(one => one !== first)
      now = Math.max(now, first.at)
      return first.run
    },
    forget() {
      timers = []
    },
  }
}
