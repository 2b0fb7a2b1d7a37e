/** Forwards the intake's events to the windows. */
import type { RefreshProgress } from '../api/model.ts'
import type { IntakeClient } from '../intake/client.ts'
import { attempt, stackOf } from '../lib/log.ts'
import type { Context } from './context/context.ts'
import type { DiskHealth } from './context/health.ts'
import { announceFeed } from './context/sources.ts'
import { tellFullText } from './reading/full-text.ts'

/** Answers the query for the progress of the refresh under way: a window that opens meanwhile has had no event of it. */
export function forwardIntakeEvents(
  intake: Pick<IntakeClient, 'on'>,
  context: Context,
  health: DiskHealth,
): () => RefreshProgress {
  const { announcer, log } = context
  let progress: RefreshProgress = { isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 }
  intake.on('feed-refreshed', ({ feedId, newIds, editedIds }) => {
    announcer.emit('articles-arrived', { feedId, newIds, editedIds })
    announcer.countsChangedSoon()
  })
  intake.on('full-text-prefetched', ({ articleId }) => {
    tellFullText(context, articleId).catch(error => log(stackOf(error)))
  })
  intake.on('feed-changed', ({ feedId }) => {
    attempt(log, 'announcing a feed', () => announceFeed(context, feedId))
  })
  intake.on('refresh-progress', now => {
    progress = now
    announcer.emit('refresh-progress', now)
  })
  intake.on('mail-changed', () => announcer.mailChanged())
  intake.on('refresh-finished', summary => announcer.emit('refresh-finished', summary))
  intake.on('storage-failed', ({ code }) => health.intakeFailed(code))
  return () => progress
}
