/** Deletes the articles that retention does not keep, a little at a time. */
import type { Clock } from '../../lib/clock.ts'
import { hour, minute } from '../../lib/time.ts'
import type { MaintenanceTasks } from '../../maintenance/tasks.ts'
import { isClockTrusted, noteClock } from '../../polling/clock-trust.ts'
import { hasRules } from '../../store/articles/retention.ts'
import { deleteArticles, deleteTombstones, hasTombstones } from '../../store/articles/tombstones.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { checkpoint } from '../../store/db/write-gate.ts'
import { readLastPlace } from '../../store/last-place.ts'
import { compactStep } from '../../store/search/index.ts'
import { readSettings } from '../../store/settings.ts'
import type { IdleWork } from './idle-work.ts'

/** A change of the rules is often followed by another. */
const changeDelay = 30_000
/** Articles in one transaction: 4 ms, 17 at most, measured with 200,000 articles; 200 were 8 and 84. */
const chunkSize = 100

export type RetentionParts = {
  db: WriteDb
  maintenance: Pick<MaintenanceTasks, 'planRetention'>
  clock: Clock
  /** After articles were deleted: windows ask again. */
  onDeleted(count: number): void
}

/** `rulesChanged`: what was planned by the rules before is given up. */
export function addRetention(work: IdleWork, parts: RetentionParts): { rulesChanged(): void } {
  const scheduled = work.add({
    name: 'deleting old articles',
    firstAfter: minute,
    repeatAfter: hour,
    waitsForQuiet: true,
    run: () => applyRetention(parts),
  })
  return { rulesChanged: () => scheduled.runIn(changeDelay) }
}

async function* applyRetention({ db, maintenance, clock, onDeleted }: RetentionParts): AsyncGenerator<void> {
  noteClock(db, clock.now())
  const { retention } = readSettings(db)
  if (!hasRules(db, retention) && !hasTombstones(db)) return
  // What was deleted before, or merged, must be given back before the size can be judged.
  if (retention.megabytes !== null) while (compactStep(db)) yield
  const now = clock.now()
  const plan = await maintenance.planRetention({
    retention,
    feed: null,
    openArticleId: readLastPlace(db).articleId,
    now,
    isClockTrusted: isClockTrusted(db, now),
  })
  let deleted = 0
  try {
    for (const deleteChunk of chunksOf(db, plan, clock)) {
      yield
      deleted += deleteChunk()
      // Left to themselves, checkpoints come every 8 MB and take 70 ms.
      checkpoint(db)
    }
  } finally {
    // Also where a chunk failed, or the rules changed in the middle.
    if (deleted > 0) onDeleted(deleted)
  }
}

type Plan = Awaited<ReturnType<MaintenanceTasks['planRetention']>>

/** The transactions of a plan; each answers how many articles it deleted. */
function* chunksOf(db: WriteDb, { read, unread, tombstones }: Plan, clock: Clock): Generator<() => number> {
  for (const ids of inChunks(read)) yield () => deleteArticles(db, ids, true, clock.now())
  for (const ids of inChunks(unread)) yield () => deleteArticles(db, ids, false, clock.now())
  for (const ids of inChunks(tombstones)) {
    yield () => {
      deleteTombstones(db, ids, clock.now())
      return 0
    }
  }
}

function* inChunks(ids: number[]): Generator<number[]> {
  for (let start = 0; start < ids.length; start += chunkSize) yield ids.slice(start, start + chunkSize)
}
