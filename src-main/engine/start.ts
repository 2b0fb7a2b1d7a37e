/** Starts all that the engine's thread consists of: the store, the engine on it, the threads beside it, what is done while idle. */
import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { clearExports } from '../archive/downloads.ts'
import { isPrivateHost } from '../http/private-address.ts'
import type { IntakeClient } from '../intake/client.ts'
import { createLateIntake } from '../intake/lazy-client.ts'
import { handOver, noteWrites } from '../intake/refresh-elsewhere.ts'
import { systemClock } from '../lib/clock.ts'
import { attempt, type Log } from '../lib/log.ts'
import { createSecrets } from '../lib/secrets.ts'
import { minute } from '../lib/time.ts'
import { createKeeper, type Keeper } from '../maintenance/client.ts'
import { confirmClock } from '../polling/clock-trust.ts'
import { noteStart, type Starts } from '../safety/crash-count.ts'
import { claimForRefresh, claimForWindow } from '../safety/folder-claim.ts'
import { type Loan, lendFolder } from '../safety/folder-loan.ts'
import { journalFolder } from '../safety/journal/file.ts'
import { createJournal, type Journal } from '../safety/journal/journal.ts'
import { keepPrivate } from '../safety/private-folder.ts'
import { openStore } from '../safety/recovery/open-store.ts'
import { claimFolder, type Ownership } from '../store/db/folder-lock.ts'
import type { WriteDb } from '../store/db/open.ts'
import { answerByTurns, makeTurns } from '../store/db/write-gate.ts'
import { sealProxies } from '../store/feeds/proxy-address.ts'
import { createPool, type Pool } from '../workers/pool.ts'
import { allowNear, nearOfBefore } from './commands/near.ts'
import { createSigner } from './context/signing.ts'
import { createEngine, type Engine } from './engine.ts'
import { afterFirstAnswer, type Rest } from './idle/after-first-answer.ts'
import { createTidier, type Tidier } from './idle/merge-index.ts'
import { startReindexing } from './idle/reindex.ts'
import { type Cleaner, createCleaner } from './idle/retention-job.ts'
import { startUpgradingIndex } from './idle/upgrade-index.ts'
import { watchOthers } from './idle/watch-database.ts'

/** What host/engine-host.ts gives this thread. */
export type Start = {
  dataDir: string
  intakeFile: string
  workerFile: string
  keeperFile: string
  isPolling: boolean
  isRefreshing: boolean
  /** One of this process's engines had the database open before, and died. */
  isAgain?: boolean
}

/** Of the thread: how it ends, and where it says what happens. */
export type Surroundings = { restart(): void; isEnding(): boolean; onDamage(code: string): void; log: Log }

/** A start that has lasted so long (ms) was a good one. */
const wellAfter = minute

export type Running = {
  engine: Engine
  db: WriteDb
  isBehindJournal: boolean
  /** Nobody has looked since an engine died: the next start must, where this one does not come to it. */
  isCheckPending(): boolean
  intake: IntakeClient
  pool: Pool
  keeper: Keeper
  cleaner: Cleaner | null
  ownership: Ownership | null
  loan: Loan | null
  starts: Starts | null
  tidier: Tidier
  reindexing: { close(): void } | null
  upgrading: { close(): void } | null
  timer: NodeJS.Timeout
  /** Of a program beside a window: tells it what was written. */
  noteWrites: (() => void) | null
  rest: Rest | null
}

/** Another Broadsheet has the folder. */
export class FolderInUse extends Error {
  readonly code = 'in-use'
}

