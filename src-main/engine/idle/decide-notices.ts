/** When it is decided what the reader is told of: after a refresh, and a moment after polls brought something. */
import type { IntakeClient } from '../../intake/client.ts'
import { second } from '../../lib/time.ts'
import type { IdleWork } from './idle-work.ts'

/** What several polls bring within this is told together. */
const gatheredFor = 5 * second
/** What another program stored, or the last run did not come to decide. */
const afterStart = 10 * second

type Parts = { intake: Pick<IntakeClient, 'on'>; notices: { decide(): void } }

export function addNoticeDeciding(work: IdleWork, { intake, notices }: Parts): void {
  let isGathering = false
  let isRefreshing = false
  const job = work.add({
    name: 'deciding what is told',
    firstAfter: afterStart,
    waitsForQuiet: false,
    run() {
      isGathering = false
      notices.decide()
    },
  })
  intake.on('refresh-progress', ({ isRunning }) => {
    isRefreshing = isRunning
  })
  intake.on('refresh-finished', () => job.runIn(0))
  intake.on('feed-refreshed', ({ newIds }) => {
    if (newIds.length === 0 || isGathering || isRefreshing) return
    isGathering = true
    job.runIn(gatheredFor)
  })
}
