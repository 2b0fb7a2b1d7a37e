/** What a key does in the tree of sources (WAI-ARIA tree pattern). */
import type { SourceRow } from '../library/tree.ts'

type TreeMove =
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

/**
 * Where the focus goes when its row is taken away: the folder it was closed into, else the next row that is still there,
 * else the one before. Null where nothing is left.
 */
export function neighbourKey(before: SourceRow[], after: SourceRow[], key: string): string | null {
  const at = before.findIndex(row => row.key === key)
  const left = new Map(after.map(row => [row.key, row]))
  const parentKey = before[at]?.parentKey ?? null
  const parent = parentKey === null ? undefined : left.get(parentKey)
  if (parent?.kind === 'folder' && !parent.isOpen) return parent.key
  const isLeft = (row: SourceRow): boolean => left.has(row.key)
  const next = before.slice(at + 1).find(isLeft) ?? before.slice(0, Math.max(0, at)).findLast(isLeft)
  return next?.key ?? after[0]?.key ?? null
}

function isInside(row: SourceRow | undefined, folder: SourceRow): boolean {
  return row?.parentKey === folder.key
}
