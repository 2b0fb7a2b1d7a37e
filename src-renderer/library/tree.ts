/** The sources as rows of a tree, in the order they are shown. */
import type { Counts, Feed, Folder, View } from '../../src-main/api/model.ts'
import { viewKey } from './view.ts'

type SmartKind = 'today' | 'all' | 'unread' | 'saved' | 'pages' | 'trending'

type Place = { key: string; view: View; level: number; position: number; siblings: number; parentKey: string | null }
/** `count`: unread articles; for Saved and Pages, all saved ones; for Trending, stories with unread articles. */
type SmartRow = Place & { kind: 'smart'; smart: SmartKind; count: number }
export type FolderRow = Place & {
  kind: 'folder'
  folder: Folder
  isOpen: boolean
  unread: number
  /** A feed in it, at any depth, could not be refreshed. */
  isFailing: boolean
}
export type FeedRow = Place & { kind: 'feed'; feed: Feed; unread: number }
export type SourceRow = SmartRow | FolderRow | FeedRow

const smartKinds: SmartKind[] = ['today', 'all', 'unread', 'saved', 'pages', 'trending']

type Library = { feeds: Feed[]; folders: Folder[]; counts: Counts }
type Child = { folder: Folder } | { feed: Feed }

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** All rows in sight: those inside a collapsed folder are left out. `trending`: how many stories have something unread. */
export function sourceRows(library: Library, collapsed: ReadonlySet<number>, trending = 0): SourceRow[] {
  const { todayUnread, unread, saved, pages } = library.counts
  const counts: Record<SmartKind, number> = { today: todayUnread, all: unread, unread, saved, pages, trending }
  // Pages come with the first one.
  const kinds = smartKinds.filter(kind => kind !== 'pages' || pages > 0)
  const smart = kinds.map(
    (kind, index): SmartRow => ({
      kind: 'smart',
      smart: kind,
      view: { kind },
      key: kind,
      level: 1,
      position: index + 1,
      siblings: kinds.length,
      parentKey: null,
      count: counts[kind],
    }),
  )
  return [...smart, ...libraryRows(library, collapsed)]
}

/** The row of a view: its own, or the collapsed folder that contains it; null where it has none. */
export function chosenKey(rows: SourceRow[], view: View, library: Pick<Library, 'feeds' | 'folders'>): string | null {
  const isShown = (key: string): boolean => rows.some(row => row.key === key)
  const own = viewKey(view)
  if (isShown(own)) return own
  const parentOf = new Map(library.folders.map(({ id, parentId }) => [id, parentId]))
  let folderId =
    view.kind === 'feed'
      ? library.feeds.find(({ id }) => id === view.feedId)?.folderId
      : view.kind === 'folder'
        ? parentOf.get(view.folderId)
        : null
  while (folderId != null) {
    const key = viewKey({ kind: 'folder', folderId })
    if (isShown(key)) return key
    folderId = parentOf.get(folderId)
  }
  return null
}

/** Folders and feeds only, depth first. */
export function libraryRows(library: Library, collapsed: ReadonlySet<number>): (FolderRow | FeedRow)[] {
  const foldersByParent = Map.groupBy(library.folders, folder => folder.parentId)
  const feedsByFolder = Map.groupBy(library.feeds, feed => feed.folderId)
  const unreadOf = (feed: Feed): number => library.counts.unreadByFeed[feed.id] ?? 0
  const copiesIn = (folder: Folder): number => library.counts.copiesByFolder[folder.id]?.unread ?? 0

  function rowsIn(folderId: number | null, level: number, parentKey: string | null): (FolderRow | FeedRow)[] {
    const folders = inOrder(foldersByParent.get(folderId) ?? [])
    const feeds = inOrder(feedsByFolder.get(folderId) ?? [])
    const children: Child[] = [...folders.map(folder => ({ folder })), ...feeds.map(feed => ({ feed }))]
    return children.flatMap((child, index) => {
      const place = { level, position: index + 1, siblings: children.length, parentKey }
      return 'feed' in child ? [feedRow(child.feed, place)] : folderRows(child.folder, place)
    })
  }

  function feedRow(feed: Feed, place: Omit<Place, 'key' | 'view'>): FeedRow {
    const view: View = { kind: 'feed', feedId: feed.id }
    return { ...place, kind: 'feed', feed, view, key: viewKey(view), unread: unreadOf(feed) }
  }

  function folderRows(folder: Folder, place: Omit<Place, 'key' | 'view'>): (FolderRow | FeedRow)[] {
    const view: View = { kind: 'folder', folderId: folder.id }
    const key = viewKey(view)
    const inside = rowsIn(folder.id, place.level + 1, key)
    const feeds = feedsWithin(folder.id)
    const isOpen = !collapsed.has(folder.id)
    const row: FolderRow = {
      ...place,
      kind: 'folder',
      folder,
      view,
      key,
      isOpen,
      unread: feeds.reduce((sum, feed) => sum + unreadOf(feed), 0) - copiesIn(folder),
      isFailing: feeds.some(feed => feed.failure !== null),
    }
    return isOpen ? [row, ...inside] : [row]
  }

  function feedsWithin(folderId: number): Feed[] {
    const own = feedsByFolder.get(folderId) ?? []
    return own.concat((foldersByParent.get(folderId) ?? []).flatMap(folder => feedsWithin(folder.id)))
  }

  return rowsIn(null, 1, null)
}

function inOrder<T extends { position: number; title: string }>(list: T[]): T[] {
  return list.toSorted((one, other) => one.position - other.position || byTitle(one, other))
}

/** 'Weekly 9' before 'Weekly 10'. */
export function byTitle(one: { title: string }, other: { title: string }): number {
  return collator.compare(one.title, other.title)
}
