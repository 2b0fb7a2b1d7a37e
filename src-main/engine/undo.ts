/** Takes back what the user did. */
import { announceArticles } from './commands-articles.ts'
import { announceSources } from './commands-feeds.ts'
import type { Context } from './context.ts'
import { setRead, setSaved } from './store/article-state.ts'
import { setPlace, setRemoved } from './store/feeds.ts'
import { feedsWithin, removeFolder, restoreFolder } from './store/folders.ts'
import { takeUndo, type Undo } from './store/undos.ts'

/** False when it was taken back already, or is too old. */
export function undo(context: Context, undoId: number): boolean {
  const { db } = context
  const done = db
    .transaction(() => {
      const record = takeUndo(db, undoId)
      return record && { record, changed: putBack(context, record) }
    })
    .immediate()
  if (!done) return false

  const { record, changed } = done
  if (record.kind === 'read') announceArticles(context, changed, { isRead: record.isRead })
  else if (record.kind === 'saved') announceArticles(context, changed, { isSaved: record.isSaved })
  else announceSources(context)
  return true
}

/** Answers the articles that changed, where that is what was undone. */
function putBack({ db, now }: Context, record: Undo): number[] {
  switch (record.kind) {
    case 'read':
      return setRead(db, record.articleIds, record.isRead)
    case 'saved':
      return setSaved(db, record.articleIds, record.isSaved, now())
    case 'unsubscribe':
      setRemoved(db, record.feedIds, null)
      return []
    case 'import':
      setRemoved(db, record.feedIds, now())
      // What the user has put there since stays.
      for (const folderId of record.folderIds.toReversed()) {
        if (feedsWithin(db, folderId).length === 0) removeFolder(db, folderId)
      }
      return []
    case 'move':
      for (const place of record.places) setPlace(db, place)
      return []
    case 'remove-folder':
      restoreFolder(db, record.removed)
      return []
  }
}
