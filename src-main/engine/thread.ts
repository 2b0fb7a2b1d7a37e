/** The engine thread's first file: opens the store, starts the intake thread, and serves whoever the host connects. */
import { randomBytes } from 'node:crypto'
import dns from 'node:dns'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { portOfNodePort } from '../api/ports.ts'
import { type Cleaner, createCleaner } from './cleaner.ts'
import { confirmClock } from './clock-trust.ts'
import { todayStart } from './context.ts'
import { createEngine, type Engine } from './engine.ts'
import { clearExports } from './exports.ts'
import { systemClock } from './feeds/poller-clock.ts'
import { afterFirstAnswer, type Rest } from './first-answer.ts'
import { isPrivateHost } from './http-address.ts'
import type { IntakeClient } from './intake-client.ts'
import { createLateIntake } from './intake-late.ts'
import type { Resource } from './intake-protocol.ts'
import { createKeeper, type Keeper } from './keeper-client.ts'
import { claimForRefresh, claimForWindow } from './keeping/claim.ts'
import { markClosed, noteDamage } from './keeping/data-files.ts'
import { handOver, takeWantedRefresh } from './keeping/hand-over.ts'
import { createJournal } from './keeping/journal.ts'
import { journalFolder } from './keeping/journal-file.ts'
import { openStore } from './keeping/opening.ts'
import { startReindexing } from './keeping/reindex.ts'
import { noteStart, type Starts } from './keeping/starts.ts'
import { attempt, createLog } from './log.ts'
import { createSecrets } from './secrets.ts'
import { createSigner } from './signing.ts'
import { DatabaseUnusable, type WriteDb } from './store/database.ts'
import { claimFolder, type Ownership } from './store/owner.ts'
import { answerByTurns, makeTurns } from './store/turns.ts'
import { createTidier, type Tidier } from './tidier.ts'
import { createPool, type Pool } from './work/pool.ts'

/** What engine-thread.ts gives this thread, and says to it. */
type Start = {
  dataDir: string
  intakeFile: string
  workerFile: string
  keeperFile: string
  isPolling: boolean
  isRefreshing: boolean
}
type FromHost =
  | { kind: 'connect'; port: MessagePort }
  | { kind: 'resource'; id: number; path: string }
  | { kind: 'close' }

const host = parentPort
const start = workerData as Start

/** How often we look whether another program (the command line) changed the database, while a window is open. */
const lookElsewhere = 2_000
/** A start that has lasted so long (ms) was a good one. */
const wellAfter = 60_000

type Running = {
  engine: Engine
  db: WriteDb
  isBehindJournal: boolean
  intake: IntakeClient
  pool: Pool
  keeper: Keeper
  cleaner: Cleaner | null
  ownership: Ownership | null
  starts: Starts | null
  tidier: Tidier
  reindexing: { close(): void } | null
  timer: NodeJS.Timeout
  rest: Rest | null
}

const write = createLog(line => process.stderr.write(line), Date.now)

function log(line: string): void {
  // A program that answers once and ends has its own words for what goes wrong; nobody waits behind a slow call of it.
  if (start.isPolling || !line.startsWith('slow ')) write(line)
}

async function run(): Promise<Running> {
  const { intakeFile, workerFile, keeperFile, dataDir, isPolling, isRefreshing } = start
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  // A command line looks alone whether all is well, where nobody else has the folder; then it lets others in.
  const claimed = await claim()
  if (isPolling && !claimed) throw new FolderInUse(`Another Broadsheet is running on ${dataDir}.`)
  const starts = isPolling ? noteStart(dataDir) : null
  const isSafeMode = starts?.isSafeMode ?? false
  const { db, isUnchecked, isBehindJournal } = await openStore({
    dataDir,
    now: Date.now(),
    log,
    isAlone: claimed !== null,
  })
  const ownership = isPolling || isRefreshing ? claimed : null
  if (!ownership) claimed?.release()

  const turns = makeTurns()
  answerByTurns(db, turns)
  const journal = createJournal({ db, folder: journalFolder(dataDir), now: Date.now, log })
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
    secrets: createSecrets(join(dataDir, 'secret.key')),
    now: Date.now,
    isPrivateHost: url => isPrivateHost(url, dns.lookup),
    async readOpml(text) {
      const answer = await pool.run('readOpml', { text }, { isUrgent: true })
      return answer.ok ? answer.reading : { kind: 'failed', failure: answer.failure }
    },
    archives: {
      open: archive => pool.run('openArchive', { archive }, { isUrgent: true }),
      readArticles: bytes => pool.run('readArticles', { bytes }, { isUrgent: true }),
    },
    log,
  })
  const tidier = createTidier(db, log)
  const reindexing = isPolling ? startReindexing(db, log) : null
  intake.on('feed-refreshed', tidier.disturbed)
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
  const timer = watchOthers(db, engine, intake)
  const beginRest = () => {
    if (!isSafeMode) ownIntake.begin()
    attempt(log, 'removing old exports', () => clearExports(dataDir))
    // A program that answers once and ends would look through all of it each time, and not come to the end.
    if (isUnchecked) void checkLater(keeper)
  }
  const rest = isPolling ? afterFirstAnswer(systemClock, beginRest) : null
  return {
    engine,
    db,
    isBehindJournal,
    intake,
    pool,
    keeper,
    cleaner,
    ownership,
    starts,
    tidier,
    reindexing,
    timer,
    rest,
  }
}

