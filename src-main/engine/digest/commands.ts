/** Calls about digests. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { digestIcon } from '../../digest/icon.ts'
import { canonicalUrl } from '../../feeds/prepare/identity-keys.ts'
import { followDigests } from '../../store/digest/keep.ts'
import { linkedArticle } from '../../store/digest/linked.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'

export function makeDigestCalls(context: Context) {
  const { db, now, visibilityJob } = context
  return {
    linkedArticle({ url, title }: Input<'linkedArticle'>): Output<'linkedArticle'> {
      return { articleId: linkedArticle(db, { url, key: canonicalUrl(url), title }) }
    },

    followDigest(): Output<'followDigest'> {
      let feedId = 0
      const undoId = doUndoably(db, now(), () => {
        const followed = followDigests(db, digestIcon, now())
        feedId = followed.feedId
        if (!followed.isNew) return null
        const { isMade, before } = followed
        return {
          kind: 'import',
          feedIds: [feedId],
          folderIds: [],
          before: before ? [before] : [],
          madeIds: isMade ? [feedId] : [],
        }
      })
      if (undoId !== null) announceSources(context)
      visibilityJob.runInBackground()
      return { feedId, undoId }
    },
  }
}
