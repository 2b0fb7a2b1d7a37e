/** Keeps the table of links, by which copies are found, to those of the last weeks. */
import type { Clock } from '../../lib/clock.ts'
import { day, minute } from '../../lib/time.ts'
import { forgetLinksStep } from '../../store/copies/find-copies.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { IdleWork } from './idle-work.ts'

export function addLinkForgetting(work: IdleWork, { db, clock }: { db: WriteDb; clock: Pick<Clock, 'now'> }): void {
  work.add({
    name: 'forgetting old links',
    firstAfter: 10 * minute,
    repeatAfter: day,
    waitsForQuiet: true,
    async *run() {
      for (let after: number | null = -1; after !== null; yield) after = forgetLinksStep(db, after, clock.now())
    },
  })
}
