/** Folders as one list in the order of the tree, for choosing one. */
import type { Folder } from '../../src-main/api/model.ts'

/** `path` names the folder with those above it, outermost first. */
type ListedFolder = { id: number; title: string; path: string; depth: number }

/** `without` and everything in it is left out: a folder cannot go into itself. */
export function folderList(folders: Folder[], without: number | null = null): ListedFolder[] {
  const byParent = Map.groupBy(folders, folder => folder.parentId)
  function below(parentId: number | null, above: string[]): ListedFolder[] {
    const children = (byParent.get(parentId) ?? []).filter(folder => folder.id !== without)
    return children
      .toSorted((one, other) => one.position - other.position || one.title.localeCompare(other.title))
      .flatMap(folder => {
        const path = [...above, folder.title]
        return [
          { id: folder.id, title: folder.title, path: path.join(' › '), depth: above.length },
          ...below(folder.id, path),
        ]
      })
  }
  return below(null, [])
}
