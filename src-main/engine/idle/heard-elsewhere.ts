/** What an imported archive says was heard finds its articles as their feeds bring them. */
import { settleListening } from '../../store/articles/playback.ts'
import type { WriteDb } from '../../store/db/open.ts'
import type { IdleWork, ScheduledJob } from './idle-work.ts'

export function addHeardElsewhere(work: IdleWork, db: WriteDb): ScheduledJob {
  const settle = db.transaction(() => settleListening(db))
  return work.add({
    name: 'finding what was heard elsewhere',
    waitsForQuiet: true,
    run: () => settle.immediate(),
  })
}