function claim(): Ownership | null | Promise<Ownership | null> {
  if (start.isPolling) return claimForWindow(start.dataDir)
  return start.isRefreshing ? claimForRefresh(start.dataDir) : claimFolder(start.dataDir)
}

/** Ends this thread once the answer that goes before is out; the host starts another at once. */
function restart(): void {
  setTimeout(() => void end('restart'), 50)
}

let isDamageTold = false

/** The next start looks through everything, and recovers where there is something to recover. */
function onDamage(code: string): void {
  if (isDamageTold || !start.isPolling) return
  isDamageTold = true
  log(`the database is damaged (${code})`)
  attempt(log, 'noting the damage', () => {
    if (noteDamage(start.dataDir, code, Date.now())) restart()
  })
}

/** A large database is looked through while it is used. */
async function checkLater(keeper: Keeper): Promise<void> {
  try {
    const damage = await keeper.check({})
    if (damage !== null) onDamage(damage)
  } catch (error) {
    log(`checking the database failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}

class FolderInUse extends Error {
  readonly code = 'in-use'
}

/**
 * The command line may work on the same folder: SQLite tells when another connection has written. And at midnight what
 * was of today no longer is.
 */
function watchOthers(db: WriteDb, engine: Engine, intake: IntakeClient): NodeJS.Timeout {
  const version = () => db.pragma('data_version', { simple: true })
  let seen = version()
  // Our own intake writes through its own connection, and tells what it wrote.
  const follow = () => {
    seen = version()
  }
  intake.on('feed-refreshed', follow)
  intake.on('feed-changed', follow)
  let today = todayStart(Date.now())
  return setInterval(() => {
    const isNewDay = todayStart(Date.now()) !== today
    attempt(log, 'looking for changes', () => {
      if (version() === seen && !isNewDay) return
      today = todayStart(Date.now())
      const wanted = takeWantedRefresh(db)
      if (wanted && start.isPolling) void intake.refresh(wanted).catch(() => {})
      follow()
      engine.changedElsewhere()
    })
  }, lookElsewhere)
}

let running: Promise<Running> | null = null
let isEnding = false

/** Finishes what is under way and ends the thread; what is asked meanwhile is not answered any more. */
async function end(kind: 'close' | 'restart'): Promise<void> {
  if (isEnding) return
  isEnding = true
  const parts = await running
  if (!parts) return
  const { engine, db, intake, pool, keeper, cleaner, ownership, starts, tidier, reindexing, timer, rest } = parts
  const { isBehindJournal } = parts
  clearInterval(timer)
  rest?.close()
  tidier.close()
  reindexing?.close()
  cleaner?.close()
  await Promise.all([engine.close(), intake.close(), pool.close(), keeper.close()])
  db.close()
  // What the journal alone knows is looked for where the end was not noted.
  if (ownership && !isBehindJournal) attempt(log, 'noting the end', () => markClosed(start.dataDir))
  starts?.went()
  ownership?.release()
  if (kind === 'restart') host?.postMessage({ kind: 'restart' })
  process.exit(0)
}

function listen(running: Running): void {
  host?.on('message', async (message: FromHost) => {
    if (message.kind === 'connect') welcome(running, message.port)
    else if (message.kind === 'close') await end('close')
    else host?.postMessage({ kind: 'resource', id: message.id, ...(await resourceOf(running, message.path)) })
  })
}

/** Who comes while we end is turned away at once: a window tries again, and meets the next engine. */
function welcome({ engine, rest }: Running, nodePort: MessagePort): void {
  if (isEnding) {
    nodePort.close()
    return
  }
  const port = portOfNodePort(nodePort)
  const send = (message: unknown) => {
    port.send(message)
    rest?.answered()
  }
  engine.serve({ ...port, send })
}

/** A picture whose page of the database is damaged is a picture less, and not the end of the engine. */
async function resourceOf({ engine }: Running, path: string): Promise<Resource> {
  try {
    return await engine.resource(path)
  } catch (error) {
    log(`a resource failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return { status: 500, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
  }
}

function whyUnusable(error: unknown): { code: string; detail: string } {
  const detail = error instanceof Error ? error.message : String(error)
  if (error instanceof DatabaseUnusable || error instanceof FolderInUse) return { code: error.code, detail }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^SQLITE_(READONLY|CANTOPEN|PERM)|^E(ACCES|ROFS|PERM)/.test(code)) return { code: 'storage-read-only', detail }
  if (/^SQLITE_FULL|^ENOSPC/.test(code)) return { code: 'storage-full', detail }
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return { code: 'storage-damaged', detail }
  return { code: 'internal', detail }
}

try {
  running = run()
  listen(await running)
  host?.postMessage({ kind: 'ready' })
} catch (error) {
  host?.postMessage({ kind: 'unusable', ...whyUnusable(error) })
}
