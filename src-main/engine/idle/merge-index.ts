/** Keeps the text index compact. */
import type { WriteDb } from '../../store/db/open.ts'
import { mergeIndexStep } from '../../store/search/index.ts'
import { dropEmptyShard } from '../../store/search/reclaim-space.ts'
import type { IdleWork, ScheduledJob } from './idle-work.ts'

/** To be run again after articles were stored or deleted. */
export function addIndexMerge(work: IdleWork, db: WriteDb): ScheduledJob {
  return work.add({
    name: 'merging the index',
    waitsForQuiet: true,
    async *run() {
      while (compactStep(db)) yield
    },
  })
}

/** Merges a little, or gives back some space of what was deleted. False where there is nothing more to do. */
export function compactStep(db: WriteDb): boolean {
  return dropEmptyShard(db) || mergeIndexStep(db)
}
