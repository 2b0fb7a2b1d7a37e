/** Dragging a feed or a folder onto another place in the sources. */
import { type Changing, moveFeeds, moveFolder } from '../commands/changes.ts'
import type { SourceRow } from '../library/tree.ts'

/** A type of our own, so that nothing dragged in from outside is taken for a source. */
const dragType = 'application/x-broadsheet-source'

export function startDrag(event: DragEvent, row: SourceRow): void {
  if (row.kind === 'smart' || !event.dataTransfer) return
  event.dataTransfer.setData(dragType, row.key)
  event.dataTransfer.effectAllowed = 'move'
}

/** The folder that a drop on this row goes into; undefined where nothing can be dropped. */
export function dropFolder(row: SourceRow): number | null | undefined {
  if (row.kind === 'folder') return row.folder.id
  if (row.kind === 'feed') return row.feed.folderId
  return undefined
}

export const isSourceDrag = (event: DragEvent): boolean => event.dataTransfer?.types.includes(dragType) ?? false

export async function dropInto(app: Changing, event: DragEvent, folderId: number | null): Promise<void> {
  const [kind, text] = (event.dataTransfer?.getData(dragType) ?? '').split(':')
  const id = Number(text)
  if (kind === 'feed') {
    if (app.sources.feedById.get(id)?.folderId !== folderId) await moveFeeds(app, [id], folderId)
    return
  }
  if (kind !== 'folder') return
  // A folder cannot go into itself or below.
  if (folderId !== null && app.sources.foldersWithin(id).has(folderId)) return
  const folder = app.sources.folderById.get(id)
  if (folder) await moveFolder(app, folder, folderId)
}
