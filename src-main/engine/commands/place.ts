/** Where the reader goes: opening an article, and what is remembered of it for the next start. */
import type { Input, Output } from '../../api/contract/contract.ts'
import type { Article, LastPlace } from '../../api/model.ts'
import { setReadWithCopies } from '../../store/articles/read-state.ts'
import { unsynced } from '../../store/db/open.ts'
import { markEditSeen } from '../../store/edits/revisions.ts'
import { changeLastPlace, keepLastPlace, readLastPlace } from '../../store/last-place.ts'
import { doUndoably } from '../../store/undo-log.ts'
import { announceArticles } from '../context/announce-articles.ts'
import type { Context } from '../context/context.ts'
import type { DrawingWatchdog } from '../context/drawing-watchdog.ts'
import { readArticle } from '../context/read-article.ts'

export function makePlaceCommands(context: Context, watchdog: DrawingWatchdog) {
  const { db } = context

  return {
    // Not async: what a full disk refuses is to be thrown at once, for runCall to make room and call again.
    openArticle({ articleId, marksRead, within = null }: Input<'openArticle'>): Promise<Output<'openArticle'>> {
      const article = readArticle(context, articleId)
      const place = { articleId: article && articleId, within: article && within, undrawnId: null }
      if (article) watchdog.begin(articleId)
      if (article && marksRead && !article.isRead) return openUnread(context, article, place)
      // What marks an edit as seen may be lost to a power cut, as the place may: the article says so once more.
      const isEditSeen = unsynced(db, () => {
        changeLastPlace(db, place)
        return article?.editedAt !== undefined && markEditSeen(db, articleId)
      })
      if (isEditSeen) announceArticles(context, [articleId], { isEditSeen })
      return Promise.resolve({ article, undoId: null })
    },

    keepPlace({ drawnId, ...changes }: Input<'keepPlace'>): Output<'keepPlace'> {
      const endedId = changes.articleId === null ? null : drawnId
      if (endedId !== undefined) watchdog.end(endedId)
      const isOver = endedId === null || endedId === readLastPlace(db).undrawnId
      keepLastPlace(db, isOver ? { ...changes, undrawnId: null } : changes)
      return {}
    },
  }
}

/** Marks it read and notes the place in one transaction. */
function openUnread(context: Context, article: Article, place: Partial<LastPlace>): Promise<Output<'openArticle'>> {
  const { db, now } = context
  let articleIds = [article.id]
  let isEditSeen = false
  const undoId = doUndoably(db, now(), () => {
    changeLastPlace(db, place)
    isEditSeen = article.editedAt !== undefined && markEditSeen(db, article.id)
    const changed = setReadWithCopies(db, articleIds, true).map(({ id }) => id)
    // Another program may have marked it since.
    if (changed.length === 0) return null
    articleIds = changed
    return { kind: 'read', articleIds, isRead: false }
  })
  return tellRead(context, articleIds).then(() => {
    if (isEditSeen) announceArticles(context, [article.id], { isEditSeen })
    return { article: { ...article, isRead: true }, undoId }
  })
}

async function tellRead(context: Context, articleIds: number[]): Promise<void> {
  await context.journal.articlesChanged(articleIds, { isRead: true })
  announceArticles(context, articleIds, { isRead: true })
}
