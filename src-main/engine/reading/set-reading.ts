/** How the articles of feeds and folders are read. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { folderById } from '../../store/feeds/folders.ts'
import { changeFeedReading, changeFolderReading, storedReading } from '../../store/feeds/reading.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceReading, changeFeeds, requireFeed, requireFolder } from '../context/sources.ts'

export function setReading(context: Context, { of, reading }: Input<'setReading'>): Output<'setReading'> {
  const undoId =
    of.kind === 'feeds'
      ? changeFeeds(
          context,
          of.feedIds.map(id => requireFeed(context.db, id).id),
          { asked: ['reading'] },
          () => changeFeedReading(context.db, of.feedIds, reading),
        )
      : setFolderReading(context, of.folderId, reading)
  if (undoId !== null) {
    context.announcer.emit('sources-changed', {})
    announceReading(context)
  }
  return { undoId }
}

function setFolderReading({ db, now }: Context, folderId: number, reading: Input<'setReading'>['reading']) {
  return doUndoably(db, now(), () => {
    const before = storedReading(requireFolder(db, folderId).reading)
    changeFolderReading(db, folderId, reading)
    const after = storedReading(folderById(db, folderId)!.reading)
    return before === after ? null : { kind: 'folder-reading', change: { folderId, before, after } }
  })
}
