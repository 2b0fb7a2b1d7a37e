/** Keeps what is noted of the categories in use: of articles that were there before it was noted, and for some weeks. */
import type { Clock } from '../../lib/clock.ts'
import { day, minute, second } from '../../lib/time.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { forgetOldCategories, noteEarlierStep } from '../../store/search/recent-categories.ts'
import type { IdleWork } from './idle-work.ts'

export function addCategoryNoting(work: IdleWork, { db, clock }: { db: WriteDb; clock: Pick<Clock, 'now'> }): void {
  work.add({
    name: 'noting the categories of earlier articles',
    firstAfter: 10 * second,
    waitsForQuiet: true,
    async *run() {
      while (noteEarlierStep(db, clock.now())) yield
    },
  })
  work.add({
    name: 'forgetting old categories',
    firstAfter: 10 * minute,
    repeatAfter: day,
    waitsForQuiet: true,
    run: () => forgetOldCategories(db, clock.now()),
  })
}
