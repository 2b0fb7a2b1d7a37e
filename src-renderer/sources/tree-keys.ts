/** What a key does in the tree of sources (WAI-ARIA tree pattern). Pure. */
import type { SourceRow } from './tree.ts'

export type TreeMove =
  | { kind: 'focus'; key: string }
  | { kind: 'open'; folderId: number }
  | { kind: 'close'; folderId: number }
  | { kind: 'activate' }
  | { kind: 'leave' }

/** Null where the key means nothing here. `pressed` is KeyboardEvent.key. */
export function treeMove(rows: SourceRow[], focusedKey: string, pressed: string): TreeMove | null {
  const at = rows.findIndex(row => row.key === focusedKey)
  const row = rows[at]
  const focus = (target: SourceRow | undefined): TreeMove | null => (target ? { kind: 'focus', key: target.key } : null)
  switch (pressed) {
    case 'ArrowDown':
      return focus(rows[at + 1])
    case 'ArrowUp':
      return focus(rows[Math.max(0, at - 1)])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'Enter':
      return { kind: 'activate' }
    case 'ArrowRight':
      if (row?.kind === 'folder') {
        return row.isOpen
          ? isInside(rows[at + 1], row)
            ? focus(rows[at + 1])
            : null
          : { kind: 'open', folderId: row.folder.id }
      }
      return { kind: 'leave' }
    case 'ArrowLeft':
      if (row?.kind === 'folder' && row.isOpen) return { kind: 'close', folderId: row.folder.id }
      return row?.parentKey ? { kind: 'focus', key: row.parentKey } : null
    default:
      return null
  }
}

function isInside(row: SourceRow | undefined, folder: SourceRow): boolean {
  return row?.parentKey === folder.key
}
