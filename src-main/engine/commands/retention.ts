/** How long articles are kept: a preview of what would be deleted, and rules of single feeds. */
import type { Input, Output } from '../../api/contract.ts'
import { NotFound } from '../../lib/refused.ts'
import { isClockTrusted } from '../../polling/clock-trust.ts'
import { setFeedRetention } from '../../store/articles/retention.ts'
import { feedById } from '../../store/feeds/feeds.ts'
import { changesOf } from '../../store/feeds/states.ts'
import { readSettings } from '../../store/settings.ts'
import { doUndoably, ofFeeds } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceFeed } from '../context/sources.ts'

export function makeRetentionCommands(context: Context) {
  const { db, maintenance, now } = context

  return {
    async previewRetention({ retention, feed }: Input<'previewRetention'>): Promise<Output<'previewRetention'>> {
      const wouldDelete = await maintenance.countDoomed({
        retention,
        feed: feed ? { feedId: feed.feedId, rule: feed.retention } : null,
        openArticleId: readSettings(db).lastArticleId,
        now: now(),
        isClockTrusted: isClockTrusted(db, now()),
      })
      return { wouldDelete }
    },

    setFeedRetention({ feedId, retention }: Input<'setFeedRetention'>): Output<'setFeedRetention'> {
      if (!feedById(db, feedId)) throw new NotFound(`feed ${feedId}`)
      const set = () => setFeedRetention(db, feedId, retention)
      const undoId = doUndoably(db, now(), () => ofFeeds(changesOf(db, [feedId], { asked: ['retention'] }, set)))
      announceFeed(context, feedId)
      context.retentionChanged()
      return { undoId }
    },
  }
}
