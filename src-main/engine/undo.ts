/** Takes back what the user did. */
import { announceArticles } from './commands-articles.ts'
import { announceSources } from './commands-feeds.ts'
import type { Context } from './context.ts'
import { setRead, setSaved } from './store/article-state.ts'
import type { WriteDb } from './store/database.ts'
import { putBackSubscribed, setPlace, setRemoved } from './store/feeds.ts'
import { feedsWithin, foldersWithin, removeFolder, restoreFolder } from './store/folders.ts'
import { beginLeaving } from './store/leaving.ts'
import { takeUndo, type Undo } from './store/undos.ts'

/** False when it was taken back already, or is too old. What was done in slices is taken back in slices, last first. */
export async function undo(context: Context, undoId: number): Promise<boolean> {
  const { db, slices } = context
  let done: Undo | null = null
  const changed: number[] = []

  const undoSlice = db.transaction(() => {
    const taken = takeUndo(db, undoId)
    return taken && { ...taken, putBack: putBack(context, taken.undo) }
  })
  function step(): boolean {
    const slice = undoSlice.immediate()
    if (!slice) return false
    done = slice.undo
    for (const id of slice.putBack) changed.push(id)
    return !slice.isLast
  }
  try {
    await slices.run('undo', { isWrite: true }, step)
  } finally {
    if (done) await tell(context, done, changed)
  }
  return done !== null
}

async function tell(context: Context, done: Undo, changed: number[]): Promise<void> {
  if (done.kind !== 'read' && done.kind !== 'saved') {
    await context.journal.sourcesChanged()
    await context.settler.settle()
    announceSources(context)
    // What waits to be fetched for feeds that went need not be.
    if (done.kind === 'import') await context.intake.scheduleChanged()
    return
  }
  const state = done.kind === 'read' ? { isRead: done.isRead } : { isSaved: done.isSaved }
  if (changed.length === 0) return
  await context.journal.articlesChanged(changed, state)
  announceArticles(context, changed, state)
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
      takeBackImport(db, record, now())
      return []
    case 'move':
      for (const place of record.places) setPlace(db, place)
      return []
    case 'remove-folder':
      restoreFolder(db, record.removed)
      return []
  }
}

/** Feeds that came with it go with all that came with them; those that had been unsubscribed before are so again. */
function takeBackImport(db: WriteDb, record: Extract<Undo, { kind: 'import' }>, now: number): void {
  const { feedIds, folderIds, before = [], madeIds = [] } = record
  const made = new Set(madeIds)
  const others = feedIds.filter(id => !made.has(id))
  if (others.length > 0) setRemoved(db, others, now)
  for (const one of before) putBackSubscribed(db, one)
  beginLeaving(db, madeIds, now)
  // What the user has put there since stays.
  for (const folderId of folderIds.toReversed()) {
    if (feedsWithin(db, folderId).length === 0 && foldersWithin(db, folderId).length <= 1) removeFolder(db, folderId)
  }
}
