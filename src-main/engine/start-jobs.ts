/** The third step of a start: the background jobs, in their order. */
import { clearExports } from '../archive/downloads.ts'
import { systemClock } from '../lib/clock.ts'
import { attempt } from '../lib/log.ts'
import type { Secrets } from '../lib/secrets.ts'
import { hour, minute } from '../lib/time.ts'
import { confirmClock } from '../polling/clock-trust.ts'
import { readMeta } from '../store/db/meta.ts'
import { sealProxies } from '../store/feeds/proxy-address.ts'
import { isAnyUngrouped } from '../store/stories/grouped.ts'
import { methodVersion } from '../stories/stories.ts'
import type { Engine, Surroundings } from './engine.ts'
import { addAfterFirstAnswer } from './idle/after-first-answer.ts'
import { addNoticeDeciding } from './idle/decide-notices.ts'
import { addLinkForgetting } from './idle/forget-links.ts'
import { addHeardElsewhere } from './idle/heard-elsewhere.ts'
import { IdleWork } from './idle/idle-work.ts'
import { addSavedKeeping } from './idle/keep-saved.ts'
import { addDigestMaking } from './idle/make-digest.ts'
import { addIndexMerge } from './idle/merge-index.ts'
import { addCategoryNoting } from './idle/note-categories.ts'
import { addRetention } from './idle/retention-job.ts'
import { addDatabaseWatch } from './idle/watch-database.ts'
import type { OpenFolder } from './open-folder.ts'
import type { Threads } from './start-threads.ts'

/** How soon windows hear that the disk is full, or has room again (ms). */
const lookEvery = 2_000

type JobParts = Surroundings &
  Pick<Threads, 'intake' | 'beginIntake' | 'maintenance' | 'grouping'> & {
    dataDir: string
    /** False for a program that answers once and ends: it would begin all of the jobs each time, and finish none. */
    isPolling: boolean
    folder: OpenFolder
    engine: Engine
    secrets: Secrets
  }

export type Jobs = {
  /** A window has been answered. */
  answered(): void
  retentionChanged(): void
  savedChanged(): void
  storiesDecided(): void
}

/** `ending` gets what stops all of them. */
export function startJobs(parts: JobParts, ending: AsyncDisposableStack): Jobs {
  const { folder, engine, intake, maintenance, grouping, isPolling, log } = parts
  const { db } = folder
  const clock = systemClock
  const work = new IdleWork(clock, log)
  ending.defer(() => work.close())
  intake.on('feed-refreshed', work.disturbed)
  intake.on('clock-confirmed', () => attempt(log, 'noting the clock', () => confirmClock(db, clock.now())))

  work.add({
    name: 'looking at the free space',
    firstAfter: lookEvery,
    repeatAfter: lookEvery,
    waitsForQuiet: false,
    run: engine.lookAtDisk,
  })
  addDatabaseWatch(work, { db, clock, engine, intake, grouping, isPolling })
  const afterFirstAnswer = isPolling ? addWindowJobs(work, parts) : null
  const indexMerge = addIndexMerge(work, db)
  intake.on('feed-refreshed', () => indexMerge.runIn(0))
  const onDeleted = () => {
    engine.changedElsewhere()
    indexMerge.runIn(0)
  }
  // An engine that crashed again and again deletes nothing and fetches nothing.
  const mayWork = isPolling && !folder.isSafeMode
  const retention = mayWork ? addRetention(work, { db, maintenance, clock, onDeleted }) : null
  const keeping = mayWork ? addSavedKeeping(work, intake) : null
  if (mayWork) intake.on('feed-refreshed', ({ newIds }) => newIds.length > 0 && grouping.wake())
  intake.on('copies-found', engine.changedElsewhere)
  grouping.on('copies-found', engine.changedElsewhere)
  grouping.on('grouped', ({ articleIds }) => engine.storiesChanged(articleIds))
  if (mayWork) addLinkForgetting(work, { db, clock })
  if (mayWork) addCategoryNoting(work, { db, clock })
  if (mayWork) {
    attempt(log, 'beginning to look for what is told', engine.notices.begin)
    addNoticeDeciding(work, { intake, notices: engine.notices })
    const { mailing } = addDigestMaking(work, engine)
    intake.on('network-changed', ({ network }) => {
      if (network !== 'online') return
      attempt(log, 'having the digest sent again', engine.digestMail.hurry)
      mailing.runIn(0)
    })
  }
  const heardElsewhere = mayWork ? addHeardElsewhere(work, db) : null
  intake.on('feed-refreshed', ({ newIds }) => newIds.length > 0 && heardElsewhere?.runIn(0))
  return {
    answered: () => afterFirstAnswer?.answered(),
    retentionChanged: () => retention?.rulesChanged(),
    savedChanged: () => keeping?.savedChanged(),
    storiesDecided: () => mayWork && grouping.wake(),
  }
}

/** What only an engine with windows does. */
function addWindowJobs(work: IdleWork, parts: JobParts): { answered(): void } {
  const { dataDir, folder, engine, log } = parts
  // Before a window can ask for an export: done later, this took one that was still being written.
  attempt(log, 'removing old exports', () => clearExports(dataDir))
  const afterFirstAnswer = addAfterFirstAnswer(work, () => beginRest(parts))
  work.add({
    name: 'noting that the engine is healthy',
    firstAfter: minute,
    waitsForQuiet: false,
    run: () => folder.markHealthy(),
  })
  work.add({
    name: 'the daily backup',
    // First the reader has the computer to themselves.
    firstAfter: 2 * minute,
    repeatAfter: hour,
    waitsForQuiet: false,
    run: engine.makeDailyBackup,
  })
  return afterFirstAnswer
}

/** What no window waits for. */
function beginRest(parts: JobParts): void {
  const { folder, beginIntake, grouping, secrets, log } = parts
  if (!folder.isSafeMode) beginIntake()
  if (!folder.isSafeMode && isAnyUngrouped(folder.db, methodVersion)) grouping.wake()
  attempt(log, 'sealing the passwords of proxies', () => sealProxies(folder.db, secrets))
  if (folder.isUnchecked) void checkInBackground(parts)
}

/** A large database, or one that an engine left as it died, is checked while it is used; then the journal may rely on it. */
async function checkInBackground(parts: JobParts): Promise<void> {
  const { folder, engine, maintenance, isEnding, onDamage, log } = parts
  try {
    const damage = await maintenance.check()
    if (damage !== null) onDamage(damage)
    folder.checked()
    if (damage === null && readMeta(folder.db, 'isJournalBehind')) await engine.beginJournalAnew()
  } catch (error) {
    if (!isEnding()) log(`checking the database failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
