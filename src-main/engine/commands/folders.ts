/** Commands that change folders. */
import type { Input, Output } from '../../api/contract/contract.ts'
import {
  createFolder,
  folderById,
  folderNamed,
  moveFolder,
  removeFolder,
  renameFolder,
} from '../../store/feeds/folders.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceMoved, requireFolder } from '../context/sources.ts'

export function makeFolderCommands(context: Context) {
  const { db, announcer, now } = context
  return {
    createFolder({ title, parentId }: Input<'createFolder'>): Output<'createFolder'> {
      if (parentId) requireFolder(db, parentId)
      let folderId = 0
      const undoId = doUndoably(db, now(), () => {
        const isThere = folderNamed(db, title, parentId ?? null) !== null
        folderId = createFolder(db, title, parentId ?? null)
        return isThere ? null : { kind: 'new-folder', made: folderById(db, folderId)! }
      })
      announcer.emit('sources-changed', {})
      return { folderId, undoId }
    },

    renameFolder({ folderId, title }: Input<'renameFolder'>): Output<'renameFolder'> {
      const undoId = changeFolder(folderId, () => renameFolder(db, folderId, title))
      announcer.emit('sources-changed', {})
      return { undoId }
    },

    moveFolder({ folderId, parentId }: Input<'moveFolder'>): Output<'moveFolder'> {
      if (parentId !== null) requireFolder(db, parentId)
      const undoId = changeFolder(folderId, () => moveFolder(db, folderId, parentId))
      announceMoved(context)
      return { undoId }
    },

    removeFolder({ folderId }: Input<'removeFolder'>): Output<'removeFolder'> {
      const undoId = doUndoably(db, now(), () => {
        const removed = removeFolder(db, folderId)
        return removed && { kind: 'remove-folder', removed }
      })
      announceMoved(context)
      return { undoId }
    },
  }

  function changeFolder(folderId: number, act: () => void): number | null {
    return doUndoably(db, now(), () => {
      const before = requireFolder(db, folderId)
      act()
      const after = requireFolder(db, folderId)
      const isSame = before.title === after.title && before.parentId === after.parentId
      return isSame ? null : { kind: 'folder', change: { before, after } }
    })
  }
}
