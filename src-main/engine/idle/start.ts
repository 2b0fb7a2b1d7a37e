/** The last step of a start: what is done while nothing else is, and what no window waits for. */
import { clearExports } from '../../archive/downloads.ts'
import type { IntakeClient } from '../../intake/client.ts'
import { systemClock } from '../../lib/clock.ts'
import { attempt, type Log } from '../../lib/log.ts'
import type { Secrets } from '../../lib/secrets.ts'
import { minute } from '../../lib/time.ts'
import type { MaintenanceTasks } from '../../maintenance/protocol.ts'
import { confirmClock } from '../../polling/clock-trust.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { sealProxies } from '../../store/feeds/proxy-address.ts'
import { afterFirstAnswer } from './after-first-answer.ts'
import { createIndexMerge, type IndexMerge } from './merge-index.ts'
import { RetentionJob } from './retention-job.ts'
import { watchOthers } from './watch-database.ts'

/** A start that has lasted so long (ms) was a good one. */
const wellAfter = minute

export type IdleParts = {
  dataDir: string
  /** False for a program that answers once and ends: it would begin all of it each time, and not come to the end. */
  isPolling: boolean
  folder: {
    db: WriteDb
    isSafeMode: boolean
    isUnchecked: boolean
    checked(): void
    runsWell(): void
  }
  engine: { changedElsewhere(): void; backupJob: { start(): void } }
  intake: IntakeClient
  beginIntake(): void
  maintenance: MaintenanceTasks
  secrets: Secrets
  isEnding(): boolean
  onDamage(code: string): void
  log: Log
}

export type IdleWork = {
  /** A window has been answered. */
  answered(): void
  /** The rules of what is kept are others now. */
  retentionChanged(): void
}

/** `ending` gets what stops all of it. */
export function startIdleWork(parts: IdleParts, ending: AsyncDisposableStack): IdleWork {
  const { dataDir, folder, isPolling, engine, intake, log } = parts
  const { db } = folder
  const indexMerge = createIndexMerge(db, systemClock, log)
  ending.defer(indexMerge.close)
  intake.on('feed-refreshed', indexMerge.disturbed)
  intake.on('clock-confirmed', () => attempt(log, 'noting the clock', () => confirmClock(db, Date.now())))
  const timer = watchOthers({ db, engine, intake, isPolling, log })
  ending.defer(() => clearInterval(timer))
  if (!isPolling) return { answered: () => {}, retentionChanged: () => {} }

  // Before a window can ask for an export: done later, this took one that was still being written.
  attempt(log, 'removing old exports', () => clearExports(dataDir))
  // One that ended unexpectedly again and again deletes nothing.
  const retention = folder.isSafeMode ? null : startRetention(parts, indexMerge, ending)
  engine.backupJob.start()
  const well = setTimeout(folder.runsWell, wellAfter).unref()
  ending.defer(() => clearTimeout(well))
  const rest = afterFirstAnswer(systemClock, () => beginRest(parts))
  ending.defer(rest.close)
  return { answered: rest.answered, retentionChanged: () => retention?.changed() }
}

function startRetention(parts: IdleParts, indexMerge: IndexMerge, ending: AsyncDisposableStack): RetentionJob {
  const { folder, maintenance, engine, intake, log } = parts
  const onDeleted = () => {
    engine.changedElsewhere()
    indexMerge.disturbed()
  }
  const job = new RetentionJob({ db: folder.db, maintenance, clock: systemClock, log, onDeleted })
  ending.defer(job.close)
  intake.on('feed-refreshed', job.disturbed)
  return job
}

/** What no window waits for. */
function beginRest(parts: IdleParts): void {
  const { folder, beginIntake, secrets, log } = parts
  if (!folder.isSafeMode) beginIntake()
  attempt(log, 'sealing the passwords of proxies', () => sealProxies(folder.db, secrets))
  if (folder.isUnchecked) void checkLater(parts)
}

/** A large database is looked through while it is used. */
async function checkLater({ folder, maintenance, isEnding, onDamage, log }: IdleParts): Promise<void> {
  try {
    const damage = await maintenance.check({})
    if (damage !== null) onDamage(damage)
    folder.checked()
  } catch (error) {
    if (!isEnding()) log(`checking the database failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