/** Throws FolderInUse, DatabaseUnusable, or what the system says. */
export async function startAll(start: Start, surroundings: Surroundings): Promise<Running> {
  const { restart, onDamage, log } = surroundings
  const { intakeFile, workerFile, keeperFile, dataDir, isPolling, isRefreshing, isAgain = false } = start
  keepPrivate(dataDir, log)
  // A command line looks alone whether all is well, where nobody else has the folder; then it lets others in.
  const claimed = await claim(start)
  if (isPolling && !claimed) throw new FolderInUse(`Another Broadsheet is running on ${dataDir}.`)
  const starts = isPolling ? noteStart(dataDir) : null
  const isSafeMode = starts?.isSafeMode ?? false
  const { db, isUnchecked, isBehindJournal } = await openStore({
    dataDir,
    now: Date.now(),
    log,
    isAlone: claimed !== null,
    isAgain,
  })
  const ownership = isPolling || isRefreshing ? claimed : null
  let loan: Loan | null = null
  if (claimed && !ownership) {
    if (!isUnchecked) attempt(log, 'lending the folder', () => (loan = lendFolder(dataDir, randomUUID())))
    claimed.release()
  }

  const turns = makeTurns()
  answerByTurns(db, turns)
  const journal = createJournal({ db, folder: journalFolder(dataDir), now: Date.now, log })
  // Before anything is fetched. The journal has it from now on: it outlives the database.
  if (isPolling || isRefreshing) await allowAsBefore(db, journal, log)
  const ownIntake = createLateIntake(() => {
    // Feeds move and are renamed by what it fetches, too.
    journal.sourcesMayChange()
    const worker = new Worker(intakeFile, {
      workerData: { dataDir, workerFile, isPolling: isPolling && !isSafeMode, isGuest: claimed === null, turns },
      name: 'intake',
      // What it holds is bodies and compressed articles, beside V8's heap; of the usual 48 MB it fills what it is given.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    })
    // Without the intake nothing comes in any more: the host starts a whole engine anew.
    worker.on('error', error => {
      throw error
    })
    return worker
  })
  if (isRefreshing && ownership) ownIntake.begin()
  // Somebody else polls for this folder: two that do would ask every server twice.
  const intake = isPolling || ownership || !isRefreshing ? ownIntake : { ...ownIntake, refresh: handOver(db) }
  const pool = createPool({
    workerFile,
    size: 1,
    deadlineMs: 30_000,
    memoryMb: 512,
    // It reads lists, one in a while.
    idleMs: 3_000,
    onBug: (_, stack) => log(stack),
  })
  const keeper = createKeeper({ keeperFile, dataDir })
  const secrets = createSecrets(join(dataDir, 'secret.key'))
  const engine = createEngine({
    db,
    dataDir,
    isSafeMode,
    restart,
    onDamage,
    intake,
    journal,
    keeper,
    retentionChanged: () => cleaner?.changed(),
    signer: createSigner(randomBytes(32)),
    secrets,
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
    log,
  })
  const tidier = createTidier(db, systemClock, log)
  const reindexing = isPolling ? startReindexing(db, log) : null
  const upgrading = isPolling ? startUpgradingIndex(db, log) : null
  intake.on('feed-refreshed', () => {
    tidier.disturbed()
    upgrading?.disturbed()
  })
  const onCleaned = () => {
    engine.changedElsewhere()
    tidier.disturbed()
  }
  // A program that answers once and ends deletes nothing, and neither does one that ended unexpectedly again and again.
  const isCleaning = isPolling && !isSafeMode
  const cleaner = isCleaning ? createCleaner({ db, keeper, clock: systemClock, log, onCleaned }) : null
  intake.on('feed-refreshed', () => cleaner?.disturbed())
  intake.on('clock-confirmed', () => attempt(log, 'noting the clock', () => confirmClock(db, Date.now())))
  if (isPolling) engine.caretaker.start()
  // What has run for a minute did not crash as it started.
  if (starts) setTimeout(starts.went, wellAfter).unref()
  const timer = watchOthers({ db, engine, intake, isPolling, log })
  let isCheckPending = isAgain && isUnchecked
  const beginRest = () => {
    if (!isSafeMode) ownIntake.begin()
    attempt(log, 'sealing the passwords of proxies', () => sealProxies(db, secrets))
    attempt(log, 'removing old exports', () => clearExports(dataDir))
    // A program that answers once and ends would look through all of it each time, and not come to the end.
    if (isUnchecked) void checkLater(keeper, surroundings).then(isDone => (isCheckPending &&= !isDone))
  }
  const rest = isPolling ? afterFirstAnswer(systemClock, beginRest) : null
  return {
    engine,
    db,
    isBehindJournal,
    isCheckPending: () => isCheckPending,
    intake,
    pool,
    keeper,
    cleaner,
    ownership,
    loan,
    starts,
    tidier,
    reindexing,
    upgrading,
    timer,
    noteWrites: isPolling ? null : noteWrites(db),
    rest,
  }
}

async function allowAsBefore(db: WriteDb, journal: Journal, log: Log): Promise<void> {
  let hasChanged = false
  attempt(log, 'allowing feeds of the own network', () => {
    const near = nearOfBefore(db)
    if (!near) return
    if (near.length > 0) journal.sourcesMayChange()
    allowNear(db, near)
    hasChanged = near.length > 0
  })
  if (hasChanged) await journal.sourcesChanged()
}

function claim({ dataDir, isPolling, isRefreshing }: Start): Ownership | null | Promise<Ownership | null> {
  if (isPolling) return claimForWindow(dataDir)
  return isRefreshing ? claimForRefresh(dataDir) : claimFolder(dataDir)
}

/** A large database is looked through while it is used. False where that did not come to its end. */
async function checkLater(keeper: Keeper, { isEnding, onDamage, log }: Surroundings): Promise<boolean> {
  try {
    const damage = await keeper.check({})
    if (damage !== null) onDamage(damage)
    return true
  } catch (error) {
    if (!isEnding()) log(`checking the database failed: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}
