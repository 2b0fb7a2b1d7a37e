/** How long articles are kept: a preview of what would be deleted, and rules of single feeds. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { isClockTrusted } from '../../polling/clock-trust.ts'
import { setFeedRetention } from '../../store/articles/retention.ts'
import { readLastPlace } from '../../store/last-place.ts'
import type { Context } from '../context/context.ts'
import { announceFeed, changeFeeds, requireFeed } from '../context/sources.ts'

export function makeRetentionCommands(context: Context) {
  const { db, maintenance, now } = context

  return {
    async previewRetention({ retention, feed }: Input<'previewRetention'>): Promise<Output<'previewRetention'>> {
      const wouldDelete = await maintenance.countExpired({
        retention,
        feed: feed ? { feedId: feed.feedId, rule: feed.retention } : null,
        openArticleId: readLastPlace(db).articleId,
        now: now(),
        isClockTrusted: isClockTrusted(db, now()),
      })
      return { wouldDelete }
    },

    setFeedRetention({ feedId, retention }: Input<'setFeedRetention'>): Output<'setFeedRetention'> {
      requireFeed(db, feedId)
      const set = () => setFeedRetention(db, feedId, retention)
      const undoId = changeFeeds(context, [feedId], { asked: ['retention'] }, set)
      announceFeed(context, feedId)
      context.retentionChanged()
      return { undoId }
    },
  }
}
