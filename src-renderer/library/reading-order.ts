/** The order in which lists are read one after another, and round to the first again. */
import type { Counts, Feed, Folder, View } from '../../src-main/api/model.ts'
import { libraryRows } from './tree.ts'
import { isUnfiltered, viewKey } from './view.ts'

type Library = { feeds: Feed[]; folders: Folder[]; counts: Counts }

/** `isRound`: it stands before the list that reading started from. */
export type NextList = { view: View; isRound: boolean }

/** The lists that follow a view, in the order of the tree; the last is the view itself, from its other end. */
export function listsAfter(library: Library, view: View, by: 1 | -1): NextList[] {
  const itself = { view, isRound: true }
  if (view.kind === 'today' || view.kind === 'trending')
    return [itself, ...inDirection(feedsOf(library), by).map(next => ({ view: next, isRound: false }))]
  // After a search, no list without its results.
  if (isUnfiltered(view) || view.kind === 'all' || view.kind === 'unread' || view.kind === 'category') return [itself]

  const views = view.kind === 'feed' ? feedsOf(library) : besideFolder(library, view.folderId)
  const ordered = inDirection(views, by)
  const at = ordered.findIndex(other => viewKey(other) === viewKey(view))
  return [
    ...ordered.slice(at + 1).map(next => ({ view: next, isRound: false })),
    ...ordered.slice(0, at + 1).map(next => ({ view: next, isRound: true })),
  ]
}

function inDirection<T>(list: T[], by: 1 | -1): T[] {
  return by > 0 ? list : list.toReversed()
}

function feedsOf(library: Library): View[] {
  return libraryRows(library, new Set())
    .filter(row => row.kind === 'feed')
    .map(row => row.view)
}

/** Feeds and folders, each folder as one list, without the parents of this one: they contain its articles. */
function besideFolder(library: Library, folderId: number): View[] {
  const around = foldersAround(library.folders, folderId)
  const closed = new Set(library.folders.map(({ id }) => id).filter(id => !around.has(id)))
  return libraryRows(library, closed)
    .filter(row => row.kind === 'feed' || !around.has(row.folder.id))
    .map(row => row.view)
}

function foldersAround(folders: Folder[], folderId: number): Set<number> {
  const byId = new Map(folders.map(folder => [folder.id, folder]))
  const around = new Set<number>()
  for (
    let id = byId.get(folderId)?.parentId ?? null;
    id !== null && !around.has(id);
    id = byId.get(id)?.parentId ?? null
  )
    around.add(id)
  return around
}
