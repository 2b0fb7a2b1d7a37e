/** Rewrites the addresses of proxies wherever the database has them: feeds, and undo records. */
import type { ReadDb, WriteDb } from '../db/open.ts'

type Rewrite = (proxy: string) => string
/** A table and a column with the address, or with JSON that has it. */
type Place = { table: 'feeds' | 'undos' | 'undo_parts'; column: 'proxy' | 'payload'; isJson: boolean }

const places: Place[] = [
  { table: 'feeds', column: 'proxy', isJson: false },
  { table: 'undos', column: 'payload', isJson: true },
  { table: 'undo_parts', column: 'payload', isJson: true },
]

/** Replaces each by what `rewrite` makes of it; the old text is overwritten in the file. */
export function rewriteProxies(db: WriteDb, rewrite: Rewrite): void {
  const changes = places.flatMap(place => changesIn(db, place, rewrite))
  if (changes.length === 0) return
  const usual = Number(db.pragma('secure_delete', { simple: true }))
  db.pragma('secure_delete = ON')
  try {
    db.transaction(() => {
      for (const { table, column, id, from, to } of changes)
        db.prepare(`UPDATE ${table} SET ${column} = ? WHERE id = ? AND ${column} = ?`).run(to, id, from)
    }).immediate()
  } finally {
    db.pragma(`secure_delete = ${usual}`)
  }
}

type Change = Place & { id: number; from: string; to: string }

function changesIn(db: ReadDb, place: Place, rewrite: Rewrite): Change[] {
  const { table, column, isJson } = place
  const like = isJson ? '%"proxy":"http%@%' : 'http%@%'
  const rows = db
    .prepare<[string], { id: number; text: string }>(
      `SELECT id, ${column} AS text FROM ${table} WHERE ${column} LIKE ?`,
    )
    .all(like)
  return rows.flatMap(({ id, text }) => {
    const to = isJson ? rewriteIn(text, rewrite) : rewrite(text)
    return to === text ? [] : [{ ...place, id, from: text, to }]
  })
}

function rewriteIn(json: string, rewrite: Rewrite): string {
  return JSON.stringify(
    JSON.parse(json, (key, value) => (key === 'proxy' && typeof value === 'string' ? rewrite(value) : value)),
  )
}
