/** Undo records (store/undo-log.ts) of earlier programs. */
import type { WriteDb } from '../db/open.ts'
import { toRanges } from '../id-ranges.ts'

type OldUndo = {
  kind: string
  articleIds?: number[]
  places?: { feedId: number; folderId: number | null; position: number }[]
  madeIds?: number[]
}

/** Rewrites the records of one table, inside the caller's transaction. */
export function upgradeUndos(db: WriteDb, table: 'undos' | 'undo_parts'): void {
  const rows = db.prepare<[], { id: number; payload: string }>(`SELECT id, payload FROM ${table}`).all()
  const write = db.prepare(`UPDATE ${table} SET payload = ? WHERE id = ?`)
  for (const { id, payload } of rows) {
    const upgraded = upgradedUndo(payload)
    if (upgraded !== null) write.run(JSON.stringify(upgraded), id)
  }
  if (table === 'undos') db.exec("UPDATE undos SET kind = 'feeds' WHERE kind = 'move'")
}

/**
 * Null where it is in today's form, or damaged. Articles were listed one by one, moves had a kind of their own, and imports
 * did not record which feeds they had made.
 */
function upgradedUndo(payload: string): object | null {
  let undo: OldUndo
  try {
    undo = JSON.parse(payload) as OldUndo
  } catch {
    return null
  }
  const { articleIds, places, ...rest } = undo
  if (places) return { kind: 'feeds', changes: places.map(({ feedId, ...before }) => ({ feedId, before, after: {} })) }
  if (articleIds) return { ...rest, ranges: toRanges(articleIds) }
  return undo.kind === 'import' && !undo.madeIds ? { before: [], madeIds: [], ...rest } : null
}
