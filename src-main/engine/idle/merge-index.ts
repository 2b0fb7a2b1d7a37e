/** Keeps the text index compact. */
import type { WriteDb } from '../../store/db/open.ts'
import { compactStep } from '../../store/search/index.ts'
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
