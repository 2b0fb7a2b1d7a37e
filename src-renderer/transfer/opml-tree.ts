/** An OPML preview as a tree, and the state of a folder's check box. */
import type { OpmlRow } from '../../src-main/api/model.ts'

/** A row by its index in the preview: that is how `importOpml` names it. */
type PreviewFeed = OpmlRow & { index: number }
export type PreviewFolder = { title: string; key: string; folders: PreviewFolder[]; feeds: PreviewFeed[] }

/** The top of the tree has no title. */
export function opmlTree(rows: OpmlRow[], emptyFolders: string[][] = []): PreviewFolder {
  const top = newFolder('', '')
  const byKey = new Map<string, PreviewFolder>([['', top]])
  for (const [index, row] of rows.entries()) folderAt(row.path, byKey).feeds.push({ ...row, index })
  for (const path of emptyFolders) folderAt(path, byKey)
  return top
}

function folderAt(path: string[], byKey: Map<string, PreviewFolder>): PreviewFolder {
  const key = path.join('\u0000')
  const known = byKey.get(key)
  if (known) return known
  const folder = newFolder(path.at(-1) ?? '', key)
  byKey.set(key, folder)
  folderAt(path.slice(0, -1), byKey).folders.push(folder)
  return folder
}

function newFolder(title: string, key: string): PreviewFolder {
  return { title, key, folders: [], feeds: [] }
}

/** Every feed at or below a folder. */
export function feedsBelow(folder: PreviewFolder): PreviewFeed[] {
  return [...folder.feeds, ...folder.folders.flatMap(feedsBelow)]
}

/** A folder's check-box: on, off, or in between. `taken` are the indexes that would be imported. */
export function folderState(folder: PreviewFolder, taken: ReadonlySet<number>): 'all' | 'some' | 'none' {
  const feeds = feedsBelow(folder).filter(feed => feed.subscribedId === null)
  const count = feeds.filter(feed => taken.has(feed.index)).length
  if (count === 0) return 'none'
  return count === feeds.length ? 'all' : 'some'
}
